#include <fusebox/recovery/alert_admin.h>
#include <fusebox/recovery/reduce_load.h>
#include <fusebox/recovery/reset_connection.h>
#include <fusebox/recovery/restart_service.h>
#include <fusebox/recovery/switch_endpoint.h>
#include <fusebox/recovery/worker_threads.h>
#include <fusebox/wiring/recovery_rig.h>

#include <utility>

namespace fusebox::wiring {

using domain::RecoveryAction;

RecoveryRig::RecoveryRig(const base::Clock& clock, collector::BackgroundCollector& collector, command::Gate& gate,
                         recovery::AlertSettings alerts)
    : m_clock(clock),
      m_collector(collector),
      m_alerts(std::make_shared<recovery::AlertChannel>(std::move(alerts), clock)),
      m_manager(std::make_shared<recovery::RecoveryManager>(clock, std::make_shared<recovery::WorkerThreads>())) {
    m_manager->setGate([&gate](domain::Command command) { gate.submit(std::move(command)); });
    collector.addSource(m_manager);
    collector.addSink(m_manager);
    gate.addTarget(m_manager);
}

void RecoveryRig::add(const RecoverySubject& subject, const std::vector<config::ActionSettings>& actions,
                      std::shared_ptr<recovery::Action> restart) {
    removeSwitch(subject.breaker->identity().id);
    std::vector<recovery::ActionPlan> plans;
    for (const config::ActionSettings& settings : actions) {
        const bool isGiven = settings.action == RecoveryAction::restartService && restart;
        std::shared_ptr<recovery::Action> action = isGiven ? restart : make(subject, settings);
        if (!action) continue;
        plans.push_back({std::move(action), settings.mode, settings.limits, settings.causes, settings.errorText});
    }
    const domain::Identity& identity = subject.breaker->identity();
    m_manager->plan(identity.id, identity.group, std::move(plans));
}

void RecoveryRig::remove(const domain::BreakerId& breaker) {
    m_manager->forget(breaker);
    removeSwitch(breaker);
}

void RecoveryRig::removeSwitch(const domain::BreakerId& breaker) {
    const auto found = m_switches.find(breaker);
    if (found == m_switches.end()) return;
    m_collector.removeTask(*found->second);
    m_collector.removeSource(*found->second);
    m_switches.erase(found);
}

void RecoveryRig::setAlerts(recovery::AlertSettings alerts) {
    m_alerts = std::make_shared<recovery::AlertChannel>(std::move(alerts), m_clock);
    if (m_desktop) m_alerts->setDesktop(m_desktop);
}

void RecoveryRig::setDesktop(recovery::AlertChannel::Desktop desktop) {
    m_desktop = std::move(desktop);
    m_alerts->setDesktop(m_desktop);
}

std::shared_ptr<recovery::Action> RecoveryRig::make(const RecoverySubject& subject,
                                                    const config::ActionSettings& settings) {
    switch (settings.action) {
        case RecoveryAction::restartService:
            return settings.program ? std::make_shared<recovery::RestartService>(*settings.program) : nullptr;
        case RecoveryAction::clearCache:
            return subject.clearCache
                       ? std::make_shared<recovery::ClearCache>("the last good answers", subject.clearCache)
                       : nullptr;
        case RecoveryAction::resetConnection:
            return std::make_shared<recovery::ResetConnection>(subject.adapter);
        case RecoveryAction::switchEndpoint: {
            if (!subject.endpoints) return nullptr;
            auto action = std::make_shared<recovery::SwitchEndpoint>(subject.breaker->identity().id, subject.endpoints,
                                                                     m_clock, settings.returning);
            m_collector.addTask(action);  // the way back
            m_collector.addSource(action);
            m_switches.insert_or_assign(subject.breaker->identity().id, action);
            return action;
        }
        case RecoveryAction::reduceLoad:
            return std::make_shared<recovery::ReduceLoad>(subject.breaker, settings.share);
        case RecoveryAction::alertAdmin:
            return std::make_shared<recovery::AlertAdmin>(m_alerts);
        case RecoveryAction::none:
            break;
    }
    return nullptr;
}

}  // namespace fusebox::wiring
