#pragma once
// A candidate configuration beside the live one: a second automaton that is given the same outcomes and refuses nobody.
//
// It learns from calls that were made. A call that the live breaker refuses has no outcome: it is counted
// (ShadowReport::liveRefused), and the candidate learns nothing from it. So the longer the live one is OPEN, the less the
// candidate knows; a comparison says most about a candidate that opens earlier or stays open longer than the live one.
// A call is put to the candidate when it has ended, with its duration, so the candidate has one call in flight at a time:
// its concurrency limit and the number of its probes at once are not tried. A RecoveryStrategy of the program's own is
// not asked twice; the candidate waits by the options.
//
// Threads: saw() and report() from any thread.
// Limits: while it is set each outcome takes the slower way, and a short lock.

#include <fusebox/base/clock.h>
#include <fusebox/base/mutex.h>
#include <fusebox/breaker/automaton.h>
#include <fusebox/breaker/circuit_breaker_config.h>
#include <fusebox/breaker/tally.h>
#include <fusebox/breaker/witness.h>
#include <fusebox/domain/shadow_report.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fusebox::breaker {

class Shadow {
public:
    /// What is known of the live breaker at one moment.
    struct Live {
        Tally::Sums sums;
        std::uint64_t refused = 0;
        std::uint64_t configRevision = 0;
    };

    /// REQUIRES: the configuration is valid; the clock outlives this.
    Shadow(domain::BreakerId breaker, CircuitBreakerConfig candidate, std::string owner, Live begin,
           const base::Clock& clock);

    void saw(Outcome outcome, const domain::ErrorRef& error, std::optional<base::Duration> took) noexcept;
    void tick();

    /// The same report as before unless something in it changed, or a second has passed. `liveConfig` is asked when the
    /// live configuration has changed.
    template <typename LiveConfig>
    [[nodiscard]] std::shared_ptr<const domain::ShadowReport> report(const Live& live, LiveConfig liveConfig);

    [[nodiscard]] const std::string& owner() const { return m_owner; }
    [[nodiscard]] std::size_t bytes() const { return sizeof(*this) - sizeof(m_candidate) + m_candidate.bytes(); }

private:
    /// What makes a new report necessary.
    struct Stamp {
        std::uint64_t calls = 0;
        std::uint64_t liveRefused = 0;
        std::uint64_t configRevision = 0;
        domain::State state = domain::State::closed;
        std::uint64_t liveTrips = 0;
        base::Duration::rep seconds = -1;

        bool operator==(const Stamp&) const = default;
    };

    void compareWith(const CircuitBreakerConfig& live) FUSEBOX_REQUIRES(m_mutex);
    [[nodiscard]] std::shared_ptr<const domain::ShadowReport> describe(const Live& live, base::Time now) const
        FUSEBOX_REQUIRES(m_mutex);

    const base::Clock& m_clock;
    const std::string m_owner;
    const base::Time m_since;
    const base::WallTime m_sinceWall;
    const Live m_begin;
    Automaton<StdAtomics> m_candidate;
    std::atomic<std::uint64_t> m_calls{0};
    std::atomic<std::uint64_t> m_wouldRefuse{0};
    std::atomic<std::uint64_t> m_refusedGood{0};

    base::Mutex m_mutex;
    Stamp m_stamp FUSEBOX_GUARDED_BY(m_mutex);
    std::uint64_t m_comparedWith FUSEBOX_GUARDED_BY(m_mutex) = 0;
    std::vector<domain::ConfigEntry> m_differences FUSEBOX_GUARDED_BY(m_mutex);
    std::shared_ptr<const domain::ShadowReport> m_report FUSEBOX_GUARDED_BY(m_mutex);
};

/// The place of a breaker's shadow, if it has one.
class ShadowPlace final : public Witness {
public:
    void saw(Outcome outcome, const domain::ErrorRef& error, std::optional<base::Duration> took) noexcept override {
        if (const auto shadow = now()) {
            shadow->saw(outcome, error, took);
        }
    }

    [[nodiscard]] std::shared_ptr<Shadow> now() const {
        base::Lock lock(m_mutex);
        return m_shadow;
    }
    /// Puts it, or nothing, and tells the breaker's automaton whether to tell. Gives what was there before.
    std::shared_ptr<Shadow> put(std::shared_ptr<Shadow> shadow, Automaton<StdAtomics>& live) {
        // Both under the lock, so that of two who change it at once the later one leaves no half.
        base::Lock lock(m_mutex);
        m_shadow.swap(shadow);
        m_shadow ? live.tell(*this) : live.tellNobody();
        return shadow;
    }

private:
    mutable base::Mutex m_mutex;
    std::shared_ptr<Shadow> m_shadow FUSEBOX_GUARDED_BY(m_mutex);
};

template <typename LiveConfig>
std::shared_ptr<const domain::ShadowReport> Shadow::report(const Live& live, LiveConfig liveConfig) {
    const base::Time now = m_clock.now();
    base::Lock lock(m_mutex);
    const Stamp stamp{m_calls.load(std::memory_order_relaxed),
                      live.refused,
                      live.configRevision,
                      m_candidate.word().state(),
                      live.sums.trips,
                      std::chrono::floor<std::chrono::seconds>(now - m_since).count()};
    if (m_comparedWith != live.configRevision) {
        compareWith(liveConfig());
        m_comparedWith = live.configRevision;
    }
    if (!m_report || m_stamp != stamp) {
        m_stamp = stamp;
        m_report = describe(live, now);
    }
    return m_report;
}

}  // namespace fusebox::breaker
