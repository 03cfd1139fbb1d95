#pragma once
// A clock for hot paths: the processor's time-stamp counter, calibrated against the steady clock, which a read costs 2 to 4 times more.
// Resolution: one count of the TSC (below a nanosecond). It deviates from the steady clock by some microseconds at most. Two reads on
//   different cores may be swapped by the counters' skew, some nanoseconds.
//   Where the counter is not invariant, in the first 10 ms, and for good once the two disagreed too often (see TickLine), every read is one of
//   the steady clock; source() says what is in force.
// Threads: all functions from any thread; ten times a second one of them takes a short lock.

#include <fusebox/base/clock.h>
#include <fusebox/base/mutex.h>
#include <fusebox/base/tick_line.h>

#include <atomic>

namespace fusebox::base {

class TscClock final : public Clock {
public:
    enum class Source : std::uint8_t { tsc, steadyClock };

    TscClock() noexcept;

    [[nodiscard]] Time now() const noexcept override;
    [[nodiscard]] WallTime wallNow() const noexcept override;
    [[nodiscard]] const TickLine* ticks() const noexcept override { return m_invariant ? &m_line : nullptr; }

    [[nodiscard]] Source source() const noexcept;

private:
    [[nodiscard]] Time renewed() const noexcept;

    const SteadyClock m_steady;
    const bool m_invariant;
    mutable std::atomic<bool> m_givenUp{false};
    mutable Mutex m_mutex;  ///< who renews the line
    mutable TickLine m_line;
};

}  // namespace fusebox::base
