#pragma once
// The one door for commands: button, HTTP request, command line and automatic recovery all pass it. It checks a
// command, lets the target that owns the breaker carry it out, and reports what became of it as an event in the frames.
// Threads: all functions from any thread. Targets are called on the gate's own thread, one command after the other.
// Errors: what a target throws becomes a report "failed".
// Lifetime: targets are shared until they are removed. stop() lets the running command end and reports those that still
// wait as
//   refused; stop the gate before the collector, so that the last frame carries their reports.
// Limits: Options; reports that find no place in the queue of events are counted as lost.

#include <fusebox/base/bounded_queue.h>
#include <fusebox/base/clock.h>
#include <fusebox/base/mutex.h>
#include <fusebox/collector/source.h>
#include <fusebox/command/past_commands.h>
#include <fusebox/command/target.h>

#include <condition_variable>
#include <deque>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

namespace fusebox::command {

class Gate final : public collector::Source {
public:
    struct Options {
        std::size_t waiting = 256;      ///< commands that may wait; further ones are refused
        std::size_t remembered = 1024;  ///< answers kept, so that a repeated command is not carried out twice
        std::size_t reports = 1024;     ///< reports that may wait for the next frame
    };

    explicit Gate(const base::Clock& clock) : Gate(clock, Options{}) {}
    Gate(const base::Clock& clock, Options options);
    ~Gate() override;
    Gate(const Gate&) = delete;
    Gate& operator=(const Gate&) = delete;

    void addTarget(std::shared_ptr<Target> target);
    void removeTarget(const Target& target);

    /// Never waits. A command whose id was answered before gets the same answer again, without a second effect.
    void submit(domain::Command command);

    /// Starts the gate's thread. Once only; later calls, also after stop(), do nothing.
    void start();
    void stop();

    /// Carries out on this thread what waits; says how many. REQUIRES: not started.
    std::size_t runWaiting();

    /// What became of a command; nothing while it waits or once it is forgotten.
    [[nodiscard]] std::optional<domain::CommandReport> reportOf(const domain::CommandId& id) const;

    void gather(collector::Gathered& into) override;

private:
    enum class Life : std::uint8_t { fresh, running, stopped };

    void live();
    [[nodiscard]] std::optional<domain::Command> waitForCommand();
    [[nodiscard]] std::optional<domain::Command> takeCommand() FUSEBOX_REQUIRES(m_mutex);
    void handle(const domain::Command& command);
    [[nodiscard]] domain::CommandReport carryOut(const domain::Command& command);
    void publish(const domain::CommandReport& report);

    const base::Clock& m_clock;
    const Options m_options;

    base::Mutex m_lifeMutex;  ///< serialises start and stop; taken before the other
    Life m_life FUSEBOX_GUARDED_BY(m_lifeMutex) = Life::fresh;

    mutable base::Mutex m_mutex;
    std::condition_variable m_arrived;
    std::vector<std::shared_ptr<Target>> m_targets FUSEBOX_GUARDED_BY(m_mutex);
    std::deque<domain::Command> m_waiting FUSEBOX_GUARDED_BY(m_mutex);
    PastCommands m_past FUSEBOX_GUARDED_BY(m_mutex);
    bool m_closed FUSEBOX_GUARDED_BY(m_mutex) = false;

    base::BoundedQueue<domain::Event> m_events;
    std::thread m_thread;
};

}  // namespace fusebox::command
