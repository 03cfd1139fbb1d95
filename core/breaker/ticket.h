#pragma once
// What a permit carries from its admission to its completion, and how a call may end.

#include <fusebox/base/time.h>
#include <fusebox/domain/category.h>

#include <cstdint>
#include <string_view>

namespace fusebox::breaker {

enum class RefusalReason : std::uint8_t {
    open,        ///< OPEN, the wait is not over
    heldOpen,    ///< a hold FORCE_OPEN lies on it
    probesBusy,  ///< HALF_OPEN, all probes are given out
    rampUp,      ///< just closed, traffic still ramps up
    limit,       ///< as many calls are in flight as the concurrency limit allows
};

/// "open", "held open", "probes busy", "ramping up", "at its limit"
[[nodiscard]] std::string_view toWord(RefusalReason reason);

struct Refusal {
    RefusalReason reason = RefusalReason::open;
    base::Duration untilProbe{};  ///< time to the next probe where it is known, else zero
};

/// Opaque to callers.
struct Ticket {
    enum Flag : std::uint32_t {
        kProbe = 1,        ///< its outcome helps to decide HALF_OPEN
        kPlaced = 2,       ///< it holds a place of HALF_OPEN
        kFree = 4,         ///< let through against the automaton's will; measured only
        kUnasked = 8,      ///< the call ran without asking
        kLook = 16,        ///< not timed, but the clock is to be read when it ends
        kUnmeasured = 32,  ///< let through by DISABLED: counted in the totals, nowhere else
        kWatched = 64,     ///< its age is watched; the era of the watch stands above the flags
        kLimited = 128,    ///< it holds a place of the concurrency limit
    };

    static constexpr std::uint32_t kEra = 0x7fffff;  ///< the bits of an era

    std::int64_t startNs = 0;  ///< monotonic; zero: this call is not timed
    /// Generation in the upper half, then the era of the watch, flags in the lowest byte; one word, so that it travels in a register.
    std::uint64_t stamp = 0;

    [[nodiscard]] static constexpr std::uint64_t stampOf(std::uint32_t generation, std::uint32_t flags) noexcept {
        return static_cast<std::uint64_t>(generation) << 32 | flags;
    }
    [[nodiscard]] constexpr std::uint32_t generation() const noexcept {
        return static_cast<std::uint32_t>(stamp >> 32);
    }
    [[nodiscard]] constexpr Ticket watchedIn(std::uint32_t era) const noexcept {
        return {startNs, stamp | kWatched | static_cast<std::uint64_t>(era & kEra) << 8};
    }
    [[nodiscard]] constexpr std::uint32_t watchEra() const noexcept {
        return static_cast<std::uint32_t>(stamp >> 8) & kEra;
    }
    [[nodiscard]] constexpr bool is(std::uint32_t anyOf) const noexcept { return (stamp & anyOf) != 0; }
};

/// A ticket or a refusal in two words, so that it travels in registers.
class Admission {
public:
    [[nodiscard]] static constexpr Admission permit(Ticket ticket) noexcept { return {ticket.startNs, ticket.stamp}; }
    [[nodiscard]] static constexpr Admission refuse(RefusalReason reason, std::int64_t untilProbeNs) noexcept {
        return {untilProbeNs, kRefused | static_cast<std::uint64_t>(reason)};
    }

    [[nodiscard]] constexpr bool permitted() const noexcept { return (m_stamp & kRefused) == 0; }
    /// REQUIRES: permitted.
    [[nodiscard]] constexpr Ticket ticket() const noexcept { return {m_ns, m_stamp}; }
    /// REQUIRES: not permitted.
    [[nodiscard]] constexpr Refusal refusal() const noexcept {
        return {static_cast<RefusalReason>(m_stamp & 0xff), base::Duration(m_ns)};
    }

private:
    static constexpr std::uint64_t kRefused = 0x80000000;  // above all flags of a ticket

    constexpr Admission(std::int64_t ns, std::uint64_t stamp) noexcept : m_ns(ns), m_stamp(stamp) {}

    std::int64_t m_ns;
    std::uint64_t m_stamp;
};

enum class OutcomeKind : std::uint8_t { success, failure, ignored, cancelled };

struct Outcome {
    OutcomeKind kind = OutcomeKind::success;
    domain::Category category = domain::Category::unknown;  ///< of a failure
    bool soft = false;                                      ///< counts for rates only
    bool ignoredByConfig = false;                           ///< a failure that the configuration ignores

    /// The call ran to an end that says something about the dependency.
    [[nodiscard]] bool tells() const { return kind == OutcomeKind::success || kind == OutcomeKind::failure; }
};

}  // namespace fusebox::breaker
