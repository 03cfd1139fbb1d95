#pragma once
// What an operator or an automaton wants done to a breaker or a group, and what became of it.
// Lifetime: plain values; a Command is never changed after it was submitted.

#include <fusebox/base/time.h>
#include <fusebox/domain/category.h>
#include <fusebox/domain/config_entry.h>
#include <fusebox/domain/ids.h>
#include <fusebox/domain/recovery_action.h>
#include <fusebox/domain/role.h>
#include <fusebox/domain/state.h>
#include <fusebox/domain/strategy.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fusebox::domain {

enum class CommandKind : std::uint8_t {
    trip,
    reset,
    hold,
    release,
    probe,
    configure,      ///< change options of the live configuration
    shadow,         ///< run a candidate beside the live configuration; without options: end it
    action,         ///< run a recovery action now
    actionMode,     ///< who starts an action: see ActionMode
    stopActions,    ///< the emergency stop: no automatic action of any breaker starts; takes no breaker
    resumeActions,  ///< ends the emergency stop; takes no breaker
    strategy,       ///< how errors of a category are handled
};

/// "trip", "reset", "hold", "release", "probe", "configure", "shadow", "action", ...
[[nodiscard]] std::string_view toWord(CommandKind kind);

/// The origin of what the program's own automata command: nobody else may use it.
inline constexpr std::string_view kRecoveryOrigin = "recovery";

struct Command {
    CommandId id;  ///< chosen by the caller; the same id is never carried out twice
    CommandKind kind = CommandKind::trip;
    BreakerId breaker;
    std::string group;  ///< instead of a breaker: all breakers of that group
    std::string actor;
    /// What its actor may do. Whoever takes a command from outside sets actor, role and origin by what the token says.
    Role role = Role::admin;
    std::string
        origin;  ///< from where: "console", "http 127.0.0.1:40312", "recovery"; empty: the program that embeds us
    std::string reason;
    HoldMode holdMode = HoldMode::forceOpen;    ///< hold
    std::optional<base::Duration> duration;     ///< hold: until it expires; trip: a wait of its own
    std::optional<HoldId> hold;                 ///< release: which one; nothing: all of the actor's holds
    std::vector<ConfigEntry> options;           ///< configure, shadow: what to change; "preset" first, if it is meant
    std::optional<std::uint64_t> seenRevision;  ///< the revision that the actor looked at
    RecoveryAction action = RecoveryAction::none;    ///< action, actionMode
    ActionMode mode = ActionMode::manual;            ///< actionMode
    Category category = Category::unknown;           ///< strategy
    Strategy strategy = Strategy::retryWithBackoff;  ///< strategy
};

enum class CommandStatus : std::uint8_t { pending, applied, refused, failed, unknown };

/// "pending", "applied", "refused", "failed", "unknown"
[[nodiscard]] std::string_view toWord(CommandStatus status);

/// What became of a Command, as it travels in an Event.
struct CommandReport {
    Command command;
    CommandStatus status = CommandStatus::pending;
    std::string message;  ///< why it was refused or failed, or what was done
    std::optional<State> before;
    std::optional<State> after;
};

}  // namespace fusebox::domain
