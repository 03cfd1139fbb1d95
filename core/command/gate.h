#pragma once
// The one door for commands: button, HTTP request, command line and automatic recovery all pass it. It checks a
// command and its actor's role and pace, refuses who has not seen what others did since, lets the target that owns the
// breaker carry it out, has it written down, and reports what became of it as an event in the frames.
// Threads: all functions from any thread. Targets and the audit log are called on the gate's own thread, one command after
// the other, refused ones too.
// Time: a command that waited longer than Options::deadline is refused instead of carried out late; one whose target takes
// longer is reported as unknown, and again once its answer is there.
// Errors: what a target throws becomes a report "failed". What cannot be written down counts, and its report says so.
// Lifetime: targets are shared until they are removed. stop() lets the running command end and reports those that still
// wait as
//   refused; stop the gate before the collector, so that the last frame carries their reports.
// Limits: Options; reports that find no place in the queue of events are counted as lost. What finds no place among the
// waiting commands, or comes after stop(), is refused without being written down.

#include <fusebox/base/bounded_queue.h>
#include <fusebox/base/clock.h>
#include <fusebox/base/mutex.h>
#include <fusebox/collector/source.h>
#include <fusebox/command/audit_log.h>
#include <fusebox/command/hold_limit.h>
#include <fusebox/command/pace_limit.h>
#include <fusebox/command/past_changes.h>
#include <fusebox/command/past_commands.h>
#include <fusebox/command/rights.h>
#include <fusebox/command/target.h>

#include <condition_variable>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace fusebox::command {

class Gate final : public collector::Source {
public:
    struct Options {
        std::size_t waiting = 256;      ///< commands that may wait; further ones are refused
        std::size_t remembered = 1024;  ///< answers kept, so that a repeated command is not carried out twice
        std::size_t reports = 1024;     ///< reports that may wait for the next frame
        base::Duration deadline = std::chrono::seconds(5);
        PaceLimit::Limits pace{};
        std::size_t refusalsWritten = 60;  ///< of one person a minute; further ones are answered, but not written down
        HoldLimit::Limits holds{};
        Rights rights{};
    };

    explicit Gate(const base::Clock& clock) : Gate(clock, Options{}) {}
    Gate(const base::Clock& clock, Options options);
    ~Gate() override;
    Gate(const Gate&) = delete;
    Gate& operator=(const Gate&) = delete;

    void addTarget(std::shared_ptr<Target> target);
    void removeTarget(const Target& target);

    void setAuditLog(std::shared_ptr<AuditLog> log);

    /// What was answered in an earlier run of the program, and when: the same command sent again has no second effect, and
    /// its hold counts among those of the week. Oldest first, after the targets are there.
    void remember(const domain::CommandReport& report, std::optional<base::WallTime> at = std::nullopt);

    /// Never waits. A hold that does not say how long gets usualDuration(). A command whose id was answered before gets the
    /// same answer again, without a second effect. One whose answer was "unknown" is sent again to the targets that know it
    /// by its id; what keeps it from there leaves it unknown, since the earlier try may have been carried out.
    void submit(domain::Command command);

    /// Starts the gate's thread. Once only; later calls, also after stop(), do nothing.
    void start();
    void stop();

    /// Settles on this thread what waits, refused ones too; says how many. REQUIRES: not started.
    std::size_t runWaiting();

    /// What became of a command; nothing while it waits or once it is forgotten.
    [[nodiscard]] std::optional<domain::CommandReport> reportOf(const domain::CommandId& id) const;

    void gather(collector::Gathered& into) override;

private:
    enum class Life : std::uint8_t { fresh, running, stopped };

    /// What becomes of a command's place among the past ones once it is settled.
    enum class Memory : std::uint8_t { none, answer, withdraw };

    struct Waiting {
        domain::Command command;
        std::string objection;  ///< why it is refused already; empty: it may be carried out
        base::Time since{};
        Memory memory = Memory::answer;
        bool isAgain = false;  ///< it was answered as unknown before
    };

    struct Running {
        domain::Command command;
        base::Time since{};
        bool isTold = false;  ///< that it takes too long
    };

    [[nodiscard]] bool enter(Waiting& waiting, std::optional<domain::CommandReport>& answer) FUSEBOX_REQUIRES(m_mutex);
    [[nodiscard]] bool isFlood(const Waiting& waiting) FUSEBOX_REQUIRES(m_mutex);
    void forget(const Waiting& waiting, const domain::CommandReport& report) FUSEBOX_REQUIRES(m_mutex);
    void live();
    [[nodiscard]] std::optional<Waiting> waitForCommand();
    [[nodiscard]] std::optional<Waiting> takeWaiting() FUSEBOX_REQUIRES(m_mutex);
    void handle(const Waiting& waiting);
    [[nodiscard]] domain::CommandReport carryOut(const Waiting& waiting);
    [[nodiscard]] std::optional<std::string> objectionToHold(const domain::Command& command,
                                                             const std::vector<std::shared_ptr<Target>>& targets);
    void noteHold(const domain::CommandReport& report, const domain::BreakerId& breaker,
                  const std::vector<std::shared_ptr<Target>>& targets);
    void recallHold(const domain::CommandReport& report, base::WallTime at) FUSEBOX_REQUIRES(m_mutex);
    [[nodiscard]] static domain::CommandReport turnDown(const Waiting& waiting, std::string why);
    void writeDown(domain::CommandReport& report, base::WallTime at);
    void tellOverdue();
    void publish(const domain::CommandReport& report, base::WallTime at);

    const base::Clock& m_clock;
    const Options m_options;

    base::Mutex m_lifeMutex;  ///< serialises start and stop; taken before the other
    Life m_life FUSEBOX_GUARDED_BY(m_lifeMutex) = Life::fresh;

    mutable base::Mutex m_mutex;
    std::condition_variable m_arrived;
    std::vector<std::shared_ptr<Target>> m_targets FUSEBOX_GUARDED_BY(m_mutex);
    std::shared_ptr<AuditLog> m_audit FUSEBOX_GUARDED_BY(m_mutex);
    std::deque<Waiting> m_waiting FUSEBOX_GUARDED_BY(m_mutex);
    std::optional<Running> m_running FUSEBOX_GUARDED_BY(m_mutex);
    PastCommands m_past FUSEBOX_GUARDED_BY(m_mutex);
    PaceLimit m_pace FUSEBOX_GUARDED_BY(m_mutex);
    PaceLimit m_refusals FUSEBOX_GUARDED_BY(m_mutex);  ///< that are written down
    HoldLimit m_holds FUSEBOX_GUARDED_BY(m_mutex);
    bool m_closed FUSEBOX_GUARDED_BY(m_mutex) = false;

    PastChanges m_changes;  ///< used where commands are carried out: on the gate's thread alone
    base::BoundedQueue<domain::Event> m_events;
    std::thread m_thread;
};

}  // namespace fusebox::command
