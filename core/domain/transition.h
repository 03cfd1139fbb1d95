#pragma once
// A change of a breaker's state with its cause and, for a trip, the rule and the numbers that decided.

#include <fusebox/base/time.h>
#include <fusebox/domain/state.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fusebox::domain {

enum class TripRule : std::uint8_t {
    failureRate,
    slowCallRate,
    failureCount,
    consecutiveFailures,
    totalOutage,
    lowSuccessAverage
};

/// "failure rate", "slow-call rate", ...
[[nodiscard]] std::string_view toWord(TripRule rule);

enum class TransitionCause : std::uint8_t {
    tripRule,         ///< CLOSED -> OPEN by a rule, see Transition::trip
    tripCommand,      ///< an operator or automaton pushed trip
    resetCommand,     ///< an operator or automaton pushed reset
    probeCommand,     ///< an operator asked for a probe now
    waitElapsed,      ///< OPEN -> HALF_OPEN when the wait was over
    probesSucceeded,  ///< HALF_OPEN -> CLOSED
    probesFailed,     ///< HALF_OPEN -> OPEN
    probeTimeout,     ///< HALF_OPEN ended by half_open_timeout
    holdReleased,
    holdExpired,
    restored,
};

[[nodiscard]] std::string_view toWord(TransitionCause cause);

/// The rule that tripped a breaker, with the numbers it compared.
struct TripReason {
    TripRule rule = TripRule::failureRate;
    double value = 0;
    double threshold = 0;
    std::uint64_t calls = 0;     ///< calls the rule looked at
    std::uint64_t failures = 0;  ///< failures (or slow calls) among them
    std::uint64_t minimumCalls = 0;
    base::Duration span{};  ///< the time the rule looked back, zero for counts

    bool operator==(const TripReason&) const = default;

    /// "failure rate 62 % of 21 calls, limit 50 %"
    [[nodiscard]] std::string text() const;
};

struct Transition {
    std::uint64_t sequence = 0;    ///< per breaker, from 1, without gaps
    std::uint32_t generation = 0;  ///< the generation that begins with it
    State from = State::closed;
    State to = State::closed;
    TransitionCause cause = TransitionCause::tripRule;
    std::optional<TripReason> trip;
    std::string actor;   ///< who pushed, empty for the automaton
    std::string reason;  ///< why, as the actor gave it
    base::Time at{};
    base::WallTime wall{};

    bool operator==(const Transition&) const = default;

    /// One sentence for people: "failure rate 62 % of 21 calls, limit 50 %" or "reset by ann: deployed the fix"
    [[nodiscard]] std::string text() const;
};

}  // namespace fusebox::domain
