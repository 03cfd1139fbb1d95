// What a breaker should do, said in the plainest way: one thread, no atomics, everything recomputed from lists. The random test holds
// the breaker against it.
#pragma once

#include <fusebox/base/time.h>
#include <fusebox/breaker/circuit_breaker_config.h>
#include <fusebox/breaker/ticket.h>
#include <fusebox/domain/hold.h>
#include <fusebox/domain/transition.h>

#include <algorithm>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace fusebox::breaker {

class ReferenceModel {
public:
    struct Call {
        std::uint64_t era = 0;  ///< which state it began in; each change of state begins a new era
        bool counts = true;     ///< false: let through against the will of the automaton
        bool hasPlace = false;
    };
    struct Verdict {
        std::optional<Call> call;
        RefusalReason reason = RefusalReason::open;
        base::Duration untilProbe{};
    };
    struct Counters {
        std::uint64_t attempted = 0;
        std::uint64_t permitted = 0;
        std::uint64_t refused = 0;
        std::uint64_t wouldRefuse = 0;
        std::uint64_t success = 0;
        std::uint64_t failure = 0;
        std::uint64_t ignored = 0;
        std::uint64_t cancelled = 0;
    };

    /// REQUIRES: a window by count or unbounded, a fixed wait, places in total; no ramp, no slow calls, late results ignored.
    ReferenceModel(CircuitBreakerConfig config, base::Time now) : m_config(std::move(config)), m_since(now) {}

    Verdict acquire(base::Time now) {
        ++counters.attempted;
        Verdict verdict = decide(now);
        ++(verdict.call ? counters.permitted : counters.refused);
        return verdict;
    }

    void complete(const Call& call, OutcomeKind kind, base::Time now) {
        ++counterOf(kind);
        if (call.era != m_era || !call.counts) {
            return;
        }
        const bool tells = kind == OutcomeKind::success || kind == OutcomeKind::failure;
        if (m_state == domain::State::halfOpen) {
            if (tells) {
                settleProbe(kind, now);
            } else {
                m_placesTaken -= call.hasPlace ? 1 : 0;
            }
        } else if (m_state == domain::State::closed && tells) {
            collect(kind == OutcomeKind::failure, now);
        }
    }

    /// A call that ran without asking.
    void record(OutcomeKind kind, base::Time now) {
        ++counters.attempted;
        ++counters.permitted;
        complete({m_era, ruling() != domain::HoldMode::disabled, false}, kind, now);
    }

    bool trip(std::optional<base::Duration> wait, base::Time now) {
        if (forced() || (wait && *wait < base::Duration::zero())) {
            return false;
        }
        if (m_state != domain::State::open) {
            enter(domain::State::open, domain::TransitionCause::tripCommand, now);
        } else if (wait) {
            m_since = now;
        }
        m_wait = wait.value_or(m_wait);
        return true;
    }

    bool reset(base::Time now) {
        if (forced()) {
            return false;
        }
        if (m_state == domain::State::closed) {
            ++m_era;
            m_outcomes.clear();
        } else {
            enter(domain::State::closed, domain::TransitionCause::resetCommand, now);
        }
        return true;
    }

    bool probeNow(base::Time now) {
        if (forced() || m_state == domain::State::closed) {
            return false;
        }
        if (m_state == domain::State::open) {
            enter(domain::State::halfOpen, domain::TransitionCause::probeCommand, now);
        }
        return true;
    }

    bool hold(std::uint64_t id, domain::HoldMode mode, std::optional<base::Duration> duration, base::Time now) {
        if (duration && *duration <= base::Duration::zero()) {
            return false;
        }
        m_holds[id] = {mode, duration ? std::optional(now + *duration) : std::nullopt};
        log.push_back("placed " + std::to_string(id));
        return true;
    }

    bool release(std::uint64_t id) {
        if (m_holds.erase(id) == 0) {
            return false;
        }
        log.push_back("released " + std::to_string(id));
        return true;
    }

    void tick(base::Time now) {
        endHalfOpen(now);
        expireHolds(now);
        if (m_config.halfOpenBy == HalfOpenBy::tick) {
            endOpen(now);
        }
    }

    [[nodiscard]] domain::State state() const { return m_state; }
    [[nodiscard]] std::size_t holdCount() const { return m_holds.size(); }
    [[nodiscard]] std::optional<domain::HoldMode> ruling() const {
        std::optional<domain::HoldMode> strongest;
        for (const auto& [id, lock] : m_holds) {
            strongest = strongest ? std::min(*strongest, lock.mode) : lock.mode;  // FORCE_OPEN is the first of the enum
        }
        return strongest;
    }
    [[nodiscard]] std::uint64_t windowCalls() const { return m_outcomes.size(); }
    [[nodiscard]] std::uint64_t windowFailures() const {
        return static_cast<std::uint64_t>(std::count(m_outcomes.begin(), m_outcomes.end(), true));
    }

    [[nodiscard]] static std::string describe(domain::State from, domain::State to, domain::TransitionCause cause) {
        return std::string(domain::toWord(from)) + " > " + std::string(domain::toWord(to)) + ", " +
               std::string(domain::toWord(cause));
    }

    Counters counters;
    std::vector<std::string> log;  ///< each change of state and each hold placed or gone, in order

private:
    struct Lock {
        domain::HoldMode mode;
        std::optional<base::Time> expires;
    };

    [[nodiscard]] bool forced() const {
        return ruling().value_or(domain::HoldMode::metricsOnly) != domain::HoldMode::metricsOnly;
    }
    [[nodiscard]] std::optional<base::Time> nextExpiry() const {
        std::optional<base::Time> next;
        for (const auto& [id, lock] : m_holds) {
            if (lock.expires && (!next || *lock.expires < *next)) {
                next = lock.expires;
            }
        }
        return next;
    }

    std::uint64_t& counterOf(OutcomeKind kind) {
        switch (kind) {
            case OutcomeKind::success:
                return counters.success;
            case OutcomeKind::failure:
                return counters.failure;
            case OutcomeKind::ignored:
                return counters.ignored;
            case OutcomeKind::cancelled:
                break;
        }
        return counters.cancelled;
    }

    void enter(domain::State to, domain::TransitionCause cause, base::Time now) {
        log.push_back(describe(m_state, to, cause));
        m_state = to;
        ++m_era;
        m_since = now;
        m_wait = m_config.openTimeout;
        m_outcomes.clear();
        m_placesTaken = m_probesGood = m_probesBad = 0;
    }

    Verdict decide(base::Time now) {
        if (const auto next = nextExpiry(); next && now >= *next) {
            catchUp(now);
        }
        if (ruling() == domain::HoldMode::forceOpen) {
            const auto next = nextExpiry();
            return {std::nullopt, RefusalReason::heldOpen, next ? *next - now : base::Duration::zero()};
        }
        if (ruling() == domain::HoldMode::disabled) {
            return {Call{m_era, false, false}};
        }
        if (m_state == domain::State::closed) {
            return {Call{m_era, true, false}};
        }
        const bool probes = m_state == domain::State::halfOpen && m_placesTaken < m_config.halfOpenMaxRequests;
        if (ruling() == domain::HoldMode::forceClosed) {
            counters.wouldRefuse += probes ? 0 : 1;
            return {Call{m_era, false, false}};
        }
        catchUp(now);
        if (m_state == domain::State::halfOpen && m_placesTaken < m_config.halfOpenMaxRequests) {
            ++m_placesTaken;
            return {Call{m_era, true, true}};
        }
        if (ruling() == domain::HoldMode::metricsOnly) {
            ++counters.wouldRefuse;
            return {Call{m_era, false, false}};
        }
        if (m_state == domain::State::halfOpen) {
            return {std::nullopt, RefusalReason::probesBusy, {}};
        }
        return {std::nullopt, RefusalReason::open, m_since + m_wait - now};
    }

    void catchUp(base::Time now) {
        endHalfOpen(now);
        expireHolds(now);
        endOpen(now);
    }

    void endHalfOpen(base::Time now) {
        if (m_state == domain::State::halfOpen && m_config.halfOpenTimeout > base::Duration::zero() &&
            now >= m_since + m_config.halfOpenTimeout) {
            enter(domain::State::open, domain::TransitionCause::probeTimeout, now);
        }
    }

    void expireHolds(base::Time now) {
        const auto before = ruling();
        for (auto hold = m_holds.begin(); hold != m_holds.end();) {
            if (hold->second.expires && *hold->second.expires <= now) {
                log.push_back("expired " + std::to_string(hold->first));
                hold = m_holds.erase(hold);
            } else {
                ++hold;
            }
        }
        const bool openBefore = before == domain::HoldMode::forceOpen || m_state == domain::State::open;
        if (ruling() != before && ruling() != domain::HoldMode::forceOpen && openBefore &&
            m_state != domain::State::halfOpen) {
            enter(domain::State::halfOpen, domain::TransitionCause::holdExpired, now);
        }
    }

    void endOpen(base::Time now) {
        if (m_state == domain::State::open && !forced() && now >= m_since + m_wait) {
            enter(domain::State::halfOpen, domain::TransitionCause::waitElapsed, now);
        }
    }

    void settleProbe(OutcomeKind kind, base::Time now) {
        ++(kind == OutcomeKind::success ? m_probesGood : m_probesBad);
        if (m_probesBad >= m_config.halfOpenFailureThreshold) {
            enter(domain::State::open, domain::TransitionCause::probesFailed, now);
        } else if (m_probesGood >= m_config.successThreshold) {
            enter(domain::State::closed, domain::TransitionCause::probesSucceeded, now);
        }
    }

    void collect(bool failed, base::Time now) {
        m_outcomes.push_back(failed);
        if (m_config.windowKind == WindowKind::count && m_outcomes.size() > m_config.windowCalls) {
            m_outcomes.pop_front();
        }
        m_run = failed && m_runEra == m_era ? m_run + 1 : failed ? 1 : 0;
        m_runEra = m_era;
        if (!forced() && someRuleFires()) {
            enter(domain::State::open, domain::TransitionCause::tripRule, now);
        }
    }

    [[nodiscard]] bool someRuleFires() const {
        const std::uint64_t calls = windowCalls();
        const std::uint64_t failures = windowFailures();
        const bool byRun = m_config.consecutiveFailuresThreshold && m_run >= *m_config.consecutiveFailuresThreshold;
        const bool byCount = m_config.failureThreshold && failures >= *m_config.failureThreshold;
        bool byRate = false;
        if (m_config.failureRateThreshold && calls >= m_config.minimumCalls) {
            const double limit = *m_config.failureRateThreshold * static_cast<double>(calls);
            const auto part = static_cast<double>(failures);
            byRate = m_config.failureRateCompare == Compare::atLeast ? part >= limit : part > limit;
        }
        return byRun || byCount || byRate;
    }

    CircuitBreakerConfig m_config;
    domain::State m_state = domain::State::closed;
    std::uint64_t m_era = 0;
    base::Time m_since;
    base::Duration m_wait{};
    std::deque<bool> m_outcomes;  ///< true: failed
    std::uint64_t m_run = 0;
    std::uint64_t m_runEra = 0;
    std::uint32_t m_placesTaken = 0;
    std::uint32_t m_probesGood = 0;
    std::uint32_t m_probesBad = 0;
    std::map<std::uint64_t, Lock> m_holds;
};

}  // namespace fusebox::breaker
