#pragma once
// Builds the rooms in the order in which the data flows, owns them and stops them in reverse. Nobody is handed the
// wiring itself, only what it offers here.
// Threads: addSink(), start() and stop() from one thread; submit() and the lab's functions from any.
// Time: the machine's steady clock, which it owns.
// Errors: what cannot be built is a Result with the dependency's name.
// Lifetime: stop(), also by the destructor, leaves no thread behind; it takes at most as long as the slowest call.

#include <fusebox/base/result.h>
#include <fusebox/base/tsc_clock.h>
#include <fusebox/breaker/circuit_breaker_manager.h>
#include <fusebox/collector/background_collector.h>
#include <fusebox/collector/sink.h>
#include <fusebox/command/gate.h>
#include <fusebox/config/settings.h>
#include <fusebox/domain/command.h>
#include <fusebox/errors/error_classifier.h>
#include <fusebox/lab/lab_world.h>
#include <fusebox/sources/guarded_dependency.h>
#include <fusebox/sources/local_source.h>
#include <fusebox/sources/probe_watch.h>
#include <fusebox/wiring/dependency_plan.h>
#include <fusebox/wiring/handling_rig.h>
#include <fusebox/wiring/lab_bench.h>
#include <fusebox/wiring/recovery_rig.h>
#include <fusebox/wiring/state_keeper.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <unordered_map>
#include <vector>

namespace fusebox::wiring {

/// What the lab does by itself after the start.
enum class LabOpening : std::uint8_t { tour, quiet };

/// Whether the breakers go on where they stood when the program last ended.
enum class StateStart : std::uint8_t { restored, fresh };

class Wiring {
public:
    [[nodiscard]] static base::Result<std::unique_ptr<Wiring>> withSettings(const config::Settings& settings);
    [[nodiscard]] static base::Result<std::unique_ptr<Wiring>> withLab(LabOpening opening = LabOpening::tour);

    ~Wiring();
    Wiring(const Wiring&) = delete;
    Wiring& operator=(const Wiring&) = delete;

    void addSink(std::shared_ptr<collector::Sink> sink);
    /// Keeps the breakers' state in this file, from one run of the program to the next. Before start(), once. Not for the
    /// lab: each lab is a new world whose services have just begun, and a state from before would tell of another one.
    void keepState(std::filesystem::path file, StateStart start);
    /// Where alerts are shown besides the places of the configuration; called on threads of their own.
    void setDesktopAlerts(recovery::AlertChannel::Desktop desktop) { m_recovery->setDesktop(std::move(desktop)); }
    /// Never waits; what becomes of it arrives as an event.
    void submit(domain::Command command);

    void start();
    void stop();

    /// Null without the lab.
    [[nodiscard]] LabBench* lab() { return m_lab ? m_lab->bench.get() : nullptr; }
    [[nodiscard]] const base::Clock& clock() const { return m_clock; }

private:
    struct Lab {
        std::unique_ptr<lab::LabWorld> world;
        std::unique_ptr<LabBench> bench;
        LabOpening opening = LabOpening::tour;
    };

    explicit Wiring(std::vector<errors::ClassifierRule> errorRules = {}, recovery::AlertSettings alerts = {});
    [[nodiscard]] base::Result<void> addConfigured(const config::Dependency& configured);
    [[nodiscard]] base::Result<void> addLab(LabOpening opening);
    [[nodiscard]] base::Result<std::shared_ptr<sources::GuardedDependency>> addDependency(DependencyPlan plan);
    void wake(const domain::BreakerId& breaker);

    // In the order of the data flow; destroyed in reverse.
    const base::TscClock m_clock;
    std::unique_ptr<Lab> m_lab;
    std::shared_ptr<const errors::ErrorClassifier> m_classifier;
    std::shared_ptr<breaker::CircuitBreakerManager> m_breakers;
    std::unordered_map<domain::BreakerId, std::shared_ptr<sources::GuardedDependency>> m_dependencies;
    collector::BackgroundCollector m_collector;
    std::shared_ptr<command::Gate> m_gate;
    std::shared_ptr<sources::ErrorSource> m_errors;
    std::unique_ptr<RecoveryRig> m_recovery;
    std::unique_ptr<HandlingRig> m_handling;
    std::shared_ptr<sources::LocalSource> m_local;
    std::shared_ptr<sources::ProbeWatch> m_probes;
    std::shared_ptr<StateKeeper> m_state;  ///< null: nothing is kept
};

}  // namespace fusebox::wiring
