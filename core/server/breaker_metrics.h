#pragma once
// The metrics of breakers: one table.

#include <fusebox/domain/call_durations.h>
#include <fusebox/domain/snapshot.h>
#include <fusebox/server/metric_lines.h>

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace fusebox::server {

/// What is shown of one breaker, or of several added up.
struct BreakerFigures {
    std::string label;  ///< its id, made safe
    std::string kind;
    std::string group;
    bool isSum = false;
    std::array<std::uint64_t, 5> states{};  ///< by domain::State: how many are in it
    std::array<std::uint64_t, 4> held{};    ///< by domain::HoldMode: how many it rules
    std::uint64_t holds = 0;
    domain::Totals totals;
    std::uint64_t transitions = 0;
    std::uint64_t limitRefused = 0;
    std::optional<std::uint64_t> limit;
    std::optional<double> failureRate;
    std::optional<double> slowRate;
    std::array<std::optional<double>, 3> latency;  ///< P50, P95, P99 in seconds
    double secondsInState = 0;
    std::optional<domain::CallDurations> durations;

    void add(const BreakerFigures& other);
};

[[nodiscard]] BreakerFigures figuresOf(const domain::Snapshot& snapshot);

struct BreakerMetric {
    std::string_view name;
    MetricLines::Type type;
    std::string_view help;
    void (*write)(MetricLines& lines, const BreakerFigures& figures);
};

[[nodiscard]] std::span<const BreakerMetric> breakerMetrics();

}  // namespace fusebox::server
