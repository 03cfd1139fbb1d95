#include <fusebox/ctl/breaker_table.h>

#include <fusebox/ctl/words.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace fusebox::ctl {

namespace {

using domain::Snapshot;
using domain::State;

const std::string& idOf(const Snapshot& snapshot) {
    static const std::string kNone;
    return snapshot.identity ? snapshot.identity->id.value : kNone;
}

std::string failureText(const domain::WindowMetrics& window) {
    if (window.failureRate) return percentText(window.failureRate);
    return window.calls == 0 ? kMissing : "too few";
}

std::string rateText(const domain::WindowMetrics& window) {
    const double seconds = std::chrono::duration<double>(window.span).count();
    return seconds > 0 ? fmt::format("{:.1f}/s", static_cast<double>(window.calls) / seconds) : kMissing;
}

}  // namespace

std::string stateText(const Snapshot& snapshot) {
    if (!snapshot.heldAs) return std::string(toWord(snapshot.state));
    return fmt::format("{} ({})", toWord(*snapshot.heldAs), toWord(snapshot.state));
}

Colour stateColour(const Snapshot& snapshot) {
    if (snapshot.heldAs) return Colour::blue;
    switch (snapshot.state) {
        case State::closed:
            return Colour::green;
        case State::open:
            return Colour::red;
        case State::halfOpen:
            return Colour::yellow;
        case State::unknown:
        case State::stale:
            break;
    }
    return Colour::faint;
}

std::string holdText(const domain::Hold& hold) {
    std::string text = fmt::format("{} by {}", toWord(hold.mode), hold.who);
    if (hold.remaining) text += fmt::format(", {} left", spanText(*hold.remaining));
    return hold.why.empty() ? text : text + ": " + hold.why;
}

std::string remarkOn(const Snapshot& snapshot) {
    std::vector<std::string> parts;
    if (!snapshot.holds.empty()) parts.push_back(holdText(snapshot.holds.front()));
    if (snapshot.holds.size() > 1) {
        parts.push_back(countText(snapshot.holds.size() - 1, "more hold", "more holds"));
    }
    if (snapshot.untilProbe) {
        parts.push_back(*snapshot.untilProbe == base::Duration::zero() ? "the next call probes"
                                                                       : "probe in " + spanText(*snapshot.untilProbe));
    }
    if (snapshot.probes) {
        parts.push_back(fmt::format("{} of {} probes succeeded", snapshot.probes->succeeded, snapshot.probes->needed));
    }
    if (snapshot.ramp) parts.push_back(fmt::format("ramps up, {:.0f} % pass", snapshot.ramp->share * 100));
    return fmt::format("{}", fmt::join(parts, "; "));
}

Table breakerTable(std::vector<Snapshot> breakers) {
    std::sort(breakers.begin(), breakers.end(), [](const Snapshot& a, const Snapshot& b) { return idOf(a) < idOf(b); });
    Table table({{"BREAKER"},
                 {"STATE"},
                 {"FOR", Align::right},
                 {"GROUP", Align::left, 20},
                 {"CALLS", Align::right},
                 {"FAILED", Align::right},
                 {"P95", Align::right},
                 {"REMARK", Align::left, 120}});
    for (const Snapshot& one : breakers) {
        const domain::CircuitMetrics& metrics = one.metrics;
        table.add({idOf(one),
                   {stateText(one), stateColour(one)},
                   spanText(metrics.timeInState),
                   one.identity ? one.identity->group : std::string(),
                   rateText(metrics.window),
                   failureText(metrics.window),
                   latencyText(metrics.latency.p95),
                   remarkOn(one)});
    }
    return table;
}

std::string summaryOf(const std::vector<Snapshot>& breakers) {
    constexpr std::array kStates{State::open, State::halfOpen, State::closed, State::unknown, State::stale};
    std::vector<std::string> parts;
    for (const State state : kStates) {
        const auto count = std::count_if(breakers.begin(), breakers.end(),
                                         [state](const Snapshot& one) { return one.state == state; });
        if (count > 0) parts.push_back(fmt::format("{} {}", count, toWord(state)));
    }
    std::string text = countText(breakers.size(), "breaker", "breakers");
    if (!parts.empty()) text += fmt::format(": {}", fmt::join(parts, ", "));
    const auto held =
        std::count_if(breakers.begin(), breakers.end(), [](const Snapshot& one) { return one.heldAs.has_value(); });
    return held == 0 ? text : text + fmt::format("; {} held", held);
}

}  // namespace fusebox::ctl
