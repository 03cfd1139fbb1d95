// The presets: our own default, the original specification's numbers, and those of other libraries.
// Sources: each library's own defaults; where one has no half_open_timeout, none is set.

#include <fusebox/breaker/circuit_breaker_config.h>

#include <fmt/format.h>

#include <array>
#include <utility>

namespace fusebox::breaker {

namespace {

using namespace std::chrono_literals;

using Preset = std::pair<std::string_view, CircuitBreakerConfig (*)()>;

constexpr std::array kPresets{
    Preset{"balanced", &CircuitBreakerConfig::balanced}, Preset{"classic", &CircuitBreakerConfig::classic},
    Preset{"hystrix", &CircuitBreakerConfig::hystrix},   Preset{"resilience4j", &CircuitBreakerConfig::resilience4j},
    Preset{"polly", &CircuitBreakerConfig::polly},       Preset{"gobreaker", &CircuitBreakerConfig::gobreaker},
    Preset{"envoy", &CircuitBreakerConfig::envoy}};

/// What the other libraries have in common: no total-outage rule, no ramp, no jitter, every error counts.
CircuitBreakerConfig plain() {
    CircuitBreakerConfig config;
    config.totalOutageFailures.reset();
    config.backoff = Backoff::fixed;
    config.jitter = Jitter::none;
    config.rampSteps.clear();
    config.ignoredErrors = {};
    config.retryAfterCap = 0s;
    config.halfOpenTimeout = 0s;
    return config;
}

}  // namespace

CircuitBreakerConfig CircuitBreakerConfig::balanced() {
    return {};
}

CircuitBreakerConfig CircuitBreakerConfig::classic() {
    CircuitBreakerConfig config = plain();
    config.failureThreshold = 5;
    config.failureRateThreshold = 0.5;
    config.minimumCalls = 10;
    config.windowSize = 60s;
    config.windowBuckets = 60;
    config.backoff = Backoff::exponential;
    config.openTimeout = 30s;
    config.backoffMultiplier = 2.0;
    config.maxBackoff = 300s;
    config.halfOpenMaxRequests = 3;
    config.successThreshold = 3;
    config.halfOpenTimeout = 10s;
    return config;
}

CircuitBreakerConfig CircuitBreakerConfig::hystrix() {
    CircuitBreakerConfig config = plain();
    config.failureRateThreshold = 0.5;
    config.minimumCalls = 20;
    config.windowSize = 10s;
    config.windowBuckets = 10;
    config.openTimeout = 5s;
    config.openWaitCompare = Compare::above;
    config.cancelledProbe = CancelledProbe::reopen;
    return config;
}

CircuitBreakerConfig CircuitBreakerConfig::resilience4j() {
    CircuitBreakerConfig config = plain();
    config.failureRateThreshold = 0.5;
    config.minimumCalls = 100;
    config.slowCallRateThreshold = 1.0;
    config.slowCallDuration = 60s;
    config.windowKind = WindowKind::count;
    config.windowCalls = 100;
    config.openTimeout = 60s;
    config.openWaitCompare = Compare::above;
    config.halfOpenVerdict = HalfOpenVerdict::rates;
    config.halfOpenSample = 10;
    config.halfOpenMaxRequests = 10;
    return config;
}

CircuitBreakerConfig CircuitBreakerConfig::polly() {
    CircuitBreakerConfig config = plain();
    config.failureRateThreshold = 0.1;
    config.minimumCalls = 100;
    config.evaluateOn = EvaluateOn::failure;
    config.windowKind = WindowKind::firstEvent;
    config.windowSize = 30s;
    config.windowBuckets = 10;
    config.openTimeout = 5s;
    return config;
}

CircuitBreakerConfig CircuitBreakerConfig::gobreaker() {
    CircuitBreakerConfig config = plain();
    config.failureRateThreshold.reset();
    config.consecutiveFailuresThreshold = 6;  // "more than 5"
    config.evaluateOn = EvaluateOn::failure;
    config.windowKind = WindowKind::unbounded;
    config.openTimeout = 60s;
    config.openWaitCompare = Compare::above;
    return config;
}

CircuitBreakerConfig CircuitBreakerConfig::envoy() {
    CircuitBreakerConfig config = plain();
    config.failureRateThreshold.reset();
    config.consecutiveFailuresThreshold = 5;
    config.windowKind = WindowKind::unbounded;
    // The ejection time grows by its base with each ejection, up to the maximum.
    config.openTimeout = 30s;
    config.openWaits = {30s, 60s, 90s, 120s, 150s, 180s, 210s, 240s, 270s, 300s};
    config.halfOpenBy = HalfOpenBy::tick;
    config.halfOpenAdmission = HalfOpenAdmission::unlimited;  // a host that is let back gets its full traffic
    return config;
}

const std::vector<std::string_view>& CircuitBreakerConfig::presetNames() {
    static const std::vector<std::string_view> names = [] {
        std::vector<std::string_view> all;
        for (const auto& [name, make] : kPresets) {
            all.push_back(name);
        }
        return all;
    }();
    return names;
}

base::Result<CircuitBreakerConfig> CircuitBreakerConfig::preset(std::string_view name) {
    for (const auto& [known, make] : kPresets) {
        if (known == name) {
            return make();
        }
    }
    return base::trouble(base::TroubleCode::notFound,
                         fmt::format("there is no preset {}; there are: {}", name, fmt::join(presetNames(), ", ")));
}

}  // namespace fusebox::breaker
