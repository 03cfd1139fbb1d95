#pragma once
// Keeps the state of all breakers over a restart of the program: restores it at the start, saves it every ten seconds
// when something has changed, and at the end.
// Threads: run() on the collector's workers, gather() on its frame thread; restore() before and saveNow() after both.
// Errors: none keeps the program from running: what went wrong is an event. A file that cannot be used is put aside.

#include <fusebox/base/clock.h>
#include <fusebox/base/mutex.h>
#include <fusebox/breaker/circuit_breaker_manager.h>
#include <fusebox/collector/source.h>
#include <fusebox/collector/task.h>
#include <fusebox/wiring/state_file.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace fusebox::wiring {

class StateKeeper final : public collector::Task, public collector::Source {
public:
    static constexpr base::Duration kPeriod = std::chrono::seconds(10);

    /// REQUIRES: breakers not null; the clock outlives this.
    StateKeeper(std::filesystem::path file, std::shared_ptr<breaker::CircuitBreakerManager> breakers,
                const base::Clock& clock);

    void restore();
    void saveNow();

    [[nodiscard]] std::string name() const override { return "the keeper of the breakers' state"; }
    [[nodiscard]] std::optional<base::Duration> nextDelay() override { return kPeriod; }
    [[nodiscard]] std::uint32_t concurrencyLimit() const override { return 1; }
    void run(std::stop_token stop) override;

    void gather(collector::Gathered& into) override;

private:
    void say(domain::Level level, std::string text);
    void tell(const breaker::CircuitBreakerManager::Restored& result, base::WallTime savedAt);
    void refuseFile(const base::Trouble& trouble);

    const StateFile m_file;
    const std::shared_ptr<breaker::CircuitBreakerManager> m_breakers;
    const base::Clock& m_clock;
    std::vector<std::uint64_t> m_written;  ///< what was current when it was last written
    bool m_failing = false;                ///< one notice for a row of failures

    base::Mutex m_mutex;
    std::vector<domain::Event> m_notices FUSEBOX_GUARDED_BY(m_mutex);
};

}  // namespace fusebox::wiring
