#pragma once
// fuseboxctl errors ...: what the library makes of errors. Needs no agent.

#include <fusebox/ctl/exit_code.h>

#include <CLI/App.hpp>

namespace fusebox::ctl {

/// Adds the command group; what it was asked to do ends up in `exit`.
/// Lifetime: `exit` outlives the parsing.
void addErrorsCommands(CLI::App& app, ExitCode& exit);

}  // namespace fusebox::ctl
