#pragma once
// A breaker scenario as a value: a configuration, and steps in virtual time with what they should lead to.
// Limits: what our breaker cannot express is listed in Scenario::missing; such a scenario is reported, never run.

#include <fusebox/base/time.h>
#include <fusebox/breaker/circuit_breaker_config.h>
#include <fusebox/domain/transition.h>

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fusebox::simulate {

enum class StepKind : std::uint8_t {
    tryCall,  ///< asks for a permit and keeps it
    success,
    failure,
    slow,
    ignored,
    softFailure,  ///< counts for the rates, not for runs of failures
    cancel,
    observe,
    trip,
    forceOpen,
    isolate,  ///< one more hold FORCE_OPEN; they add up
    unisolate,
    disable,
    metricsOnly,
    halfOpen,
    close,
    reset,
    release,
};

/// What a step should lead to; absent: the scenario does not say.
struct Expectation {
    std::optional<bool> permitted;
    std::optional<std::string> state;
    std::optional<double> failureRatePercent;            ///< -1: too few calls
    std::optional<std::array<std::uint64_t, 2>> window;  ///< calls, failures
    std::optional<std::uint64_t> opens;
    std::optional<base::Duration> retryAfter;
    std::optional<std::string> reason;
    std::optional<std::string> error;
};

struct Step {
    base::Duration at{};  ///< since the breaker was made
    StepKind kind = StepKind::observe;
    std::optional<base::Duration> took;
    std::optional<base::Duration> wait;  ///< trip: a wait of its own
    bool acquire = true;                 ///< false: the outcome is recorded without a permit
    std::string id;                      ///< names the permit
    std::string of;                      ///< completes the named permit
    std::uint32_t repeat = 1;
    bool expectEach = false;  ///< the state is expected after every repeat, else after the last
    Expectation expect;
};

struct Scenario {
    std::string id;
    bool portable = true;
    breaker::CircuitBreakerConfig config;
    std::map<std::string, domain::TripRule> reasons;  ///< the scenario's words for rules
    std::vector<std::string> missing;                 ///< options that our breaker does not have
    std::vector<Step> steps;
};

}  // namespace fusebox::simulate
