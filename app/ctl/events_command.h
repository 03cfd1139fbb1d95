#pragma once
// fuseboxctl events: what happens at an agent, as it happens or since an event.

#include <fusebox/ctl/exit_code.h>

#include <CLI/App.hpp>

namespace fusebox::ctl {

/// See errors_command.h.
void addEventsCommand(CLI::App& app, ExitCode& exit);

}  // namespace fusebox::ctl
