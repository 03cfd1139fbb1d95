#pragma once
// The trip rules as pure functions: whether one fires, how far each is from firing, and how long nobody needs to ask.
// The code that decides is the code that tells the distance.

#include <fusebox/breaker/circuit_breaker_config.h>
#include <fusebox/domain/snapshot.h>
#include <fusebox/domain/transition.h>

#include <cstdint>
#include <optional>
#include <vector>

namespace fusebox::breaker {

struct WindowCounts {
    std::uint64_t calls = 0;
    std::uint64_t failures = 0;
    std::uint64_t slow = 0;

    WindowCounts& operator+=(const WindowCounts& other) {
        calls += other.calls;
        failures += other.failures;
        slow += other.slow;
        return *this;
    }
    bool operator==(const WindowCounts&) const = default;
};

/// All that the rules look at.
struct Evidence {
    WindowCounts window;
    WindowCounts outageSpan;            ///< the part of the window that lies within total_outage_span
    std::uint64_t watchedInFlight = 0;  ///< calls of the slow-call rule that have not ended ...
    std::uint64_t slowInFlight = 0;     ///< ... and those among them that are past slow_call_duration
    std::uint64_t run = 0;              ///< failures since the last success
    double successAverage = 1.0;
    std::uint64_t averagedCalls = 0;
};

/// The first rule that fires, in a fixed order: consecutive failures, failure count, total outage, failure rate, slow-call rate, success average.
[[nodiscard]] std::optional<domain::TripReason> firedRule(const CircuitBreakerConfig& config, const Evidence& evidence);

/// A number of further failures or slow calls below which no rule on the window can fire, whatever else happens; at least 1.
/// REQUIRES: no rule fires now. Holds until a bucket leaves the window, and until a call that begins now is slow.
[[nodiscard]] std::uint64_t surelyWithout(const CircuitBreakerConfig& config, const Evidence& evidence);

/// Whether a success could make a rule fire, by being the call that reaches a minimum number of calls.
[[nodiscard]] bool successMayTrip(const CircuitBreakerConfig& config, const Evidence& evidence);

/// Each rule that is on, with its value, its threshold and the failures in a row that would fire it.
[[nodiscard]] std::vector<domain::RuleStanding> standings(const CircuitBreakerConfig& config, const Evidence& evidence);

/// Whether a share meets its threshold.
[[nodiscard]] bool meets(double value, Compare compare, double threshold);

/// Calls before the slow-call rate counts.
[[nodiscard]] std::uint64_t slowMinimum(const CircuitBreakerConfig& config);

}  // namespace fusebox::breaker
