#pragma once
// Turns readings of a fast counter of unknown rate (the processor's time-stamp counter) into nanoseconds that follow the steady clock
// and never go back. Pure arithmetic: who reads the counters is TscClock.
// Threads: at() from any thread; all others by one thread at a time.
// Time: the line is renewed against the steady clock about ten times a second; in between it is straight. A deviation is worked off by
//   running up to 1 % faster or slower. After three deviations of more than a millisecond within a minute the counter is given up for good.
// Source: the slewing of NTP; the reader's side is a sequence lock.

#include <atomic>
#include <cstdint>
#include <optional>

namespace fusebox::base {

class TickLine {
public:
    /// Nanoseconds at this count; nothing if the line must be renewed first: too old, just being renewed, the counter went back.
    [[nodiscard, gnu::always_inline]] std::optional<std::int64_t> at(std::uint64_t ticks) const noexcept {
        // acquire on each: no later load is taken before an earlier one, so an unchanged even version brackets one state.
        const std::uint32_t version = m_version.load(std::memory_order_acquire);
        const std::uint64_t sinceBase = ticks - m_baseTicks.load(std::memory_order_acquire);
        const std::uint64_t scale = m_scale.load(std::memory_order_acquire);
        const std::int64_t base = m_baseNs.load(std::memory_order_acquire);
        const std::uint64_t valid = m_validTicks.load(std::memory_order_acquire);
        const std::uint32_t changed = m_version.load(std::memory_order_relaxed) ^ version;
        if (sinceBase >= valid || (changed | (version & 1)) != 0) [[unlikely]] {
            return std::nullopt;
        }
        return base + static_cast<std::int64_t>((sinceBase * scale) >> kScaleBits);
    }

    enum class Renewal : std::uint8_t { early, renewed, givenUp };

    /// Takes what both counters show at one moment. `early`: the rate is not known well enough yet.
    Renewal renew(std::uint64_t ticks, std::int64_t steadyNs) noexcept;

    /// The time at `steadyNs` where at() gives none: not before anything that was ever given out.
    [[nodiscard]] std::int64_t fallback(std::int64_t steadyNs) const noexcept;

    /// Nanoseconds per tick; zero while unknown.
    [[nodiscard]] double tickLength() const noexcept;

private:
    struct Pair {
        std::uint64_t ticks = 0;
        std::int64_t ns = 0;
    };

    void publish(std::uint64_t ticks, std::int64_t ns, double nsPerTick) noexcept;
    Renewal strike(std::uint64_t ticks, std::int64_t steadyNs, std::int64_t reached) noexcept;

    static constexpr unsigned kScaleBits = 32;

    // Read at each look at the clock.
    alignas(64) std::atomic<std::uint32_t> m_version{0};
    std::atomic<std::uint64_t> m_baseTicks{0};
    std::atomic<std::uint64_t> m_validTicks{0};  ///< zero: nothing is known
    std::atomic<std::uint64_t> m_scale{0};       ///< nanoseconds per tick, fixed point
    std::atomic<std::int64_t> m_baseNs{0};

    std::atomic<std::int64_t> m_reached{INT64_MIN};  ///< the latest time that the line can have given
    Pair m_anchor;                                   ///< where the rate is measured from
    Pair m_next;                                     ///< the anchor to come, so that the rate follows slow change
    double m_rate = 0;                               ///< nanoseconds per tick since the anchor; zero: not known
    std::int64_t m_struckAt = 0;
    int m_strikes = 0;
    bool m_anchored = false;
};

}  // namespace fusebox::base
