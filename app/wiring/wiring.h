#pragma once
// Builds the rooms in the order in which the data flows, owns them and stops them in reverse. Nobody is handed the
// wiring itself, only what it offers here.
// Threads: addSink(), apply(), start() and stop() from one thread; submit(), notice() and the lab's functions from any.
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
#include <fusebox/journal/journal.h>
#include <fusebox/lab/lab_world.h>
#include <fusebox/sources/local_source.h>
#include <fusebox/sources/probe_watch.h>
#include <fusebox/wiring/dependency_rig.h>
#include <fusebox/wiring/handling_rig.h>
#include <fusebox/wiring/lab_bench.h>
#include <fusebox/wiring/notices.h>
#include <fusebox/wiring/pattern_keeper.h>
#include <fusebox/wiring/recovery_rig.h>
#include <fusebox/wiring/remote_agents.h>
#include <fusebox/wiring/state_keeper.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fusebox::wiring {

/// What the lab does by itself after the start.
enum class LabOpening : std::uint8_t { tour, quiet };

/// Whether the breakers go on where they stood when the program last ended.
enum class StateStart : std::uint8_t { restored, fresh };

/// Whether a sink gets a frame at once, or when the journal has its events on the disk; without a journal that is the same.
enum class When : std::uint8_t { atOnce, onceWritten };

/// The journal to write; nothing: none is written.
using JournalPlan = std::optional<journal::JournalSettings>;

class Wiring {
public:
    [[nodiscard]] static base::Result<std::unique_ptr<Wiring>> withSettings(const config::Settings& settings,
                                                                            JournalPlan journal = {});
    [[nodiscard]] static base::Result<std::unique_ptr<Wiring>> withLab(LabOpening opening = LabOpening::tour,
                                                                       JournalPlan journal = {});

    ~Wiring();
    Wiring(const Wiring&) = delete;
    Wiring& operator=(const Wiring&) = delete;

    /// Goes over to these settings while it runs: what is new is guarded from now on, what is gone is not any more, what has changed is
    /// called in its new way; breakers that stay keep their states, holds and windows, and what was changed by command stays changed
    /// unless the file changed it, too. Says what changed. Errors: what cannot be called; then the old settings stay in force.
    /// `origin`: the file, for the journal.
    [[nodiscard]] base::Result<std::string> apply(const config::Settings& settings, const std::string& origin);
    /// A configuration came into force or was refused: an event, and a record of the journal's chain.
    void noteConfiguration(domain::Level level, std::string text, const std::string& origin);
    /// Brings a sentence of the program itself into the list of events.
    void notice(domain::Level level, std::string text) { m_notices->say(level, std::move(text)); }

    /// Before start().
    void addSink(std::shared_ptr<collector::Sink> sink, When when = When::atOnce);
    /// Keeps the breakers' state and the patterns of errors in this folder, as breakers.json and patterns.json, from one
    /// run of the program to the next. Before start(), once. Not for the
    /// lab: each lab is a new world whose services have just begun, and a state from before would tell of another one.
    void keepState(const std::filesystem::path& folder, StateStart start);
    /// Where alerts are shown besides the places of the configuration; called on threads of their own.
    void setDesktopAlerts(recovery::AlertChannel::Desktop desktop) { m_recovery->setDesktop(std::move(desktop)); }
    /// Never waits; what becomes of it arrives as an event. A command for a breaker of an agent goes there; the emergency
    /// stop goes to all.
    void submit(domain::Command command);

    /// Watches an agent beside the breakers of this process. From the thread of start() and stop(). Errors: an address
    /// that cannot be used, a name that is taken. Whether it is reached shows in the frames.
    [[nodiscard]] sources::AgentResult<void> attach(sources::AgentAddress address);
    /// False when there is none of this name.
    bool detach(const std::string& agent) { return m_remote->detach(agent); }
    /// Where it is, with its token; nothing when there is none of this name.
    [[nodiscard]] std::optional<sources::AgentAddress> addressOf(const std::string& agent) const {
        return m_remote->addressOf(agent);
    }
    /// Connects to it now instead of after its wait.
    void retryNow(const std::string& agent) { m_remote->retryNow(agent); }

    void start();
    void stop();

    /// Null without the lab.
    [[nodiscard]] LabBench* lab() { return m_lab ? m_lab->bench.get() : nullptr; }
    [[nodiscard]] const base::Clock& clock() const { return m_clock; }
    [[nodiscard]] command::Gate& gate() { return *m_gate; }
    /// Null: none is written.
    [[nodiscard]] journal::Journal* journal() { return m_journal.get(); }
    /// Numbered before the program started.
    [[nodiscard]] domain::EventId lastEvent() const { return m_lastEvent; }

private:
    struct Lab {
        std::unique_ptr<lab::LabWorld> world;
        std::unique_ptr<LabBench> bench;
        LabOpening opening = LabOpening::tour;
    };

    explicit Wiring(JournalPlan journal, const config::Settings& settings = {});
    void connectJournal();
    void rememberAnswers();
    [[nodiscard]] base::Result<std::string> change(const config::Settings& settings);
    [[nodiscard]] base::Result<void> addLab(LabOpening opening);

    // In the order of the data flow; destroyed in reverse.
    const base::TscClock m_clock;
    const std::shared_ptr<journal::Journal> m_journal;  ///< null: none is written
    const domain::EventId m_lastEvent;
    std::unique_ptr<Lab> m_lab;
    std::shared_ptr<const errors::ErrorClassifier> m_classifier;
    std::shared_ptr<breaker::CircuitBreakerManager> m_breakers;
    collector::BackgroundCollector m_collector;
    std::shared_ptr<command::Gate> m_gate;
    std::shared_ptr<sources::ErrorSource> m_errors;
    std::unique_ptr<RecoveryRig> m_recovery;
    std::unique_ptr<HandlingRig> m_handling;
    std::shared_ptr<sources::LocalSource> m_local;
    std::unique_ptr<RemoteAgents> m_remote;
    std::shared_ptr<sources::ProbeWatch> m_probes;
    std::shared_ptr<Notices> m_notices;
    std::unique_ptr<DependencyRig> m_dependencies;
    config::Settings m_settings;                ///< in force
    std::shared_ptr<StateKeeper> m_state;       ///< null: nothing is kept
    std::shared_ptr<PatternKeeper> m_patterns;  ///< null with m_state
};

}  // namespace fusebox::wiring
