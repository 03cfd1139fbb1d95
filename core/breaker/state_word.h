#pragma once
// The one word that decides whether a call may pass: state, ruling hold, what is special now, places taken, generation.
// Layout: bits 0-1 state, 2-4 hold, 5 ramp, 6 attended, 7 orphaned, 8-23 places taken in HALF_OPEN, 24 witnessed,
// 32-63 generation.
// A zero in the low byte means: CLOSED, nothing special. That is all the fast path asks.

#include <fusebox/domain/state.h>

#include <cstdint>
#include <optional>

namespace fusebox::breaker {

/// The ruling hold; a stronger one has a higher number.
enum class Ruling : std::uint8_t { none, disabled, metricsOnly, forceClosed, forceOpen };

class StateWord {
public:
    constexpr explicit StateWord(std::uint64_t bits) noexcept : m_bits(bits) {}

    [[nodiscard]] constexpr std::uint64_t bits() const noexcept { return m_bits; }
    [[nodiscard]] constexpr domain::State state() const noexcept { return static_cast<domain::State>(m_bits & kState); }
    [[nodiscard]] constexpr Ruling ruling() const noexcept { return static_cast<Ruling>((m_bits & kRuling) >> 2); }
    [[nodiscard]] constexpr bool ramps() const noexcept { return (m_bits & kRamp) != 0; }
    /// Each call is looked after: it takes a place of the concurrency limit, or its age is watched.
    [[nodiscard]] constexpr bool attended() const noexcept { return (m_bits & kAttended) != 0; }
    [[nodiscard]] constexpr bool orphaned() const noexcept { return (m_bits & kOrphaned) != 0; }
    /// A witness wants to be told how calls end. Admission does not ask.
    [[nodiscard]] constexpr bool witnessed() const noexcept { return (m_bits & kWitnessed) != 0; }
    [[nodiscard]] constexpr std::uint32_t places() const noexcept {
        return static_cast<std::uint32_t>((m_bits >> 8) & 0xffff);
    }
    [[nodiscard]] constexpr std::uint32_t generation() const noexcept {
        return static_cast<std::uint32_t>(m_bits >> 32);
    }

    /// CLOSED, no hold, nothing special: a call may pass without further questions.
    [[nodiscard]] constexpr bool plainClosed() const noexcept { return (m_bits & 0xff) == 0; }

    /// CLOSED in the generation of that Ticket::stamp, whose flags are all unset; its outcome goes straight into the window.
    /// A hold or a ramp does not matter here; a call that is looked after has a flag in its stamp.
    [[nodiscard]] constexpr bool collects(std::uint64_t stamp) const noexcept {
        return (m_bits & (kGeneration | kState | kOrphaned | kWitnessed)) == stamp;
    }

    /// Under this hold the automaton neither trips nor probes.
    [[nodiscard]] constexpr bool standsStill() const noexcept {
        return ruling() != Ruling::none && ruling() != Ruling::metricsOnly;
    }

    /// The next generation begins in `state` with no places taken and no ramp.
    [[nodiscard]] constexpr StateWord entering(domain::State state) const noexcept {
        const std::uint64_t next = static_cast<std::uint64_t>(generation() + 1) << 32;
        return StateWord(next | (m_bits & (kRuling | kAttended | kOrphaned | kWitnessed)) |
                         static_cast<std::uint64_t>(state));
    }
    [[nodiscard]] constexpr StateWord atGeneration(std::uint32_t generation) const noexcept {
        return StateWord((m_bits & ~kGeneration) | static_cast<std::uint64_t>(generation) << 32);
    }
    [[nodiscard]] constexpr StateWord ruledBy(Ruling ruling) const noexcept {
        return StateWord((m_bits & ~kRuling) | static_cast<std::uint64_t>(ruling) << 2);
    }
    [[nodiscard]] constexpr StateWord ramping() const noexcept { return StateWord(m_bits | kRamp); }
    [[nodiscard]] constexpr StateWord rampedUp() const noexcept { return StateWord(m_bits & ~kRamp); }
    [[nodiscard]] constexpr StateWord asAttended() const noexcept { return StateWord(m_bits | kAttended); }
    [[nodiscard]] constexpr StateWord asUnattended() const noexcept { return StateWord(m_bits & ~kAttended); }
    [[nodiscard]] constexpr StateWord asOrphan() const noexcept { return StateWord(m_bits | kOrphaned); }
    [[nodiscard]] constexpr StateWord asWitnessed() const noexcept { return StateWord(m_bits | kWitnessed); }
    [[nodiscard]] constexpr StateWord asUnwitnessed() const noexcept { return StateWord(m_bits & ~kWitnessed); }
    /// REQUIRES: places() < 65535, or > 0 to take one back.
    [[nodiscard]] constexpr StateWord placeTaken() const noexcept { return StateWord(m_bits + kPlace); }
    [[nodiscard]] constexpr StateWord placeGivenBack() const noexcept { return StateWord(m_bits - kPlace); }

private:
    static constexpr std::uint64_t kState = 0x3;
    static constexpr std::uint64_t kRuling = 0x1c;
    static constexpr std::uint64_t kRamp = 0x20;
    static constexpr std::uint64_t kAttended = 0x40;
    static constexpr std::uint64_t kOrphaned = 0x80;
    static constexpr std::uint64_t kPlace = 0x100;
    static constexpr std::uint64_t kWitnessed = 0x1000000;
    static constexpr std::uint64_t kGeneration = 0xffffffff00000000;

    std::uint64_t m_bits;
};

}  // namespace fusebox::breaker
