#pragma once
// fuseboxctl trip, reset, hold, release, probe, action, stop-actions, resume-actions: what is done to breakers.

#include <fusebox/ctl/exit_code.h>

#include <CLI/App.hpp>

namespace fusebox::ctl {

/// See errors_command.h.
void addOrderCommands(CLI::App& app, ExitCode& exit);

}  // namespace fusebox::ctl
