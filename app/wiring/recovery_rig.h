#pragma once
// The recovery actions of all dependencies, and what runs them: made from the configuration's words, or the lab's own.
// Threads: add(), remove() and setAlerts() one at a time, also while the collector runs; the others from any thread.
// Lifetime: the clock, the collector and the gate outlive it; stop() before the collector's, so that the last frame tells how the
// running actions ended.

#include <fusebox/adapters/data_adapter.h>
#include <fusebox/base/clock.h>
#include <fusebox/breaker/circuit_breaker.h>
#include <fusebox/collector/background_collector.h>
#include <fusebox/command/gate.h>
#include <fusebox/config/action_settings.h>
#include <fusebox/recovery/alert_channel.h>
#include <fusebox/recovery/clear_cache.h>
#include <fusebox/recovery/endpoint_switch.h>
#include <fusebox/recovery/recovery_manager.h>
#include <fusebox/recovery/switch_endpoint.h>

#include <memory>
#include <unordered_map>
#include <vector>

namespace fusebox::wiring {

/// What an action may work on.
struct RecoverySubject {
    std::shared_ptr<breaker::CircuitBreaker> breaker;
    std::shared_ptr<adapters::DataAdapter> adapter;
    std::shared_ptr<recovery::EndpointSwitch> endpoints;  ///< null: there is no backup
    recovery::ClearCache::Clear clearCache;               ///< empty: nothing is kept
};

class RecoveryRig {
public:
    RecoveryRig(const base::Clock& clock, collector::BackgroundCollector& collector, command::Gate& gate,
                recovery::AlertSettings alerts);

    /// What cannot be done with this subject is left out. Takes the place of what was planned for its breaker before.
    void add(const RecoverySubject& subject, const std::vector<config::ActionSettings>& actions,
             std::shared_ptr<recovery::Action> restart = {});

    void remove(const domain::BreakerId& breaker);

    /// For the actions that are added from now on.
    void setAlerts(recovery::AlertSettings alerts);
    void setDesktop(recovery::AlertChannel::Desktop desktop);

    void stop() { m_manager->stop(); }

private:
    void removeSwitch(const domain::BreakerId& breaker);
    [[nodiscard]] std::shared_ptr<recovery::Action> make(const RecoverySubject& subject,
                                                         const config::ActionSettings& settings);

    const base::Clock& m_clock;
    collector::BackgroundCollector& m_collector;
    std::shared_ptr<recovery::AlertChannel> m_alerts;
    recovery::AlertChannel::Desktop m_desktop;
    std::unordered_map<domain::BreakerId, std::shared_ptr<recovery::SwitchEndpoint>> m_switches;
    const std::shared_ptr<recovery::RecoveryManager> m_manager;
};

}  // namespace fusebox::wiring
