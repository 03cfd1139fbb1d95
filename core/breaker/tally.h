#pragma once
// Trips and the time outside CLOSED, since an automaton was made.
// Threads: none of its own; the automaton calls it under its lock.

#include <fusebox/base/time.h>
#include <fusebox/domain/state.h>
#include <fusebox/domain/transition.h>

#include <cstdint>
#include <optional>

namespace fusebox::breaker {

class Tally {
public:
    struct Sums {
        std::uint64_t trips = 0;  ///< by a rule
        base::Duration notClosed{};
        std::optional<domain::TripReason> lastTrip;
    };

    explicit Tally(base::Time now) : m_since(now) {}

    /// The automaton leaves `from` now.
    void leave(domain::State from, const std::optional<domain::TripReason>& trip, base::Time now) {
        m_sums.notClosed += from == domain::State::closed ? base::Duration::zero() : now - m_since;
        m_since = now;
        if (trip) {
            ++m_sums.trips;
            m_sums.lastTrip = trip;
        }
    }

    /// With the time in the state that it is in.
    [[nodiscard]] Sums sums(domain::State state, base::Time now) const {
        Sums sums = m_sums;
        sums.notClosed += state == domain::State::closed ? base::Duration::zero() : now - m_since;
        return sums;
    }

private:
    base::Time m_since;
    Sums m_sums;
};

}  // namespace fusebox::breaker
