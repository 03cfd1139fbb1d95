#pragma once
// The targets of the gate, as one: finds those that a command is for and lets them carry it out.
// Threads: one at a time for each list; the targets are shared.
// Errors: what a target throws becomes a report "failed".

#include <fusebox/command/target.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fusebox::command {

using Targets = std::vector<std::shared_ptr<Target>>;

/// Finds no owner, or too many: refused.
[[nodiscard]] domain::CommandReport carryOut(const Targets& targets, const domain::Command& command);

/// Gives one whose outcome is unknown once more to those that know commands by their ids. Finds no owner among these, or too
/// many: still unknown, since the earlier try may have been carried out.
[[nodiscard]] domain::CommandReport carryOutAgain(const Targets& targets, const domain::Command& command);

/// Tells all targets that a person's command changed this breaker; gives the breaker's revision since then, if one of them
/// knows it.
[[nodiscard]] std::optional<std::uint64_t> noteChange(const Targets& targets, const domain::BreakerId& breaker);

/// What is known of the holds on a breaker; nothing: no target knows.
[[nodiscard]] std::optional<Target::Held> heldOf(const domain::BreakerId& breaker, const Targets& targets);

/// The breakers of a group, of those whose revision a target knows.
[[nodiscard]] std::vector<domain::BreakerId> membersOf(const std::string& group, const Targets& targets);

/// The breakers that the command is for, of those whose revision a target knows.
[[nodiscard]] std::vector<domain::BreakerId> meantBy(const domain::Command& command, const Targets& targets);

}  // namespace fusebox::command
