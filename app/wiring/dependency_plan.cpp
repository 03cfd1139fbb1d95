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

}  // namespace fusebox::wiring
