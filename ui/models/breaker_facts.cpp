#include <fusebox/models/breaker_facts.h>

#include <fusebox/format/numbers.h>
#include <fusebox/format/safe_text.h>
#include <fusebox/format/words.h>

#include <algorithm>
#include <chrono>

namespace fusebox::models {

namespace {

using namespace std::chrono_literals;
using format::SafeText::oneLine;

constexpr qsizetype kWhoLimit = 40;

QString calls(std::uint64_t number) {
    return format::counted(number, QStringLiteral("call"), QStringLiteral("calls"));
}

/// Whole seconds only: tenths would flicker.
QString steadySpan(base::Duration duration) {
    return format::span(std::chrono::floor<std::chrono::seconds>(duration));
}

std::optional<base::Duration> firstToEnd(const std::vector<domain::Hold>& holds) {
    std::optional<base::Duration> first;
    for (const domain::Hold& hold : holds) {
        if (hold.remaining && (!first || *hold.remaining < *first)) first = hold.remaining;
    }
    return first;
}

Fact holdFact(const domain::Snapshot& snapshot) {
    if (snapshot.holds.empty()) return {};
    Fact fact;
    const std::optional<base::Duration> first = firstToEnd(snapshot.holds);
    if (snapshot.holds.size() == 1) {
        fact.text = QStringLiteral("held by %1, %2")
                        .arg(oneLine(snapshot.holds.front().who, kWhoLimit),
                             first ? format::countdown(*first) + QStringLiteral(" left")
                                   : QStringLiteral("until it is released"));
    } else {
        fact.text = QStringLiteral("%1 holds, %2")
                        .arg(snapshot.holds.size())
                        .arg(first ? QStringLiteral("the first ends in ") + format::countdown(*first)
                                   : QStringLiteral("until they are released"));
    }
    for (const domain::Hold& hold : snapshot.holds) {
        if (!fact.more.isEmpty()) fact.more += QLatin1Char('\n');
        fact.more += QStringLiteral("%1 by %2: %3")
                         .arg(format::word(hold.mode), oneLine(hold.who, kWhoLimit), oneLine(hold.why));
        if (hold.until) fact.more += QStringLiteral(", until ") + format::clockTime(*hold.until);
    }
    return fact;
}

Fact rampFact(const domain::RampProgress& ramp) {
    return {QStringLiteral("ramp: %1 pass, step %2 of %3, next in %4")
                .arg(format::chosenShare(ramp.share))
                .arg(ramp.step)
                .arg(ramp.of)
                .arg(format::countdown(ramp.stepLeft)),
            QStringLiteral("After closing, the share of calls that is let through grows step by step")};
}

Fact inFlightFact(const domain::Snapshot& snapshot) {
    const domain::InFlight& now = snapshot.inFlight;
    const std::uint64_t all = std::max(now.calls, snapshot.metrics.totals.inFlight);
    Fact fact{QStringLiteral("%1 in flight").arg(format::count(all)),
              QStringLiteral("Calls that were let through and have not ended yet")};
    if (now.slow && *now.slow > 0) {
        const QString limit = optionOf(snapshot, "slow_call_duration");
        fact.text += QStringLiteral(", %1 %2").arg(
            format::count(*now.slow), limit.isEmpty() ? QStringLiteral("slow") : QStringLiteral("past ") + limit);
    }
    if (!now.slow) fact.more += QStringLiteral("\nSlow ones are watched where slow_call_rate_threshold is set");
    if (now.oldest && *now.oldest >= 1s) fact.text += QStringLiteral(", oldest ") + steadySpan(*now.oldest);
    return fact;
}

Fact limitFact(const domain::LimitStanding& limit) {
    const bool isAdaptive = limit.kind == domain::LimitKind::adaptive;
    Fact fact{QStringLiteral("limit %1 of %2").arg(format::count(limit.inFlight), format::count(limit.limit)),
              QStringLiteral("Calls in flight, and how many may be")};
    if (isAdaptive) {
        fact.text +=
            QStringLiteral(" (adaptive %1 to %2)").arg(format::count(limit.lowest), format::count(limit.highest));
        fact.more += QStringLiteral("; the limit follows the latency within its range");
    }
    if (limit.refused > 0) {
        fact.text += QStringLiteral(", %1 refused").arg(format::compactCount(limit.refused));
        fact.more +=
            QStringLiteral("\nThe limit alone has refused %1 since the breaker was made").arg(calls(limit.refused));
    }
    return fact;
}

Fact wouldRefuseFact(const domain::Snapshot& snapshot) {
    const std::uint64_t spared = snapshot.metrics.totals.wouldReject;
    const bool watches = snapshot.heldAs == domain::HoldMode::metricsOnly;
    if (!watches && (spared == 0 || snapshot.heldAs != domain::HoldMode::forceClosed)) return {};
    return {QStringLiteral("would have refused %1").arg(calls(spared)),
            QStringLiteral("Let through by a hold although the automaton would have refused them, since the breaker "
                           "was made")};
}

Fact presetFact(const domain::Snapshot& snapshot) {
    if (!snapshot.detail || snapshot.detail->preset().empty()) return {};
    return {oneLine(snapshot.detail->preset(), format::SafeText::kNameLimit),
            QStringLiteral("The preset that its configuration equals, or is nearest to")};
}

}  // namespace

QString optionOf(const domain::Snapshot& snapshot, std::string_view option) {
    if (!snapshot.detail) return {};
    const auto& config = snapshot.detail->config();
    const auto found = std::find_if(config.begin(), config.end(),
                                    [&](const domain::ConfigEntry& entry) { return entry.option == option; });
    return found == config.end() ? QString() : oneLine(found->value, kWhoLimit);
}

BreakerFacts factsOf(const domain::Snapshot& snapshot) {
    BreakerFacts facts;
    facts.hold = holdFact(snapshot);
    facts.inFlight = inFlightFact(snapshot);
    facts.wouldRefuse = wouldRefuseFact(snapshot);
    facts.preset = presetFact(snapshot);
    if (snapshot.ramp) {
        facts.ramp = rampFact(*snapshot.ramp);
        facts.rampShare = std::clamp(snapshot.ramp->share, 0.0, 1.0);
    }
    if (snapshot.limit) {
        facts.limit = limitFact(*snapshot.limit);
        const auto most = static_cast<double>(std::max<std::uint32_t>(snapshot.limit->limit, 1));
        facts.limitUse = std::clamp(static_cast<double>(snapshot.limit->inFlight) / most, 0.0, 1.0);
    }
    return facts;
}

}  // namespace fusebox::models
