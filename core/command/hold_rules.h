#pragma once
// How long holds last: each ends by itself. One that does not say when gets a time here, so that nobody's forgotten hold
// lies on a breaker for ever. To go on, a new hold with a new reason is placed.

#include <fusebox/domain/command.h>

namespace fusebox::command {

inline constexpr base::Duration kUsualHold = std::chrono::minutes(30);
/// FORCE_CLOSED is the dangerous one.
inline constexpr base::Duration kUsualForceClosed = std::chrono::minutes(15);
inline constexpr base::Duration kLongestHold = std::chrono::hours(24);

/// The time that a hold of this mode gets when it does not say.
[[nodiscard]] constexpr base::Duration usualDuration(domain::HoldMode mode) {
    return mode == domain::HoldMode::forceClosed ? kUsualForceClosed : kUsualHold;
}

/// The command as it is carried out: with what its giver left to the gate.
[[nodiscard]] inline domain::Command completed(domain::Command command) {
    if (command.kind == domain::CommandKind::hold && !command.duration) {
        command.duration = usualDuration(command.holdMode);
    }
    return command;
}

}  // namespace fusebox::command
