#pragma once
// Recovery actions on dependencies: what may be done about a breaker, what was done, and whether it helped.
// Lifetime: plain values.

#include <fusebox/base/time.h>
#include <fusebox/domain/ids.h>
#include <fusebox/domain/recovery_action.h>
#include <fusebox/domain/state.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fusebox::domain {

enum class RecoveryResult : std::uint8_t {
    running,
    succeeded,  ///< it did what it is meant to do; whether that helped is told by RecoveryOutcome::closedAfter
    failed,
    timedOut,
    cancelled,
};

/// "running", "succeeded", "failed", "timed out", "cancelled"
[[nodiscard]] std::string_view toWord(RecoveryResult result);

/// One action as it was carried out.
struct RecoveryOutcome {
    RecoveryId id;  ///< in the order of their starts, from 1
    BreakerId breaker;
    RecoveryAction action = RecoveryAction::none;
    ActionMode mode = ActionMode::manual;  ///< manual: pushed; proposed: approved by a person; automatic: by itself
    std::string actor;                     ///< who pushed or approved; empty: by itself
    std::string reason;                    ///< why: the person's words, or the cause in one sentence
    std::optional<PatternId> pattern;      ///< the errors that it was to cure
    RecoveryResult result = RecoveryResult::running;
    std::string detail;    ///< what was done, or why it failed: one sentence
    std::string progress;  ///< while it runs: what it does now
    std::string output;    ///< what a program printed, cut to a stated length
    base::WallTime startedAt{};
    base::Duration took{};
    State before = State::closed;
    std::optional<State> after;                 ///< when the action had ended
    std::optional<base::Duration> closedAfter;  ///< from its start until the breaker was CLOSED, if it closed in time
    bool verdictIn = false;                     ///< it is known whether the breaker closed in time

    bool operator==(const RecoveryOutcome&) const = default;
};

/// One action of one breaker, as it stands.
struct ActionStanding {
    RecoveryAction action = RecoveryAction::none;
    ActionMode mode = ActionMode::manual;
    std::string effect;  ///< what it will do, in one sentence: "Runs `systemctl restart search.service`, at most 30 s."
    std::string whyNot;  ///< why it cannot be run by hand now; empty: it can
    base::Duration timeout{};
    base::Duration coolDown{};
    base::Duration coolDownLeft{};
    std::uint32_t doneThisHour = 0;
    std::uint32_t budgetPerHour = 0;
    std::uint32_t failuresInRow = 0;
    bool lockedOut = false;  ///< two failures in a row: only a person may run it
    bool running = false;
    std::string proposal;  ///< why it is proposed now; empty: it is not
    std::optional<RecoveryOutcome> last;

    bool operator==(const ActionStanding&) const = default;
};

struct BreakerRecovery {
    BreakerId breaker;
    std::vector<ActionStanding> actions;

    bool operator==(const BreakerRecovery&) const = default;
};

/// How often an action helped: the breaker was CLOSED within the stated time after it.
struct RecoveryRate {
    RecoveryAction action = RecoveryAction::none;
    std::optional<PatternId> pattern;  ///< nothing: over all patterns
    std::uint32_t runs = 0;            ///< with a verdict
    std::uint32_t helped = 0;
    base::Duration averageTime{};  ///< to close, of those that helped

    bool operator==(const RecoveryRate&) const = default;
};

/// All that is known of recovery. Travels as shared_ptr<const RecoveryReport>; a new one only when something changed.
struct RecoveryReport {
    bool stopped = false;   ///< the emergency stop: no automatic action starts
    std::string stoppedBy;  ///< who stopped them, and why
    std::vector<BreakerRecovery> breakers;
    std::vector<RecoveryOutcome> history;  ///< newest first, bounded
    std::vector<RecoveryRate> rates;
};

}  // namespace fusebox::domain
