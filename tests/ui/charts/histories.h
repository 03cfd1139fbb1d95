// Histories with known values, second by second.
#pragma once

#include <fusebox/models/breaker_history.h>

#include <chrono>
#include <functional>

namespace fusebox::charts {

/// What one second brings; the totals are summed up from it.
struct Second {
    std::uint64_t success = 0;
    std::uint64_t failure = 0;
    std::uint64_t rejected = 0;
    std::optional<double> p95Ms;
    std::optional<double> errorRate;
    domain::State state = domain::State::closed;
};

/// The first second that historyOf() builds.
inline constexpr std::int64_t kBegin = 1'000;

/// Seconds for which `at` gives nothing are left out. The history ends in a second that still runs.
inline models::BreakerHistory historyOf(int seconds, const std::function<std::optional<Second>(int)>& at) {
    models::BreakerHistory history;
    domain::Snapshot snapshot;
    const auto add = [&](std::int64_t second, std::chrono::milliseconds offset) {
        history.add(base::Time(std::chrono::seconds(second) + offset), snapshot);
    };
    add(kBegin - 1, std::chrono::milliseconds(950));
    for (int second = 0; second < seconds; ++second) {
        const std::optional<Second> brings = at(second);
        if (!brings) continue;
        snapshot.metrics.totals.success += brings->success;
        snapshot.metrics.totals.failure += brings->failure;
        snapshot.metrics.totals.rejected += brings->rejected;
        snapshot.metrics.latency.p95.reset();
        if (brings->p95Ms) {
            snapshot.metrics.latency.p95 =
                std::chrono::duration_cast<base::Duration>(std::chrono::duration<double, std::milli>(*brings->p95Ms));
        }
        snapshot.metrics.window.failureRate = brings->errorRate;
        snapshot.state = brings->state;
        add(kBegin + second, std::chrono::milliseconds(900));
    }
    return history;
}

}  // namespace fusebox::charts
