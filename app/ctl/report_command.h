#pragma once
// fuseboxctl patterns, actions, about: what an agent knows of errors, of recovery and of itself.

#include <fusebox/ctl/exit_code.h>

#include <CLI/App.hpp>

namespace fusebox::ctl {

/// See errors_command.h.
void addReportCommands(CLI::App& app, ExitCode& exit);

}  // namespace fusebox::ctl
