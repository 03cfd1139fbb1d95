#include <fusebox/ctl/breaker_page.h>

#include <fusebox/ctl/breaker_table.h>
#include <fusebox/ctl/printable.h>
#include <fusebox/ctl/words.h>

#include <fmt/core.h>

#include <algorithm>

namespace fusebox::ctl {

namespace {

constexpr std::size_t kShown = 5;

/// Lines of names and values.
class Page {
public:
    void line(const char* name, const std::string& value) {
        if (!value.empty()) m_text += fmt::format("{:<13}{}\n", name, printable(value));
    }
    void plain(const std::string& text) { m_text += text + "\n"; }
    void heading(const char* title, const Look& look) { plain("\n" + painted(title, Colour::bold, look)); }
    void item(const std::string& text) { plain("  " + printable(text)); }
    [[nodiscard]] std::string take() { return std::move(m_text); }

private:
    std::string m_text;
};

std::string callsText(const domain::WindowMetrics& window) {
    std::string text =
        fmt::format("{}, {} failed, {} slow", countText(window.calls, "call", "calls"), window.failures, window.slow);
    if (window.span > base::Duration::zero()) text += " in " + spanText(window.span);
    if (window.failureRate) return text + fmt::format(": {} failed", percentText(window.failureRate));
    return window.calls == 0 ? text : text + fmt::format(": too few, {} are needed", window.minimumCalls);
}

std::string totalsText(const domain::Totals& totals) {
    return fmt::format("{} good, {} failed, {} refused, {} ignored, {} cancelled, {} in flight", totals.success,
                       totals.failure, totals.rejected, totals.ignored, totals.cancelled, totals.inFlight);
}

std::string latenciesText(const domain::LatencyMetrics& latency) {
    if (latency.samples == 0) return "";
    return fmt::format("P50 {}, P95 {}, P99 {}, of {}", latencyText(latency.p50), latencyText(latency.p95),
                       latencyText(latency.p99), countText(latency.samples, "call", "calls"));
}

std::string standingText(const domain::RuleStanding& standing) {
    const bool isShare = standing.rule == domain::TripRule::failureRate ||
                         standing.rule == domain::TripRule::slowCallRate ||
                         standing.rule == domain::TripRule::lowSuccessAverage;
    const auto number = [isShare](double value) { return isShare ? percentText(value) : fmt::format("{:.0f}", value); };
    return fmt::format("{}: {} of {}", toWord(standing.rule),
                       standing.value ? number(*standing.value) : "too few calls", number(standing.threshold));
}

std::string errorText(const domain::RecentError& error) {
    const std::string what = error.error ? error.error->text() : std::string("unknown");
    return fmt::format("{}  {}{}", momentText(error.at), what, error.counted ? "" : " (ignored)");
}

template <typename Value, typename Text>
void newest(Page& page, const std::vector<Value>& list, Text text) {
    const std::size_t count = std::min(list.size(), kShown);
    for (std::size_t i = 0; i < count; ++i) page.item(text(list[list.size() - 1 - i]));
}

void addDetail(Page& page, const domain::Detail& detail, Sheet sheet, const Look& look) {
    if (!detail.transitions.empty()) {
        page.heading("Last transitions", look);
        newest(page, detail.transitions, [](const domain::Transition& transition) {
            return fmt::format("{}  {} -> {}  {}", momentText(transition.wall), toWord(transition.from),
                               toWord(transition.to), transition.text());
        });
    }
    if (!detail.recentErrors.empty()) {
        page.heading("Last errors", look);
        newest(page, detail.recentErrors, errorText);
    }
    if (sheet == Sheet::whole && detail.sheet) {
        page.heading("Configuration", look);
        for (const domain::ConfigEntry& entry : detail.config()) {
            page.item(fmt::format("{} = {}", entry.option, entry.value));
        }
    }
}

}  // namespace

std::string pageOf(const domain::Snapshot& snapshot, const domain::Detail& detail, Sheet sheet, const Look& look) {
    Page page;
    if (snapshot.identity) {
        const domain::Identity& identity = *snapshot.identity;
        page.plain(painted(printable(identity.id.value), Colour::bold, look));
        page.line("dependency", identity.target.empty() ? identity.kind : identity.kind + ", " + identity.target);
        page.line("group", identity.group);
    }
    page.plain(fmt::format("{:<13}{} for {}", "state", painted(stateText(snapshot), stateColour(snapshot), look),
                           spanText(snapshot.metrics.timeInState)));
    page.line("now", remarkOn(snapshot));
    for (const domain::Hold& hold : snapshot.holds) {
        page.line("hold", fmt::format("number {}: {}", hold.id.value, holdText(hold)));
    }
    page.line("window", callsText(snapshot.metrics.window));
    page.line("latency", latenciesText(snapshot.metrics.latency));
    page.line("totals", totalsText(snapshot.metrics.totals));
    page.line("preset", detail.preset());
    page.line("revision", std::to_string(snapshot.revision));
    if (!snapshot.standings.empty()) {
        page.heading("How near its rules are", look);
        for (const domain::RuleStanding& standing : snapshot.standings) page.item(standingText(standing));
    }
    addDetail(page, detail, sheet, look);
    return page.take();
}

std::string pageOf(const domain::Dossier& dossier, const Look& look) {
    Page page;
    const domain::Transition& transition = dossier.transition;
    page.line("opened", momentText(transition.wall));
    page.line("because", transition.text());
    page.line("before",
              fmt::format("{} CLOSED, {:.1f} calls/s", spanText(dossier.timeInClosed), dossier.callsPerSecond));
    page.line("waits", spanText(dossier.openWait) + (dossier.retryAfter ? ", as the dependency asked" : ""));
    page.line("window", callsText(dossier.window));
    page.line("latency", latenciesText(dossier.latency));
    page.line("in flight", countText(dossier.inFlight.calls, "call", "calls"));
    std::string categories;
    for (std::size_t i = 0; i < dossier.failuresByCategory.size(); ++i) {
        if (dossier.failuresByCategory[i] == 0) continue;
        categories += fmt::format("{}{} {}", categories.empty() ? "" : ", ", toWord(static_cast<domain::Category>(i)),
                                  dossier.failuresByCategory[i]);
    }
    page.line("failures", categories);
    if (!dossier.standings.empty()) {
        page.heading("Its rules at that moment", look);
        for (const domain::RuleStanding& standing : dossier.standings) page.item(standingText(standing));
    }
    if (!dossier.lastOutcomes.empty()) {
        page.heading("The last calls before it, newest first", look);
        for (auto it = dossier.lastOutcomes.rbegin(); it != dossier.lastOutcomes.rend(); ++it) {
            page.item(fmt::format("{} before, took {}: {}{}", spanText(it->age), latencyText(it->took),
                                  it->failed ? (it->error ? it->error->text() : "failed") : "success",
                                  it->slow ? ", slow" : ""));
        }
    }
    return page.take();
}

}  // namespace fusebox::ctl
