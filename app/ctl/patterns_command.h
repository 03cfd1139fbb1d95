#pragma once
// fuseboxctl errors patterns: the patterns of a log. Needs no agent.

#include <fusebox/ctl/exit_code.h>

#include <CLI/App.hpp>

namespace fusebox::ctl {

/// Adds the command to its group; what it was asked to do ends up in `exit`.
/// Lifetime: `exit` outlives the parsing.
void addPatternsCommand(CLI::App& errors, ExitCode& exit);

}  // namespace fusebox::ctl
