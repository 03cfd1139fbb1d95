#pragma once
// fuseboxctl journal holds: who held what, how long, and whether anybody let go; for a change of shift and a review.

#include <fusebox/ctl/exit_code.h>

#include <CLI/App.hpp>

namespace fusebox::ctl {

/// See errors_command.h. `journal`: the command below which it stands.
void addHoldsCommand(CLI::App& journal, ExitCode& exit);

}  // namespace fusebox::ctl
