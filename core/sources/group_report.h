#pragma once
// What became of a command for a group: one report made of those of its breakers.
// Limits: names at most 20 breakers that refused, and counts the others.

#include <fusebox/domain/command.h>

#include <vector>

namespace fusebox::sources {

/// Applied if at least one breaker carried it out; else failed if one failed, else refused.
/// REQUIRES: one report per breaker, each with that breaker in its command; at least one.
[[nodiscard]] domain::CommandReport groupReport(const domain::Command& command,
                                                const std::vector<domain::CommandReport>& each);

}  // namespace fusebox::sources
