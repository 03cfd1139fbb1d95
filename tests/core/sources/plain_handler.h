#pragma once
// Error handlers for tests: by default nothing is done about errors, so that each call is one attempt.

#include <fusebox/base/clock.h>
#include <fusebox/breaker/circuit_breaker.h>
#include <fusebox/handling/error_handler.h>

#include <memory>
#include <utility>

inline fusebox::handling::Policy failingAtOnce() {
    fusebox::handling::Policy policy;
    policy.strategies.fill(fusebox::domain::Strategy::immediateFail);
    return policy;
}

inline std::shared_ptr<fusebox::handling::ErrorHandler> handlerOf(
    std::shared_ptr<fusebox::breaker::CircuitBreaker> breaker, const fusebox::base::Clock& clock,
    fusebox::handling::Policy policy = failingAtOnce(), fusebox::handling::ErrorHandler::Parts parts = {}) {
    parts.breaker = std::move(breaker);
    parts.classifier = std::make_shared<const fusebox::errors::ErrorClassifier>();
    return fusebox::handling::ErrorHandler::create(std::move(parts), policy, clock).value();
}
