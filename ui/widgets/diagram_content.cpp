#include <fusebox/widgets/diagram_content.h>

#include <fusebox/format/numbers.h>
#include <fusebox/format/safe_text.h>
#include <fusebox/format/standings.h>
#include <fusebox/format/words.h>

#include <QCoreApplication>

#include <algorithm>

namespace fusebox::widgets {

namespace {

using domain::RuleStanding;
using domain::Snapshot;
using domain::State;
using domain::TripRule;

constexpr std::uint32_t kMostSegments = 16;
constexpr qsizetype kWhoLimit = 40;
constexpr qsizetype kWhyLimit = 120;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(StateDiagram)
};

bool isForced(const Snapshot& snapshot) {
    return snapshot.heldAs && *snapshot.heldAs != domain::HoldMode::metricsOnly;
}

std::optional<DiagramNode> rulingNode(const Snapshot& snapshot) {
    if (snapshot.heldAs == domain::HoldMode::forceOpen) return DiagramNode::open;
    if (isForced(snapshot)) return DiagramNode::closed;
    return nodeOf(snapshot.state);
}

/// The rule that fires first if calls fail from now on; where none would, the one that has come farthest.
const RuleStanding* nearest(const std::vector<RuleStanding>& standings) {
    const auto before = [](const RuleStanding& a, const RuleStanding& b) {
        if (a.failuresToTrip != b.failuresToTrip) {
            return a.failuresToTrip && (!b.failuresToTrip || *a.failuresToTrip < *b.failuresToTrip);
        }
        return format::nearness(a) > format::nearness(b);
    };
    const auto found = std::min_element(standings.begin(), standings.end(), before);
    return found == standings.end() ? nullptr : &*found;
}

void describeFigureOf(const RuleStanding& standing, DiagramContent& content) {
    if (!standing.value) {
        content.figure = QStringLiteral("%1/%2").arg(format::compactCount(standing.calls),
                                                     format::compactCount(standing.minimumCalls));
        content.figureCaption = Words::tr("calls");
        return;
    }
    content.ring = std::clamp(format::nearness(standing), 0.0, 1.0);
    if (format::isRate(standing.rule)) {
        content.figure = format::standingValue(standing);
        content.figureCaption = Words::tr("of %1").arg(format::standingLimit(standing));
    } else {
        content.figure = QStringLiteral("%1/%2").arg(format::standingValue(standing), format::standingLimit(standing));
        content.figureCaption =
            standing.rule == TripRule::consecutiveFailures ? Words::tr("in a row") : Words::tr("failures");
    }
}

void describeRamp(const domain::RampProgress& ramp, DiagramContent& content) {
    const QString share = format::chosenShare(ramp.share);
    content.headline = Words::tr("%1 of the calls pass.").arg(share);
    content.figure = share;
    content.figureCaption = Words::tr("pass");
    content.ring = std::clamp(ramp.share, 0.0, 1.0);
    content.sentence = Words::tr("It closed and lets more calls through step by step: step %1 of %2, the next in %3.")
                           .arg(ramp.step)
                           .arg(ramp.of)
                           .arg(format::countdown(ramp.stepLeft));
}

void describeClosed(const Snapshot& snapshot, DiagramContent& content) {
    content.headline = Words::tr("Calls pass.");
    ArrowContent& trip = content.arrow(DiagramArrow::trip);
    trip.possible = true;
    if (snapshot.ramp) return describeRamp(*snapshot.ramp, content);
    const RuleStanding* rule = nearest(snapshot.standings);
    if (rule == nullptr) return;
    describeFigureOf(*rule, content);
    if (rule->failuresToTrip) {
        const std::uint64_t left = std::max<std::uint64_t>(1, *rule->failuresToTrip);
        trip.label = format::counted(left, Words::tr("more failure in a row"), Words::tr("more failures in a row"));
        content.sentence = left == 1
                               ? Words::tr("One more failure would trip it (%1).").arg(format::standingText(*rule))
                               : Words::tr("%1 more failures in a row would trip it (%2).")
                                     .arg(format::count(left), format::standingText(*rule));
    } else {
        content.sentence = Words::tr("No run of failures would trip it now (%1).").arg(format::standingText(*rule));
    }
}

void describeOpen(const Snapshot& snapshot, DiagramContent& content) {
    content.headline = Words::tr("Calls are refused.");
    ArrowContent& arrow = content.arrow(DiagramArrow::waitOver);
    arrow.possible = true;
    if (!snapshot.untilProbe) {
        content.sentence = Words::tr("It stays open until it is reset or probed.");
        return;
    }
    if (*snapshot.untilProbe <= base::Duration::zero()) {
        content.figure = format::countdown(base::Duration::zero());
        content.figureCaption = Words::tr("next call");
        content.ring = 0.0;
        arrow.label = Words::tr("at next call");
        content.sentence = Words::tr("The wait is over: the next call is let through as a probe.");
        return;
    }
    const QString left = format::countdown(*snapshot.untilProbe);
    content.figure = left;
    content.figureCaption = Words::tr("to probe");
    arrow.label = Words::tr("probe in %1").arg(left);
    if (snapshot.openWait && *snapshot.openWait > base::Duration::zero()) {
        const double share =
            static_cast<double>(snapshot.untilProbe->count()) / static_cast<double>(snapshot.openWait->count());
        content.ring = std::clamp(share, 0.0, 1.0);
        content.sentence = Words::tr("Probe in %1; the whole wait is %2.").arg(left, format::span(*snapshot.openWait));
    } else {
        content.sentence = Words::tr("Probe in %1.").arg(left);
    }
}

void describeProbeRing(const domain::ProbeProgress& probes, DiagramContent& content) {
    const std::uint32_t segments = std::max({probes.of, probes.needed, 1U});
    if (segments > kMostSegments) {
        content.ring = std::clamp(static_cast<double>(probes.succeeded) / std::max(1U, probes.needed), 0.0, 1.0);
        return;
    }
    content.probes.assign(segments, ProbeMark::open);
    auto next = content.probes.begin();
    const auto mark = [&](std::uint32_t howMany, ProbeMark as) {
        for (; howMany > 0 && next != content.probes.end(); --howMany) *next++ = as;
    };
    mark(probes.succeeded, ProbeMark::succeeded);
    mark(probes.failed, ProbeMark::failed);
    mark(probes.inFlight, ProbeMark::inFlight);
}

void describeHalfOpen(const Snapshot& snapshot, DiagramContent& content) {
    content.headline = Words::tr("Only probe calls pass.");
    content.arrow(DiagramArrow::probesSucceeded).possible = true;
    content.arrow(DiagramArrow::probeFailed).possible = true;
    const domain::ProbeProgress probes = snapshot.probes.value_or(domain::ProbeProgress{});
    if (snapshot.probes) {
        describeProbeRing(probes, content);
        const std::uint32_t missing = probes.needed > probes.succeeded ? probes.needed - probes.succeeded : 0;
        content.figure = QStringLiteral("%1/%2").arg(probes.succeeded).arg(probes.needed);
        content.figureCaption = Words::tr("passed");
        content.arrow(DiagramArrow::probesSucceeded).label =
            format::counted(missing, Words::tr("success"), Words::tr("successes"));
        const std::uint32_t spare = probes.of > probes.needed ? probes.of - probes.needed : 0;
        const std::uint32_t untilOpen = spare >= probes.failed ? spare - probes.failed + 1 : 1;
        content.arrow(DiagramArrow::probeFailed).label =
            format::counted(untilOpen, Words::tr("failure"), Words::tr("failures"));
        content.sentence = Words::tr("%1 of %2 probes done, %3 needed to close")
                               .arg(probes.succeeded + probes.failed)
                               .arg(std::max(probes.of, probes.needed))
                               .arg(format::counted(probes.needed, Words::tr("success"), Words::tr("successes")));
        if (probes.inFlight > 0) content.sentence += Words::tr(", %1 in flight").arg(probes.inFlight);
        content.sentence += QStringLiteral(".");
    }
    if (snapshot.halfOpenLimit) {
        if (!content.sentence.isEmpty()) content.sentence += QStringLiteral(" ");
        content.sentence += Words::tr("Time left to decide: %1.").arg(format::countdown(*snapshot.halfOpenLimit));
    }
}

const domain::Hold* rulingHold(const Snapshot& snapshot) {
    const domain::Hold* longest = nullptr;
    for (const domain::Hold& hold : snapshot.holds) {
        if (hold.mode != snapshot.heldAs) continue;
        const bool endless = !hold.remaining;
        if (longest == nullptr || (longest->remaining && (endless || *hold.remaining > *longest->remaining))) {
            longest = &hold;
        }
    }
    return longest;
}

/// "Forced open by ann: deploying the fix · 29:58 left · 1 more hold"
QString bannerOf(const Snapshot& snapshot) {
    QString text = format::word(*snapshot.heldAs);
    const domain::Hold* hold = rulingHold(snapshot);
    if (hold == nullptr) return text;
    if (!hold->who.empty()) text = Words::tr("%1 by %2").arg(text, format::SafeText::oneLine(hold->who, kWhoLimit));
    if (!hold->why.empty()) text += QStringLiteral(": ") + format::SafeText::oneLine(hold->why, kWhyLimit);
    text += QStringLiteral(" · ") + (hold->remaining ? Words::tr("%1 left").arg(format::countdown(*hold->remaining))
                                                     : Words::tr("until it is released"));
    if (snapshot.holds.size() > 1) {
        text += QStringLiteral(" · ") +
                format::counted(snapshot.holds.size() - 1, Words::tr("more hold"), Words::tr("more holds"));
    }
    return text;
}

void describeForced(const Snapshot& snapshot, DiagramContent& content) {
    if (snapshot.heldAs == domain::HoldMode::forceOpen) {
        content.headline = Words::tr("All calls are refused while the hold lasts.");
    } else if (snapshot.heldAs == domain::HoldMode::disabled) {
        content.headline = Words::tr("All calls pass while the hold lasts; nothing is measured.");
    } else {
        content.headline = Words::tr("All calls pass while the hold lasts, and are still measured.");
    }
    if (const domain::Hold* hold = rulingHold(snapshot); hold != nullptr && hold->remaining) {
        content.figureCaption = format::countdown(*hold->remaining);
    }
    if (content.underneath) {
        content.sentence =
            Words::tr("Below the hold the breaker itself is %1.").arg(format::word(snapshot.state).toLower());
    }
}

void describeUnknown(const Snapshot& snapshot, DiagramContent& content) {
    if (snapshot.state == State::stale) {
        content.headline = Words::tr("No news from its source.");
        content.sentence = Words::tr("What was last seen may no longer be true.");
    } else {
        content.headline = Words::tr("The state is not known.");
        content.sentence = Words::tr("Its source has not told it yet.");
    }
}

void labelArrows(DiagramContent& content) {
    content.arrow(DiagramArrow::trip).label = Words::tr("too many failures");
    content.arrow(DiagramArrow::waitOver).label = Words::tr("wait is over");
    content.arrow(DiagramArrow::probeFailed).label = Words::tr("probes fail");
    content.arrow(DiagramArrow::probesSucceeded).label = Words::tr("probes pass");
    content.arrow(DiagramArrow::reset).label = Words::tr("reset by hand");
}

}  // namespace

std::optional<DiagramNode> nodeOf(domain::State state) {
    switch (state) {
        case State::closed:
            return DiagramNode::closed;
        case State::open:
            return DiagramNode::open;
        case State::halfOpen:
            return DiagramNode::halfOpen;
        case State::unknown:
        case State::stale:
            return std::nullopt;
    }
    return std::nullopt;
}

domain::State stateOf(DiagramNode node) {
    switch (node) {
        case DiagramNode::closed:
            return domain::State::closed;
        case DiagramNode::halfOpen:
            return domain::State::halfOpen;
        case DiagramNode::open:
            return domain::State::open;
    }
    return domain::State::unknown;
}

DiagramNode targetOf(DiagramArrow arrow) {
    switch (arrow) {
        case DiagramArrow::trip:
        case DiagramArrow::probeFailed:
            return DiagramNode::open;
        case DiagramArrow::waitOver:
            return DiagramNode::halfOpen;
        case DiagramArrow::probesSucceeded:
        case DiagramArrow::reset:
            return DiagramNode::closed;
    }
    return DiagramNode::closed;
}

DiagramContent describe(const Snapshot& snapshot) {
    DiagramContent content;
    if (snapshot.identity)
        content.name = format::SafeText::oneLine(snapshot.identity->name, format::SafeText::kNameLimit);
    content.state = snapshot.state;
    content.heldAs = snapshot.heldAs;
    content.ruling = rulingNode(snapshot);
    if (isForced(snapshot) && nodeOf(snapshot.state) != content.ruling) content.underneath = nodeOf(snapshot.state);
    labelArrows(content);
    if (snapshot.heldAs) content.banner = bannerOf(snapshot);
    if (isForced(snapshot)) {
        describeForced(snapshot, content);
        return content;
    }
    switch (snapshot.state) {
        case State::closed:
            describeClosed(snapshot, content);
            break;
        case State::open:
            describeOpen(snapshot, content);
            break;
        case State::halfOpen:
            describeHalfOpen(snapshot, content);
            break;
        case State::unknown:
        case State::stale:
            describeUnknown(snapshot, content);
            break;
    }
    if (snapshot.heldAs == domain::HoldMode::metricsOnly) {
        content.headline = Words::tr("No call is refused; this is what the breaker would do.");
    }
    return content;
}

}  // namespace fusebox::widgets
