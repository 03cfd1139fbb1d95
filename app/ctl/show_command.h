#pragma once
// fuseboxctl show: all that is known of one breaker.

#include <fusebox/ctl/exit_code.h>

#include <CLI/App.hpp>

namespace fusebox::ctl {

/// See errors_command.h.
void addShowCommand(CLI::App& app, ExitCode& exit);

}  // namespace fusebox::ctl
