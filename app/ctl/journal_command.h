#pragma once
// fuseboxctl journal, journal holds and journal verify: what happened, and whether the record of it is whole.

#include <fusebox/ctl/exit_code.h>

#include <CLI/App.hpp>

namespace fusebox::ctl {

/// See errors_command.h.
void addJournalCommands(CLI::App& app, ExitCode& exit);

}  // namespace fusebox::ctl
