#pragma once
// The recovery actions of all dependencies, and what runs them: made from the configuration's words, or the lab's own.
// Threads: add() before the start; the others from any thread.
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

#include <memory>
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

    /// What cannot be done with this subject is left out.
    void add(const RecoverySubject& subject, const std::vector<config::ActionSettings>& actions,
             std::shared_ptr<recovery::Action> restart = {});

    void setDesktop(recovery::AlertChannel::Desktop desktop) { m_alerts->setDesktop(std::move(desktop)); }

    void stop() { m_manager->stop(); }

private:
    [[nodiscard]] std::shared_ptr<recovery::Action> make(const RecoverySubject& subject,
                                                         const config::ActionSettings& settings);

    const base::Clock& m_clock;
    collector::BackgroundCollector& m_collector;
    const std::shared_ptr<recovery::AlertChannel> m_alerts;
    const std::shared_ptr<recovery::RecoveryManager> m_manager;
};

}  // namespace fusebox::wiring
