#pragma once
// How the gate tells what became of a command.
// Threads: any.

#include <fusebox/domain/event.h>

#include <string>

namespace fusebox::command {

[[nodiscard]] domain::CommandReport reportOn(const domain::Command& command, domain::CommandStatus status,
                                             std::string message);

/// On one that was to be sent again, since nobody knows what became of it, and was not: that is still not known.
[[nodiscard]] domain::CommandReport notSentAgain(const domain::Command& command, const std::string& why);

/// An unsound command as it may travel in an event and into the journal: cut to a bearable size.
[[nodiscard]] domain::Command bounded(domain::Command command);
/// What a command was about, without what it carries.
[[nodiscard]] domain::Command brief(const domain::Command& command);

[[nodiscard]] domain::Event eventOf(const domain::CommandReport& report, base::WallTime at);

/// The breaker's name, or "group payments"; empty for what is about all breakers.
[[nodiscard]] std::string aimOf(const domain::Command& command);

}  // namespace fusebox::command
