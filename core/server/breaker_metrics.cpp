#include <fusebox/server/breaker_metrics.h>

#include <fusebox/latency/duration_counts.h>

#include <array>
#include <chrono>

namespace fusebox::server {

namespace {

using Figures = BreakerFigures;
using Lines = MetricLines;
using Type = MetricLines::Type;

constexpr std::array<std::string_view, 5> kStates{"closed", "open", "half_open", "unknown", "stale"};
constexpr std::array<std::string_view, 4> kModes{"force_open", "force_closed", "metrics_only", "disabled"};
constexpr std::array<std::string_view, domain::kCategoryCount> kCategories{
    "transient", "permanent", "rate_limit", "authentication", "data_validation", "unknown"};
constexpr std::array<std::string_view, 3> kPercentiles{"50", "95", "99"};
constexpr std::array<std::string_view, latency::kDurationBounds.size()> kBounds{
    "0.0005", "0.001", "0.0025", "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "5", "10"};
static_assert(std::tuple_size_v<decltype(domain::CallDurations::counts)> == kBounds.size() + 1);

double seconds(base::Duration span) {
    return std::chrono::duration<double>(span).count();
}

/// One for each breaker: which state it is in. Those that only distant breakers have are left out for others.
void writeStates(Lines& lines, const Figures& figures) {
    constexpr std::size_t kOwnStates = 3;
    for (std::size_t i = 0; i < kStates.size(); ++i) {
        if (i < kOwnStates || figures.states[i] > 0) lines.value(figures.states[i], {{"state", kStates[i]}});
    }
}

void writeCalls(Lines& lines, const Figures& figures) {
    const domain::Totals& totals = figures.totals;
    lines.value(totals.success, {{"outcome", "success"}});
    lines.value(totals.failure, {{"outcome", "failure"}});
    lines.value(totals.ignored, {{"outcome", "ignored"}});
    lines.value(totals.cancelled, {{"outcome", "cancelled"}});
    lines.value(totals.rejected, {{"outcome", "rejected"}});
}

void writeErrors(Lines& lines, const Figures& figures) {
    for (std::size_t i = 0; i < kCategories.size(); ++i) {
        lines.value(figures.totals.failuresByCategory[i], {{"category", kCategories[i]}});
    }
}

void writeHeld(Lines& lines, const Figures& figures) {
    for (std::size_t i = 0; i < kModes.size(); ++i) {
        if (figures.held[i] > 0) lines.value(figures.held[i], {{"mode", kModes[i]}});
    }
}

void writeLatency(Lines& lines, const Figures& figures) {
    for (std::size_t i = 0; i < kPercentiles.size(); ++i) {
        if (figures.latency[i]) lines.value(*figures.latency[i], {{"percentile", kPercentiles[i]}});
    }
}

void writeDurations(Lines& lines, const Figures& figures) {
    if (figures.durations) lines.histogram(kBounds, figures.durations->counts, seconds(figures.durations->sum));
}

constexpr std::array kMetrics{
    BreakerMetric{"circuit_breaker_info", Type::gauge, "What the breaker guards; always 1.",
                  [](Lines& lines, const Figures& f) {
                      if (!f.isSum) lines.value(std::uint64_t{1}, {{"kind", f.kind}, {"group", f.group}});
                  }},
    BreakerMetric{"circuit_breaker_state", Type::gauge, "1 for the state that the breaker is in, else 0.", writeStates},
    BreakerMetric{"circuit_breaker_state_seconds", Type::gauge, "How long it has been in its state.",
                  [](Lines& lines, const Figures& f) {
                      if (!f.isSum) lines.value(f.secondsInState);
                  }},
    BreakerMetric{"circuit_breaker_transitions_total", Type::counter, "Changes of state.",
                  [](Lines& lines, const Figures& f) { lines.value(f.transitions); }},
    BreakerMetric{"circuit_breaker_held", Type::gauge, "1 for the mode that the holds of operators give it.",
                  writeHeld},
    BreakerMetric{"circuit_breaker_holds", Type::gauge, "Holds of operators that lie on it.",
                  [](Lines& lines, const Figures& f) { lines.value(f.holds); }},
    BreakerMetric{"circuit_breaker_calls_total", Type::counter, "Calls by how they ended; rejected ones were not made.",
                  writeCalls},
    BreakerMetric{"circuit_breaker_slow_calls_total", Type::counter, "Calls over the slow-call limit.",
                  [](Lines& lines, const Figures& f) { lines.value(f.totals.slow); }},
    BreakerMetric{"circuit_breaker_errors_total", Type::counter, "Failed calls by the category of their error.",
                  writeErrors},
    BreakerMetric{"circuit_breaker_would_reject_total", Type::counter,
                  "Calls that a hold let through although the breaker would have rejected them.",
                  [](Lines& lines, const Figures& f) { lines.value(f.totals.wouldReject); }},
    BreakerMetric{"circuit_breaker_in_flight", Type::gauge, "Calls under way.",
                  [](Lines& lines, const Figures& f) { lines.value(f.totals.inFlight); }},
    BreakerMetric{"circuit_breaker_failure_ratio", Type::gauge,
                  "Share of failed calls in the window, 0 to 1; absent with too few calls.",
                  [](Lines& lines, const Figures& f) {
                      if (f.failureRate) lines.value(*f.failureRate);
                  }},
    BreakerMetric{"circuit_breaker_slow_call_ratio", Type::gauge,
                  "Share of slow calls in the window, 0 to 1; absent with too few calls.",
                  [](Lines& lines, const Figures& f) {
                      if (f.slowRate) lines.value(*f.slowRate);
                  }},
    BreakerMetric{"circuit_breaker_window_latency_seconds", Type::gauge,
                  "Latency over the metrics window; absent without timed calls.", writeLatency},
    BreakerMetric{"circuit_breaker_call_duration_seconds", Type::histogram, "How long the timed calls took.",
                  writeDurations},
    BreakerMetric{"circuit_breaker_concurrency_limit", Type::gauge, "Calls that may be under way at once.",
                  [](Lines& lines, const Figures& f) {
                      if (f.limit) lines.value(*f.limit);
                  }},
    BreakerMetric{"circuit_breaker_limit_rejected_total", Type::counter, "Calls rejected by the concurrency limit.",
                  [](Lines& lines, const Figures& f) {
                      if (f.limit || f.limitRefused > 0) lines.value(f.limitRefused);
                  }},
};

void addTotals(domain::Totals& sum, const domain::Totals& more) {
    sum.permitted += more.permitted;
    sum.rejected += more.rejected;
    sum.success += more.success;
    sum.failure += more.failure;
    sum.ignored += more.ignored;
    sum.cancelled += more.cancelled;
    sum.slow += more.slow;
    sum.inFlight += more.inFlight;
    sum.wouldReject += more.wouldReject;
    for (std::size_t i = 0; i < more.failuresByCategory.size(); ++i) {
        sum.failuresByCategory[i] += more.failuresByCategory[i];
    }
}

}  // namespace

std::span<const BreakerMetric> breakerMetrics() {
    return kMetrics;
}

BreakerFigures figuresOf(const domain::Snapshot& snapshot) {
    BreakerFigures figures;
    if (snapshot.identity != nullptr) {
        figures.label = labelText(snapshot.identity->id.value);
        figures.kind = labelText(snapshot.identity->kind);
        figures.group = labelText(snapshot.identity->group);
    }
    figures.states[static_cast<std::size_t>(snapshot.state)] = 1;
    if (snapshot.heldAs) figures.held[static_cast<std::size_t>(*snapshot.heldAs)] = 1;
    figures.holds = snapshot.holds.size();
    figures.totals = snapshot.metrics.totals;
    figures.transitions = snapshot.metrics.transitions;
    if (snapshot.limit) {
        figures.limit = snapshot.limit->limit;
        figures.limitRefused = snapshot.limit->refused;
    }
    figures.failureRate = snapshot.metrics.window.failureRate;
    figures.slowRate = snapshot.metrics.window.slowRate;
    const domain::LatencyMetrics& latency = snapshot.metrics.latency;
    const std::array<std::optional<base::Duration>, 3> percentiles{latency.p50, latency.p95, latency.p99};
    for (std::size_t i = 0; i < percentiles.size(); ++i) {
        if (percentiles[i]) figures.latency[i] = seconds(*percentiles[i]);
    }
    figures.secondsInState = seconds(snapshot.metrics.timeInState);
    return figures;
}

/// What cannot be added up (rates, percentiles) is left out.
void BreakerFigures::add(const BreakerFigures& other) {
    isSum = true;
    for (std::size_t i = 0; i < states.size(); ++i) states[i] += other.states[i];
    for (std::size_t i = 0; i < held.size(); ++i) held[i] += other.held[i];
    holds += other.holds;
    addTotals(totals, other.totals);
    transitions += other.transitions;
    limitRefused += other.limitRefused;
    if (!other.durations) return;
    if (!durations) durations.emplace();
    for (std::size_t i = 0; i < durations->counts.size(); ++i) durations->counts[i] += other.durations->counts[i];
    durations->sum += other.durations->sum;
}

}  // namespace fusebox::server
