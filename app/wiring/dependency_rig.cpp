#include <fusebox/wiring/dependency_rig.h>

#include <fmt/format.h>

#include <string>
#include <utility>

namespace fusebox::wiring {

base::Result<DependencyRig::Dependency> DependencyRig::add(DependencyPlan plan) {
    return install(std::move(plan), HandlingRig::Breaker::fresh);
}

base::Result<DependencyRig::Dependency> DependencyRig::renew(DependencyPlan plan) {
    const domain::BreakerId id = plan.identity.id;
    const Guarded before = find(id);
    const bool hasReduced = plan.reduced != nullptr;
    auto renewed = install(std::move(plan), HandlingRig::Breaker::kept);
    if (!renewed) return renewed;
    if (before.dependency) detach(before);
    if (before.hasReduced && !hasReduced) m_rooms.breakers.remove(reducedIdOf(id));
    return renewed;
}

base::Result<DependencyRig::Dependency> DependencyRig::install(DependencyPlan plan, HandlingRig::Breaker which) {
    const domain::BreakerId id = plan.identity.id;
    const bool hasReduced = plan.reduced != nullptr;
    auto handler = m_rooms.handling.add(plan, which);
    if (!handler) return tl::unexpected(handler.error());
    auto reduced = m_rooms.handling.addReduced(plan, which);
    if (!reduced) return tl::unexpected(reduced.error());
    RecoverySubject subject{m_rooms.breakers.find(id), nullptr, nullptr, {}};
    subject.clearCache = [handler = *handler]() -> base::Result<std::string> {
        const std::size_t kept = handler->fallbacks().clear();
        return fmt::format("{} {}", kept, kept == 1 ? "answer" : "answers");
    };
    adapters::DataAdapter* adapter = plan.adapter.get();
    auto dependency = std::make_shared<sources::GuardedDependency>(
        std::move(*handler), std::move(plan.adapter), std::move(plan.pace), plan.concurrency, std::move(*reduced));
    {
        const base::Lock lock(m_mutex);
        m_dependencies.insert_or_assign(id, Guarded{dependency, hasReduced});
    }
    m_rooms.collector.addTask(dependency);
    subject.adapter = std::shared_ptr<adapters::DataAdapter>(dependency, adapter);
    if (plan.endpoints != nullptr) {
        subject.endpoints = std::shared_ptr<recovery::EndpointSwitch>(dependency, plan.endpoints);
    }
    m_rooms.recovery.add(subject, plan.actions, std::move(plan.restart));
    if (plan.probeWithoutTraffic) {
        m_rooms.probes.add(dependency, [breaker = &dependency->breaker()] { return breaker->wantsProbe(); });
    }
    return dependency;
}

base::Result<void> DependencyRig::reconfigure(const domain::BreakerId& id,
                                              const breaker::CircuitBreakerConfig& config) {
    for (const domain::BreakerId& each : {id, reducedIdOf(id)}) {
        const auto breaker = m_rooms.breakers.find(each);
        if (!breaker || (each != id && !find(id).hasReduced)) continue;
        if (auto done = breaker->reconfigure(config); !done) return done;
    }
    return {};
}

void DependencyRig::remove(const domain::BreakerId& id) {
    const Guarded guarded = find(id);
    if (!guarded.dependency) return;
    {
        const base::Lock lock(m_mutex);
        m_dependencies.erase(id);
    }
    m_rooms.recovery.remove(id);
    detach(guarded);
    m_rooms.handling.remove(id);
    m_rooms.breakers.remove(id);
    if (guarded.hasReduced) m_rooms.breakers.remove(reducedIdOf(id));
}

void DependencyRig::detach(const Guarded& guarded) {
    m_rooms.probes.remove(*guarded.dependency);
    m_rooms.collector.removeTask(*guarded.dependency);
}

DependencyRig::Guarded DependencyRig::find(const domain::BreakerId& id) const {
    const base::Lock lock(m_mutex);
    const auto found = m_dependencies.find(id);
    return found == m_dependencies.end() ? Guarded{} : found->second;
}

void DependencyRig::wake(const domain::BreakerId& id) {
    if (const Guarded guarded = find(id); guarded.dependency) m_rooms.collector.wake(*guarded.dependency);
}

}  // namespace fusebox::wiring
