#include <fusebox/wiring/lab_actions.h>
#include <fusebox/wiring/lab_plans.h>
#include <fusebox/wiring/wiring.h>

#include <fmt/format.h>

#include <utility>

namespace fusebox::wiring {

Wiring::Wiring(std::vector<errors::ClassifierRule> errorRules, recovery::AlertSettings alerts)
    : m_classifier(std::make_shared<const errors::ErrorClassifier>(std::move(errorRules))),
      m_breakers(std::make_shared<breaker::CircuitBreakerManager>(m_clock)),
      m_collector(m_clock),
      m_gate(std::make_shared<command::Gate>(m_clock)),
      m_errors(std::make_shared<sources::ErrorSource>(m_classifier, m_clock)),
      m_recovery(std::make_unique<RecoveryRig>(m_clock, m_collector, *m_gate, std::move(alerts))),
      m_handling(std::make_unique<HandlingRig>(m_clock, m_collector, *m_gate, m_breakers, m_classifier, m_errors)),
      m_local(std::make_shared<sources::LocalSource>(m_breakers,
                                                     [this](const domain::BreakerId& breaker) { wake(breaker); })),
      m_probes(std::make_shared<sources::ProbeWatch>([this](const collector::Task& task) { m_collector.wake(task); })) {
    m_collector.addSource(m_local);
    m_collector.addSource(m_gate);
    m_collector.addSource(m_probes);
    m_collector.addSource(m_errors);
    m_gate->addTarget(m_local);
}

Wiring::~Wiring() {
    stop();
}

base::Result<std::unique_ptr<Wiring>> Wiring::withLab(LabOpening opening) {
    std::unique_ptr<Wiring> wiring(new Wiring());
    if (base::Result<void> added = wiring->addLab(opening); !added) return tl::unexpected(added.error());
    return wiring;
}

base::Result<std::unique_ptr<Wiring>> Wiring::withSettings(const config::Settings& settings) {
    std::unique_ptr<Wiring> wiring(new Wiring(settings.errorRules, settings.alerts));
    for (const config::Dependency& configured : settings.dependencies) {
        if (base::Result<void> added = wiring->addConfigured(configured); !added) return tl::unexpected(added.error());
    }
    return wiring;
}

base::Result<void> Wiring::addConfigured(const config::Dependency& configured) {
    std::vector<std::unique_ptr<adapters::DataAdapter>> endpoints;
    std::vector<config::AdapterSettings> settings{configured.adapter};
    settings.insert(settings.end(), configured.backups.begin(), configured.backups.end());
    for (const config::AdapterSettings& each : settings) {
        auto adapter = config::createAdapter(each, m_clock);
        if (!adapter) {
            return base::trouble(adapter.error().code, "its calls cannot be made", configured.name,
                                 adapter.error().text());
        }
        endpoints.push_back(std::move(*adapter));
    }
    DependencyPlan plan;
    plan.identity = identityOf(configured.name, *endpoints.front(), configured.group);
    plan.breaker = configured.breaker;
    if (endpoints.size() == 1) {
        plan.adapter = std::move(endpoints.front());
    } else {
        auto withBackups = std::make_unique<recovery::EndpointSwitch>(std::move(endpoints));
        plan.endpoints = withBackups.get();
        plan.adapter = std::move(withBackups);
    }
    plan.actions = configured.actions;
    plan.pace = config::createPace(configured.traffic);
    plan.concurrency = configured.traffic.concurrency;
    plan.handling = configured.handling.policy;
    plan.defaultValue = configured.handling.defaultValue;
    if (const auto fewer = config::reducedForm(configured.adapter, configured.handling)) {
        auto reduced = config::createAdapter(*fewer, m_clock);
        if (!reduced) {
            return base::trouble(reduced.error().code, "its reduced calls cannot be made", configured.name,
                                 reduced.error().text());
        }
        plan.reduced = std::move(*reduced);
    }
    plan.probeWithoutTraffic = configured.traffic.probeWithoutTraffic;
    auto added = addDependency(std::move(plan));
    return added ? base::Result<void>() : tl::unexpected(added.error());
}

base::Result<void> Wiring::addLab(LabOpening opening) {
    base::Result<std::unique_ptr<lab::LabWorld>> world = lab::LabWorld::create(m_clock);
    if (!world) return tl::unexpected(world.error());
    m_lab = std::make_unique<Lab>();
    m_lab->opening = opening;
    m_lab->world = std::move(*world);
    m_lab->bench = std::make_unique<LabBench>(*m_lab->world, m_collector);
    m_collector.addSource(std::make_shared<LabEvents>(*m_lab->world, m_clock));
    for (const lab::ServiceCard& card : m_lab->world->services()) {
        base::Result<DependencyPlan> plan = labPlan(card, m_lab->bench->makePace(card), m_clock);
        if (!plan) return tl::unexpected(plan.error());
        plan->actions = labActions(card);
        plan->restart = std::make_shared<LabRestart>(*m_lab->world, card.name);
        auto added = addDependency(std::move(*plan));
        if (!added) return tl::unexpected(added.error());
        m_lab->bench->setTask(card.name, *added);
    }
    return {};
}

base::Result<std::shared_ptr<sources::GuardedDependency>> Wiring::addDependency(DependencyPlan plan) {
    const domain::BreakerId id = plan.identity.id;
    auto handler = m_handling->add(plan);
    if (!handler) return tl::unexpected(handler.error());
    auto reduced = m_handling->addReduced(plan);
    if (!reduced) return tl::unexpected(reduced.error());
    RecoverySubject subject{m_breakers->find(id), nullptr, nullptr, {}};
    subject.clearCache = [handler = *handler]() -> base::Result<std::string> {
        const std::size_t kept = handler->fallbacks().clear();
        return fmt::format("{} {}", kept, kept == 1 ? "answer" : "answers");
    };
    adapters::DataAdapter* adapter = plan.adapter.get();
    auto dependency = std::make_shared<sources::GuardedDependency>(
        std::move(*handler), std::move(plan.adapter), std::move(plan.pace), plan.concurrency, std::move(*reduced));
    m_dependencies.emplace(id, dependency);
    m_collector.addTask(dependency);
    subject.adapter = std::shared_ptr<adapters::DataAdapter>(dependency, adapter);
    if (plan.endpoints != nullptr) {
        subject.endpoints = std::shared_ptr<recovery::EndpointSwitch>(dependency, plan.endpoints);
    }
    m_recovery->add(subject, plan.actions, std::move(plan.restart));
    if (plan.probeWithoutTraffic) {
        m_probes->add(dependency, [breaker = &dependency->breaker()] { return breaker->wantsProbe(); });
    }
    return dependency;
}

void Wiring::wake(const domain::BreakerId& breaker) {
    const auto found = m_dependencies.find(breaker);
    if (found != m_dependencies.end()) m_collector.wake(*found->second);
}

void Wiring::keepState(std::filesystem::path file, StateStart start) {
    m_state = std::make_shared<StateKeeper>(std::move(file), m_breakers, m_clock);
    if (start == StateStart::restored) m_state->restore();
    m_collector.addSource(m_state);
    m_collector.addTask(m_state);
}

void Wiring::addSink(std::shared_ptr<collector::Sink> sink) {
    m_collector.addSink(std::move(sink));
}

void Wiring::submit(domain::Command command) {
    m_gate->submit(std::move(command));
}

void Wiring::start() {
    m_gate->start();
    m_collector.start();
    if (m_lab && m_lab->opening == LabOpening::tour) {
        // The tour is one of the lab's own stories: it cannot be unknown.
        [[maybe_unused]] const bool plays = m_lab->world->play(lab::kTour).has_value();
    }
}

// Commands first, so that the collector's last frame tells what became of them; the lab last, so that no call is cut.
void Wiring::stop() {
    m_gate->stop();
    m_recovery->stop();
    m_collector.stop();
    if (m_state) m_state->saveNow();
    if (m_lab) m_lab->world->stop();
}

}  // namespace fusebox::wiring
