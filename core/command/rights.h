#pragma once
// Which role may command what: a viewer nothing; an operator what runs breakers (trip, reset, hold, release of their own
// holds, probe, action, the emergency stop); an admin all. What weighs more than that is a right of its own.
// Whose hold is released is known where the holds are: the target refuses operators the holds of others.
// Threads: any.

#include <fusebox/domain/command.h>

#include <optional>
#include <string>

namespace fusebox::command {

/// The least role for what has a right of its own.
struct Rights {
    domain::Role forceClosed = domain::Role::admin;  ///< FORCE_CLOSED lets all calls reach a dependency that fails
};

/// The least role that may give this command.
[[nodiscard]] domain::Role neededFor(const domain::Command& command, const Rights& rights = {});

/// "needs the role admin; yours is operator." Every refusal for the role says this, and so is told from others wherever it
/// is read: in the gate's memory, in the journal, at the other end of the wire.
[[nodiscard]] std::string roleSentence(domain::Role needed, domain::Role given);

/// Whether the command was refused because of what its actor may do, and another role could have it done.
[[nodiscard]] bool isRefusedForRole(const domain::CommandReport& report);

/// Why its actor may not give it, in a sentence; nothing when they may.
[[nodiscard]] std::optional<std::string> objectionByRole(const domain::Command& command, const Rights& rights = {});

}  // namespace fusebox::command
