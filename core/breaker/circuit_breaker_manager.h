#pragma once
// The breakers of this process by id: made once, found by many, driven by the collector.
// Threads: all functions from any thread.

#include <fusebox/base/clock.h>
#include <fusebox/base/mutex.h>
#include <fusebox/base/result.h>
#include <fusebox/breaker/circuit_breaker.h>
#include <fusebox/breaker/circuit_breaker_config.h>
#include <fusebox/domain/call_durations.h>
#include <fusebox/domain/event.h>
#include <fusebox/domain/snapshot.h>

#include <map>
#include <memory>
#include <string_view>
#include <vector>

namespace fusebox::breaker {

class CircuitBreakerManager {
public:
    /// REQUIRES: the clock outlives the manager and its breakers.
    explicit CircuitBreakerManager(const base::Clock& clock) : m_clock(clock) {}

    /// Errors: invalidInput for the configuration or an empty id, conflict if the id is taken.
    [[nodiscard]] base::Result<std::shared_ptr<CircuitBreaker>> create(domain::Identity identity,
                                                                       CircuitBreakerConfig config);

    /// Nothing if there is none.
    [[nodiscard]] std::shared_ptr<CircuitBreaker> find(const domain::BreakerId& id) const;

    /// Calls in flight keep it alive until they end. False if there is none.
    bool remove(const domain::BreakerId& id);

    /// Ordered by id.
    [[nodiscard]] std::vector<std::shared_ptr<CircuitBreaker>> list() const;
    [[nodiscard]] std::vector<std::shared_ptr<CircuitBreaker>> inGroup(std::string_view group) const;

    [[nodiscard]] std::vector<domain::SavedBreaker> saveAll() const;
    /// What became of a restoreAll().
    struct Restored {
        std::size_t restored = 0;
        std::size_t unknown = 0;              ///< saved breakers that there are no more
        std::vector<base::Trouble> troubles;  ///< of breakers that could not be restored, by id
    };
    Restored restoreAll(const std::vector<domain::SavedBreaker>& saved);

    /// For the collector, about ten times a second.
    void tickAll();
    [[nodiscard]] std::vector<domain::Snapshot> snapshotAll() const;
    void addLatencyTo(latency::Histogram& sum) const;
    [[nodiscard]] std::vector<domain::CallDurations> durationsOfAll() const;
    /// Events of all breakers, each breaker's in order; also those of breakers that were added and removed.
    [[nodiscard]] DrainedEvents drainEvents();

private:
    using Roster = std::vector<std::shared_ptr<CircuitBreaker>>;

    /// All breakers; made anew only when one was added or removed, so that a look at all of them touches no reference count.
    [[nodiscard]] std::shared_ptr<const Roster> roster() const;
    void note(domain::EventKind kind, const domain::Identity& identity) FUSEBOX_REQUIRES(m_mutex);

    const base::Clock& m_clock;
    mutable base::Mutex m_mutex;
    std::map<domain::BreakerId, std::shared_ptr<CircuitBreaker>> m_breakers FUSEBOX_GUARDED_BY(m_mutex);
    mutable std::shared_ptr<const Roster> m_roster FUSEBOX_GUARDED_BY(m_mutex);  ///< null: to be made
    DrainedEvents m_notes FUSEBOX_GUARDED_BY(m_mutex);  ///< added, removed, and what removed ones left behind
};

}  // namespace fusebox::breaker
