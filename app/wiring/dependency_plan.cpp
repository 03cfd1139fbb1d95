#include <fusebox/wiring/dependency_plan.h>

#include <utility>

namespace fusebox::wiring {

domain::Identity identityOf(const std::string& name, const adapters::DataAdapter& adapter, std::string group) {
    domain::Identity identity;
    identity.id = domain::BreakerId(name);
    identity.name = name;
    identity.kind = adapter.kind();
    identity.target = adapter.target();
    identity.group = std::move(group);
    identity.source = "local";
    return identity;
}

base::Result<DependencyPlan> planOf(const config::Dependency& configured, const base::Clock& clock) {
    std::vector<std::unique_ptr<adapters::DataAdapter>> endpoints;
    std::vector<config::AdapterSettings> settings{configured.adapter};
    settings.insert(settings.end(), configured.backups.begin(), configured.backups.end());
    for (const config::AdapterSettings& each : settings) {
        auto adapter = config::createAdapter(each, clock);
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
        auto reduced = config::createAdapter(*fewer, clock);
        if (!reduced) {
            return base::trouble(reduced.error().code, "its reduced calls cannot be made", configured.name,
                                 reduced.error().text());
        }
        plan.reduced = std::move(*reduced);
    }
    plan.probeWithoutTraffic = configured.traffic.probeWithoutTraffic;
    return plan;
}

}  // namespace fusebox::wiring
