#pragma once
// fuseboxctl config ...: is a configuration sound, and what does it come to. Needs no agent.

#include <fusebox/ctl/exit_code.h>

#include <CLI/App.hpp>

namespace fusebox::ctl {

/// Adds the command group; what it was asked to do ends up in `exit`.
/// Lifetime: `exit` outlives the parsing.
void addConfigCommands(CLI::App& app, ExitCode& exit);

}  // namespace fusebox::ctl
