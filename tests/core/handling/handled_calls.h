#pragma once
// A breaker with its error handler by a clock of the test's own; waits move that clock.

#include <fusebox/base/clock.h>
#include <fusebox/handling/error_handler.h>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

/// Lets the manual clock pass instead of the world's time, and remembers the waits.
class ManualWaiter final : public fusebox::handling::Waiter {
public:
    explicit ManualWaiter(fusebox::base::ManualClock& clock) : m_clock(clock) {}

    fusebox::handling::WaitEnd wait(fusebox::base::Duration time, const std::stop_token& stop) override {
        if (meanwhile) meanwhile();
        m_clock.advance(time);
        std::lock_guard lock(m_mutex);
        m_waits.push_back(time);
        return stop.stop_requested() ? fusebox::handling::WaitEnd::stopped : fusebox::handling::WaitEnd::over;
    }
    std::vector<fusebox::base::Duration> waits() const {
        std::lock_guard lock(m_mutex);
        return m_waits;
    }

    std::function<void()> meanwhile;  ///< what happens during each wait

private:
    fusebox::base::ManualClock& m_clock;
    mutable std::mutex m_mutex;
    std::vector<fusebox::base::Duration> m_waits;
};

using Fetched = tl::expected<std::string, fusebox::domain::Error>;

inline fusebox::domain::Error httpError(std::string status) {
    fusebox::domain::Error error;
    error.type = "HttpStatus";
    error.message = "answered " + status;
    error.codeSystem = fusebox::domain::CodeSystem::http;
    error.code = std::move(status);
    return error;
}

inline Fetched failedWith(std::string status) {
    return tl::unexpected(httpError(std::move(status)));
}

struct HandledCalls {
    using ErrorHandler = fusebox::handling::ErrorHandler;

    explicit HandledCalls(fusebox::handling::Policy policy = repeatable(), ErrorHandler::Parts parts = {})
        : waiter(std::make_shared<ManualWaiter>(clock)) {
        using namespace fusebox;
        domain::Identity identity;
        identity.id = domain::BreakerId("orders");
        identity.name = "Orders";
        breaker::CircuitBreakerConfig config = breaker::CircuitBreakerConfig::balanced();
        config.consecutiveFailuresThreshold.reset();
        config.totalOutageFailures.reset();
        config.minimumCalls = 100'000;  // it opens only when it is told to
        breaker = breaker::CircuitBreaker::create(std::move(identity), config, clock).value();
        parts.breaker = breaker;
        parts.classifier = std::make_shared<const errors::ErrorClassifier>();
        parts.waiter = waiter;
        handler = ErrorHandler::create(std::move(parts), policy, clock).value();
    }

    static fusebox::handling::Policy repeatable() {
        fusebox::handling::Policy policy;
        policy.retry.idempotent = true;
        return policy;
    }
    static fusebox::handling::Policy always(fusebox::domain::Strategy strategy) {
        fusebox::handling::Policy policy = repeatable();
        policy.strategies.fill(strategy);
        return policy;
    }

    fusebox::domain::Totals totals() const { return breaker->snapshot().metrics.totals; }
    fusebox::domain::HandlingStanding standing() const { return handler->standing(); }

    fusebox::base::ManualClock clock;
    std::shared_ptr<ManualWaiter> waiter;
    std::shared_ptr<fusebox::breaker::CircuitBreaker> breaker;
    std::shared_ptr<ErrorHandler> handler;
};
