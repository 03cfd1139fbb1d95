#pragma once
// fuseboxctl list: all breakers of an agent, once or for as long as somebody looks.

#include <fusebox/ctl/exit_code.h>

#include <CLI/App.hpp>

namespace fusebox::ctl {

/// See errors_command.h.
void addListCommand(CLI::App& app, ExitCode& exit);

}  // namespace fusebox::ctl
