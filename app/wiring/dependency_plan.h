#pragma once
// All that is needed to guard one dependency, before anything of it runs.

#include <fusebox/adapters/data_adapter.h>
#include <fusebox/base/clock.h>
#include <fusebox/base/result.h>
#include <fusebox/breaker/circuit_breaker_config.h>
#include <fusebox/collector/pace.h>
#include <fusebox/config/settings.h>
#include <fusebox/domain/snapshot.h>
#include <fusebox/handling/policy.h>
#include <fusebox/recovery/endpoint_switch.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fusebox::wiring {

struct DependencyPlan {
    domain::Identity identity;
    breaker::CircuitBreakerConfig breaker;
    std::unique_ptr<adapters::DataAdapter> adapter;
    std::shared_ptr<collector::Pace> pace;
    std::uint32_t concurrency = 1;
    recovery::EndpointSwitch* endpoints = nullptr;  ///< the adapter, if it is one with backups
    std::vector<config::ActionSettings> actions;
    std::shared_ptr<recovery::Action> restart;  ///< null: as the actions say
    handling::Policy handling;
    std::optional<std::string> defaultValue;         ///< for FALLBACK_TO_DEFAULT
    std::unique_ptr<adapters::DataAdapter> reduced;  ///< for GRACEFUL_DEGRADATION; null: there is no reduced form
    bool probeWithoutTraffic = false;                ///< called as soon as its breaker wants a probe, whatever its pace
};

/// Identity of a local breaker that guards calls by this adapter; its id is its name.
[[nodiscard]] domain::Identity identityOf(const std::string& name, const adapters::DataAdapter& adapter,
                                          std::string group);

/// Errors: what cannot be called, with its name.
[[nodiscard]] base::Result<DependencyPlan> planOf(const config::Dependency& configured, const base::Clock& clock);

}  // namespace fusebox::wiring
