#pragma once
// The numbers of one breaker at one moment. What is not known is absent, never -1 or NaN.
// Time: latencies and spans are nanoseconds (base::Duration).

#include <fusebox/base/time.h>
#include <fusebox/domain/category.h>

#include <array>
#include <cstdint>
#include <optional>

namespace fusebox::domain {

/// Counted since the breaker was made. permitted = success + failure + ignored + cancelled + inFlight.
struct Totals {
    std::uint64_t permitted = 0;
    std::uint64_t rejected = 0;
    std::uint64_t success = 0;
    std::uint64_t failure = 0;
    std::uint64_t ignored = 0;
    std::uint64_t cancelled = 0;
    std::uint64_t slow = 0;  ///< among success and failure, those over the slow-call limit
    std::uint64_t inFlight = 0;
    std::uint64_t wouldReject =
        0;  ///< among permitted: let through by a hold although the automaton would have refused
    std::array<std::uint64_t, kCategoryCount> failuresByCategory{};

    bool operator==(const Totals&) const = default;
};

/// What the trip rules see.
struct WindowMetrics {
    base::Duration span{};  ///< zero for a window by count
    std::uint64_t calls = 0;
    std::uint64_t failures = 0;
    std::uint64_t slow = 0;             ///< ended slow, plus in flight past the limit
    std::uint64_t minimumCalls = 0;     ///< below it the rates are absent: too few calls
    std::optional<double> failureRate;  ///< 0..1
    std::optional<double> slowRate;     ///< 0..1

    bool operator==(const WindowMetrics&) const = default;
};

/// Latency over the metrics window, from a histogram with a stated relative error.
struct LatencyMetrics {
    std::uint64_t samples = 0;
    std::optional<base::Duration> mean;
    std::optional<base::Duration> p50;
    std::optional<base::Duration> p95;
    std::optional<base::Duration> p99;
    std::optional<base::Duration> max;
    double relativeError = 0;  ///< bound of the error of each quantile

    bool operator==(const LatencyMetrics&) const = default;
};

struct CircuitMetrics {
    Totals totals;
    WindowMetrics window;
    LatencyMetrics latency;
    base::Duration timeInState{};
    std::uint64_t transitions = 0;

    bool operator==(const CircuitMetrics&) const = default;
};

}  // namespace fusebox::domain
