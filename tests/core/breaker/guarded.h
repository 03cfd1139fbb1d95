// A breaker on a clock that the test moves, with short words for what tests do to it.
#pragma once

#include <fusebox/base/clock.h>
#include <fusebox/breaker/circuit_breaker.h>

#include <chrono>
#include <initializer_list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace fusebox::breaker {

using namespace std::chrono_literals;

/// All rules off, no jitter, no ramp, a wait of ten seconds: a test switches on what it is about.
inline CircuitBreakerConfig quiet() {
    CircuitBreakerConfig config;
    config.failureRateThreshold.reset();
    config.totalOutageFailures.reset();
    config.minimumCalls = 1;
    config.windowSize = 10s;
    config.backoff = Backoff::fixed;
    config.jitter = Jitter::none;
    config.openTimeout = 10s;
    config.maxBackoff = 10s;
    config.rampSteps.clear();
    config.halfOpenTimeout = 30s;
    return config;
}

/// Opens at the second failure in a row.
inline CircuitBreakerConfig twoInARow() {
    CircuitBreakerConfig config = quiet();
    config.consecutiveFailuresThreshold = 2;
    return config;
}

inline domain::ErrorRef errorOf(domain::Category category, std::string message = "broken") {
    domain::Error error;
    error.type = "Test";
    error.message = std::move(message);
    error.category = category;
    return std::make_shared<const domain::Error>(std::move(error));
}

struct Guarded {
    explicit Guarded(CircuitBreakerConfig config = twoInARow()) : breaker(make(std::move(config), clock)) {}

    static std::shared_ptr<CircuitBreaker> make(CircuitBreakerConfig config, const base::Clock& clock) {
        domain::Identity identity;
        identity.id = domain::BreakerId("orders");
        identity.name = "orders";
        return CircuitBreaker::create(std::move(identity), std::move(config), clock).value();
    }

    /// An empty permit if it was refused.
    Permit acquire() {
        Acquired acquired = breaker->tryAcquire();
        return acquired ? std::move(acquired).permit() : Permit();
    }
    bool succeed() {
        Permit permit = acquire();
        const bool permitted = static_cast<bool>(permit);
        permit.success();
        return permitted;
    }
    bool fail(domain::Category category = domain::Category::transient) {
        Permit permit = acquire();
        const bool permitted = static_cast<bool>(permit);
        permit.failure(errorOf(category));
        return permitted;
    }
    bool slow(base::Duration took) {
        Permit permit = acquire();
        const bool permitted = static_cast<bool>(permit);
        permit.took(took);
        permit.success();
        return permitted;
    }
    /// 's' success, 'f' failure; all must be permitted.
    bool run(const std::string& outcomes) {
        bool permitted = true;
        for (const char outcome : outcomes) {
            permitted = (outcome == 's' ? succeed() : fail()) && permitted;
        }
        return permitted;
    }
    [[nodiscard]] domain::State state() const { return breaker->state(); }
    [[nodiscard]] domain::Totals totals() const { return breaker->snapshot().metrics.totals; }
    [[nodiscard]] domain::WindowMetrics window() const { return breaker->snapshot().metrics.window; }
    [[nodiscard]] domain::Transition lastTransition() const { return breaker->snapshot().detail->transitions.back(); }

    base::ManualClock clock;
    std::shared_ptr<CircuitBreaker> breaker;
};

}  // namespace fusebox::breaker
