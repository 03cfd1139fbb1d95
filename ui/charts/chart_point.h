#pragma once
// What a chart draws: one point per second, or per few seconds where the span is long.

#include <fusebox/domain/state.h>
#include <fusebox/models/breaker_history.h>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace fusebox::charts {

struct ChartPoint {
    double x = 0;        ///< seconds, counted from the newest second shown: 0 and below
    double success = 0;  ///< calls per second that succeeded and were not slow
    double slow = 0;     ///< that succeeded slowly
    double failure = 0;
    double rejected = 0;
    std::optional<double> p50Ms;
    std::optional<double> p95Ms;
    std::optional<double> p99Ms;
    std::optional<double> errorRate;  ///< 0..1
    domain::State state = domain::State::closed;

    [[nodiscard]] double total() const { return success + slow + failure + rejected; }
    bool operator==(const ChartPoint&) const = default;
};

/// The seconds of the span that ends with `newest`, joined by `step`: counts become their mean, latencies and rates the
/// worst, the state the least healthy, so that no peak is lost. REQUIRES: seconds ascend; step >= 1.
[[nodiscard]] std::vector<ChartPoint> pointsOf(std::span<const models::HistoryPoint> seconds, std::int64_t newest,
                                               std::int64_t span, std::int64_t step);

}  // namespace fusebox::charts
