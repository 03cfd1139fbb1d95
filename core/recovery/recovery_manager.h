#pragma once
// Decides which recovery actions run, runs them on threads of their own, and knows what became of them.
//
// An action has a mode: a person runs it (manual), Fusebox proposes it and a person agrees (proposed), or it runs by itself when its
// cause appears (automatic). A cause is one outage of one breaker: an action serves it once. Of one breaker's automatic actions one
// runs at a time, in the order of their plans; the next begins when the verdict on the one before is in and the breaker is not CLOSED.
// While a person holds the breaker none begins by itself.
// What starts by itself is a command like any other and passes the gate: see setGate().
// A person may run an action whatever its mode, budget and lock-out say, and during the emergency stop; its cool-down binds all.
//
// Threads: all functions from any thread; accept() and gather() are the collector's, apply() is the gate's. None of them waits
// for an action.
// Time: by the Clock, looked at with each frame: an action is stopped by the first frame after its timeout.
// Errors: what an action throws makes it fail.
// Limits: events that find no place in the queue are counted as lost. See OutcomeLog for the history.
// Lifetime: stop(), also by the destructor, stops the running actions and waits for them.

#include <fusebox/base/bounded_queue.h>
#include <fusebox/base/clock.h>
#include <fusebox/base/mutex.h>
#include <fusebox/collector/sink.h>
#include <fusebox/collector/source.h>
#include <fusebox/command/target.h>
#include <fusebox/domain/frame.h>
#include <fusebox/recovery/cause_watch.h>
#include <fusebox/recovery/outcome_log.h>
#include <fusebox/recovery/planned_action.h>
#include <fusebox/recovery/runner.h>

#include <functional>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <unordered_map>
#include <vector>

namespace fusebox::recovery {

class RecoveryManager final : public collector::Source, public collector::Sink, public command::Target {
public:
    using Submit = std::function<void(domain::Command)>;

    /// REQUIRES: runner not null; the clock outlives this.
    RecoveryManager(const base::Clock& clock, std::shared_ptr<Runner> runner);
    ~RecoveryManager() override;
    RecoveryManager(const RecoveryManager&) = delete;
    RecoveryManager& operator=(const RecoveryManager&) = delete;

    /// The way to the gate for what starts by itself; without it nothing does. Before the first frame.
    void setGate(Submit submit);

    /// What may be done about a breaker, in the order in which it is tried; an earlier plan for it is replaced, what its actions have
    /// gone through stays. REQUIRES: each kind of action at most once.
    void plan(const domain::BreakerId& breaker, std::string group, std::vector<ActionPlan> actions);

    /// Nothing is done about this breaker any more; what runs is stopped.
    void forget(const domain::BreakerId& breaker);

    void stop();

    void accept(const domain::FrameRef& frame) override;
    void gather(collector::Gathered& into) override;

    [[nodiscard]] bool takes(domain::CommandKind kind) const override;
    [[nodiscard]] bool owns(const domain::BreakerId& breaker) const override;
    [[nodiscard]] bool ownsGroup(const std::string& group) const override;
    [[nodiscard]] domain::CommandReport apply(const domain::Command& command) override;

    [[nodiscard]] std::shared_ptr<const domain::RecoveryReport> report() const;

private:
    struct Guarded {
        std::string group;
        std::vector<PlannedAction> actions;
        domain::State state = domain::State::closed;
        bool held = false;
        std::optional<Cause> cause;  ///< of its outage or alarm, while it goes on
    };
    struct Run {
        domain::RecoveryOutcome outcome;
        base::Time startedAt{};
        base::Time deadline{};
        std::optional<Cause> cause;
        std::stop_source stop;
        bool overdue = false;
    };
    struct Asked {
        domain::BreakerId breaker;
        base::Time at{};
    };
    using Answer = std::pair<domain::CommandStatus, std::string>;

    // With the frames.
    void noteStates(const domain::Frame& frame) FUSEBOX_REQUIRES(m_mutex);
    void takeCauses(const domain::Frame& frame) FUSEBOX_REQUIRES(m_mutex);
    void findPatterns(const domain::Frame& frame) FUSEBOX_REQUIRES(m_mutex);
    void judge(const domain::Frame& frame, base::Time now) FUSEBOX_REQUIRES(m_mutex);
    void endOverdue(base::Time now) FUSEBOX_REQUIRES(m_mutex);
    [[nodiscard]] std::vector<domain::Command> dueByThemselves(base::Time now) FUSEBOX_REQUIRES(m_mutex);
    [[nodiscard]] bool isReadyByItself(const domain::BreakerId& id, const Guarded& guarded,
                                       const PlannedAction& planned, base::Time now) const FUSEBOX_REQUIRES(m_mutex);
    [[nodiscard]] domain::Command commandFor(const domain::BreakerId& id, const PlannedAction& planned, base::Time now)
        FUSEBOX_REQUIRES(m_mutex);

    // By command.
    [[nodiscard]] Answer applyToAll(const domain::Command& command) FUSEBOX_REQUIRES(m_mutex);
    [[nodiscard]] Answer applyToGroup(const domain::Command& command) FUSEBOX_REQUIRES(m_mutex);
    [[nodiscard]] Answer applyToOne(const domain::BreakerId& id, const domain::Command& command)
        FUSEBOX_REQUIRES(m_mutex);
    [[nodiscard]] Answer setMode(PlannedAction& planned, domain::ActionMode mode) FUSEBOX_REQUIRES(m_mutex);
    [[nodiscard]] Answer begin(const domain::BreakerId& id, Guarded& guarded, PlannedAction& planned,
                               const domain::Command& command) FUSEBOX_REQUIRES(m_mutex);
    void work(domain::RecoveryId id, const std::shared_ptr<Action>& action, const Occasion& occasion,
              const std::stop_token& stop);
    void progress(domain::RecoveryId id, std::string words);
    void end(domain::RecoveryId id, ActionResult result);

    [[nodiscard]] PlannedAction* find(const domain::BreakerId& breaker, domain::RecoveryAction kind)
        FUSEBOX_REQUIRES(m_mutex);
    void say(domain::EventKind kind, domain::Level level, const domain::RecoveryOutcome& outcome, std::string text);
    void propose(const domain::BreakerId& breaker, const PlannedAction& planned) FUSEBOX_REQUIRES(m_mutex);
    void refreshReport(base::Time now) FUSEBOX_REQUIRES(m_mutex);

    const base::Clock& m_clock;
    const std::shared_ptr<Runner> m_runner;

    mutable base::Mutex m_mutex;
    Submit m_submit FUSEBOX_GUARDED_BY(m_mutex);
    std::map<domain::BreakerId, Guarded> m_breakers FUSEBOX_GUARDED_BY(m_mutex);
    CauseWatch m_causes FUSEBOX_GUARDED_BY(m_mutex);
    std::map<domain::RecoveryId, Run> m_runs FUSEBOX_GUARDED_BY(m_mutex);
    OutcomeLog m_log FUSEBOX_GUARDED_BY(m_mutex);
    /// Commands that are on their way through the gate.
    std::unordered_map<domain::CommandId, Asked> m_asked FUSEBOX_GUARDED_BY(m_mutex);
    std::uint64_t m_lastRun FUSEBOX_GUARDED_BY(m_mutex) = 0;
    std::uint64_t m_lastAsked FUSEBOX_GUARDED_BY(m_mutex) = 0;
    bool m_stopped FUSEBOX_GUARDED_BY(m_mutex) = false;  ///< the emergency stop
    std::string m_stoppedBy FUSEBOX_GUARDED_BY(m_mutex);
    bool m_ending FUSEBOX_GUARDED_BY(m_mutex) = false;  ///< the program ends
    bool m_changed FUSEBOX_GUARDED_BY(m_mutex) = true;
    base::Time m_reportedAt FUSEBOX_GUARDED_BY(m_mutex){};
    std::shared_ptr<const domain::RecoveryReport> m_report FUSEBOX_GUARDED_BY(m_mutex);

    base::BoundedQueue<domain::Event> m_events;
};

}  // namespace fusebox::recovery
