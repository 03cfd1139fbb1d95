#include <fusebox/wiring/handling_rig.h>

#include <utility>

namespace fusebox::wiring {

HandlingRig::HandlingRig(const base::Clock& clock, collector::BackgroundCollector& collector, command::Gate& gate,
                         std::shared_ptr<breaker::CircuitBreakerManager> breakers,
                         std::shared_ptr<const errors::ErrorClassifier> classifier,
                         std::shared_ptr<sources::ErrorSource> errors)
    : m_clock(clock),
      m_breakers(std::move(breakers)),
      m_classifier(std::move(classifier)),
      m_errors(std::move(errors)),
      m_handlers(std::make_shared<handling::ErrorHandlers>()),
      m_source(std::make_shared<sources::HandlingSource>(m_handlers)) {
    collector.addSource(m_source);
    gate.addTarget(m_source);
}

domain::BreakerId reducedIdOf(const domain::BreakerId& id) {
    return domain::BreakerId(id.value + " (reduced)");
}

base::Result<std::shared_ptr<breaker::CircuitBreaker>> HandlingRig::breakerFor(
    domain::Identity identity, const breaker::CircuitBreakerConfig& config, Breaker which) {
    const auto before = which == Breaker::kept ? m_breakers->find(identity.id) : nullptr;
    if (!before) return m_breakers->create(std::move(identity), config);
    if (before->identity() == identity) return before;
    const bool isSameTarget = before->identity().kind == identity.kind && before->identity().target == identity.target;
    const domain::SavedBreaker saved = before->save();
    const breaker::CircuitBreakerConfig current = before->config();
    m_breakers->remove(identity.id);
    auto made = m_breakers->create(std::move(identity), isSameTarget ? current : config);
    if (!made || !isSameTarget) return made;
    if (auto restored = (*made)->restore(saved); !restored) return tl::unexpected(restored.error());
    return made;
}

HandlingRig::Made HandlingRig::make(domain::Identity identity, const DependencyPlan& plan,
                                    const handling::Policy& policy, handling::ReducedForm reduced, Breaker which) {
    const domain::BreakerId id = identity.id;
    const auto failed = [&](const base::Trouble& why) {
        return base::trouble(why.code, "its breaker cannot be made", id.value, why.text());
    };
    auto breaker = breakerFor(std::move(identity), plan.breaker, which);
    if (!breaker) return failed(breaker.error());
    handling::ErrorHandler::Parts parts;
    parts.breaker = std::move(*breaker);
    parts.classifier = m_classifier;
    parts.reducedForm = reduced;
    parts.noteError = [errors = m_errors, id](const domain::ErrorRef& error, domain::Strategy) {
        errors->note(id, error);
    };
    auto handler = handling::ErrorHandler::create(std::move(parts), policy, m_clock);
    if (!handler) return failed(handler.error());
    return handler;
}

base::Result<std::shared_ptr<handling::ErrorHandler>> HandlingRig::add(const DependencyPlan& plan, Breaker which) {
    const auto reduced = plan.reduced ? handling::ReducedForm::present : handling::ReducedForm::absent;
    Made handler = make(plan.identity, plan, plan.handling, reduced, which);
    if (!handler) return handler;
    if (plan.defaultValue) {
        adapters::Answer answer{"default value", plan.defaultValue->size(), false, *plan.defaultValue};
        (*handler)->fallbacks().setDefault("", std::move(answer));
    }
    m_handlers->add(*handler);
    return handler;
}

// The reduced call goes to another place of the dependency, which may be well while the first one is ill: it has a
// breaker of its own, in the list like all others. About its errors nothing is done: it is itself what is done about one.
base::Result<sources::GuardedDependency::Reduced> HandlingRig::addReduced(DependencyPlan& plan, Breaker which) {
    if (!plan.reduced) return sources::GuardedDependency::Reduced();
    handling::Policy policy;
    policy.strategies.fill(domain::Strategy::immediateFail);
    policy.lastResort = domain::Strategy::immediateFail;
    policy.cache.age = base::Duration::zero();
    Made handler = make(identityOf(reducedIdOf(plan.identity.id).value, *plan.reduced, plan.identity.group), plan,
                        policy, handling::ReducedForm::absent, which);
    if (!handler) return tl::unexpected(handler.error());
    const std::shared_ptr<adapters::DataAdapter> adapter = std::move(plan.reduced);
    return [handler = std::move(*handler),
            adapter](std::stop_token stop) -> tl::expected<adapters::Answer, domain::ErrorRef> {
        handling::CallContext context;
        context.stop = std::move(stop);
        auto answer =
            handler->execute([&](const handling::Attempt& attempt) { return adapter->call(attempt.stop); }, context);
        if (!answer) return tl::unexpected(answer.error().error);
        return std::move(answer->value);
    };
}

}  // namespace fusebox::wiring
