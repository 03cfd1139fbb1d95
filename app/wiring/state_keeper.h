#pragma once
// Keeps the state of all breakers over a restart of the program: restores it at the start, saves it soon after a transition or a hold,
// every ten seconds when something has changed, and at the end.
// Threads: saveNow() from any thread, run() on the collector's workers, gather() and accept() on its frame thread; restore() before them.
// Errors: none keeps the program from running: what went wrong is an event. A file that cannot be used is put aside.

#include <fusebox/base/clock.h>
#include <fusebox/base/mutex.h>
#include <fusebox/breaker/circuit_breaker_manager.h>
#include <fusebox/collector/sink.h>
#include <fusebox/collector/source.h>
#include <fusebox/collector/task.h>
#include <fusebox/wiring/state_file.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace fusebox::wiring {

class StateKeeper final : public collector::Task, public collector::Source, public collector::Sink {
public:
    static constexpr base::Duration kPeriod = std::chrono::seconds(10);
    static constexpr base::Duration kShortestPause = std::chrono::seconds(1);  ///< between two saves because of events
    /// Runs the keeper soon: usually BackgroundCollector::wake().
    using Wake = std::function<void(const collector::Task&)>;

    /// REQUIRES: breakers not null; the clock outlives this.
    StateKeeper(std::filesystem::path file, std::shared_ptr<breaker::CircuitBreakerManager> breakers,
                const base::Clock& clock, Wake wake = {});

    void restore();
    /// On the disk when it returns, unless it says as an event that it is not.
    base::Result<void> saveNow();

    [[nodiscard]] std::string name() const override { return "the keeper of the breakers' state"; }
    [[nodiscard]] std::optional<base::Duration> nextDelay() override { return kPeriod; }
    [[nodiscard]] std::uint32_t concurrencyLimit() const override { return 1; }
    void run(std::stop_token stop) override;

    void gather(collector::Gathered& into) override;
    void accept(const domain::FrameRef& frame) override;

private:
    void say(domain::Level level, std::string text);
    void tell(const breaker::CircuitBreakerManager::Restored& result, base::WallTime savedAt);
    void refuseFile(const base::Trouble& trouble);

    const StateFile m_file;
    const std::shared_ptr<breaker::CircuitBreakerManager> m_breakers;
    const base::Clock& m_clock;
    const Wake m_wake;
    bool m_owed = false;  ///< something happened that is to be saved; on the frame thread
    base::Time m_woken{};

    base::Mutex m_saveMutex;  ///< taken before the other
    std::vector<std::uint64_t> m_written
        FUSEBOX_GUARDED_BY(m_saveMutex);                     ///< what was current when it was last written
    bool m_failing FUSEBOX_GUARDED_BY(m_saveMutex) = false;  ///< one notice for a row of failures

    base::Mutex m_mutex;
    std::vector<domain::Event> m_notices FUSEBOX_GUARDED_BY(m_mutex);
};

}  // namespace fusebox::wiring
