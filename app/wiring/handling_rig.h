#pragma once
// The part of the program that handles errors: a handler for each dependency, their standings in the frames, and
// commands to them.
// Threads: one at a time, also while the collector runs.
// Errors: what cannot be made is a Result with the breaker's name.
// Lifetime: the clock, the collector and the gate outlive it.

#include <fusebox/base/clock.h>
#include <fusebox/base/result.h>
#include <fusebox/breaker/circuit_breaker_manager.h>
#include <fusebox/collector/background_collector.h>
#include <fusebox/command/gate.h>
#include <fusebox/errors/error_classifier.h>
#include <fusebox/handling/error_handlers.h>
#include <fusebox/sources/error_source.h>
#include <fusebox/sources/guarded_dependency.h>
#include <fusebox/sources/handling_source.h>
#include <fusebox/wiring/dependency_plan.h>

#include <cstdint>
#include <memory>

namespace fusebox::wiring {

/// Of the breaker that guards the reduced form.
[[nodiscard]] domain::BreakerId reducedIdOf(const domain::BreakerId& id);

class HandlingRig {
public:
    /// Of a dependency that is new, or of one that is guarded already and goes on.
    enum class Breaker : std::uint8_t { fresh, kept };

    /// REQUIRES: breakers, classifier and errors not null.
    HandlingRig(const base::Clock& clock, collector::BackgroundCollector& collector, command::Gate& gate,
                std::shared_ptr<breaker::CircuitBreakerManager> breakers,
                std::shared_ptr<const errors::ErrorClassifier> classifier,
                std::shared_ptr<sources::ErrorSource> errors);

    /// Makes the plan's breaker, and the handler of the calls through it.
    [[nodiscard]] base::Result<std::shared_ptr<handling::ErrorHandler>> add(const DependencyPlan& plan,
                                                                            Breaker which = Breaker::fresh);

    /// Takes the plan's reduced form, if it has one, and guards it by a breaker of its own. Empty: it has none.
    [[nodiscard]] base::Result<sources::GuardedDependency::Reduced> addReduced(DependencyPlan& plan,
                                                                               Breaker which = Breaker::fresh);

    void remove(const domain::BreakerId& breaker) { m_handlers->remove(breaker); }

    /// For the handlers that are made from now on. REQUIRES: not null.
    void setClassifier(std::shared_ptr<const errors::ErrorClassifier> classifier) {
        m_classifier = std::move(classifier);
    }

private:
    using Made = base::Result<std::shared_ptr<handling::ErrorHandler>>;

    [[nodiscard]] Made make(domain::Identity identity, const DependencyPlan& plan, const handling::Policy& policy,
                            handling::ReducedForm reduced, Breaker which);
    /// The one that is there, if it may be kept; one that must change its identity alone goes on in another one.
    [[nodiscard]] base::Result<std::shared_ptr<breaker::CircuitBreaker>> breakerFor(
        domain::Identity identity, const breaker::CircuitBreakerConfig& config, Breaker which);

    const base::Clock& m_clock;
    const std::shared_ptr<breaker::CircuitBreakerManager> m_breakers;
    std::shared_ptr<const errors::ErrorClassifier> m_classifier;
    const std::shared_ptr<sources::ErrorSource> m_errors;
    const std::shared_ptr<handling::ErrorHandlers> m_handlers;
    const std::shared_ptr<sources::HandlingSource> m_source;
};

}  // namespace fusebox::wiring
