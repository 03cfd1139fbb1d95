#pragma once
// Where time comes from. Everything that decides by time is given a Clock; nothing reads one in place.
// Threads: all functions may be called from any thread.
// Lifetime: a Clock outlives all that was given it.

#include <fusebox/base/time.h>

#include <atomic>
#include <cstdint>

namespace fusebox::base {

class TickLine;

/// Whether a reader may look at each chance, or should look seldom.
enum class ReadCost : std::uint8_t { free, notable };

class Clock {
public:
    virtual ~Clock() = default;

    /// Monotonic: never goes back, knows nothing of wall-clock jumps.
    [[nodiscard]] virtual Time now() const noexcept = 0;

    /// Where a fast reader may find the time before it asks now(); null: nowhere. See clock_reading.h.
    [[nodiscard]] virtual const TickLine* ticks() const noexcept { return nullptr; }

    /// Only for stamps that people read; never for decisions.
    [[nodiscard]] virtual WallTime wallNow() const noexcept = 0;

    [[nodiscard]] virtual ReadCost readCost() const noexcept { return ReadCost::notable; }
};

/// The machine's steady clock, and its system clock for stamps. Resolution: a nanosecond; a read costs 20 to 30 ns.
class SteadyClock final : public Clock {
public:
    [[nodiscard]] Time now() const noexcept override;
    [[nodiscard]] WallTime wallNow() const noexcept override;
};

/// A clock that stands still until it is told to move: for tests and simulations.
class ManualClock final : public Clock {
public:
    explicit ManualClock(Time start = Time(std::chrono::hours(1)),
                         WallTime wallStart = WallTime(std::chrono::seconds(1'700'000'000))) noexcept;

    [[nodiscard]] Time now() const noexcept override;
    [[nodiscard]] WallTime wallNow() const noexcept override;

    [[nodiscard]] ReadCost readCost() const noexcept override { return ReadCost::free; }

    /// Moves both clocks forward. REQUIRES: by >= 0.
    void advance(Duration by) noexcept;

    /// Makes the wall clock jump, forward or back; the monotonic clock stays.
    void jumpWall(std::chrono::milliseconds by) noexcept;

private:
    std::atomic<std::int64_t> m_now;
    std::atomic<std::int64_t> m_wall;
};

}  // namespace fusebox::base
