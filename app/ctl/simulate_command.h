#pragma once
// fuseboxctl simulate ...: runs of the real breaker in virtual time. Needs no agent.

#include <fusebox/ctl/exit_code.h>

#include <CLI/App.hpp>

namespace fusebox::ctl {

/// Adds the command group; what it was asked to do ends up in `exit`.
/// Lifetime: `exit` outlives the parsing.
void addSimulateCommands(CLI::App& app, ExitCode& exit);

}  // namespace fusebox::ctl
