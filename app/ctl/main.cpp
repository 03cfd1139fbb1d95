// fuseboxctl: what can be done with Fusebox from a shell.

#include <fusebox/ctl/config_command.h>
#include <fusebox/ctl/errors_command.h>
#include <fusebox/ctl/events_command.h>
#include <fusebox/ctl/journal_command.h>
#include <fusebox/ctl/list_command.h>
#include <fusebox/ctl/order_command.h>
#include <fusebox/ctl/report_command.h>
#include <fusebox/ctl/show_command.h>
#include <fusebox/ctl/simulate_command.h>

#include <fmt/core.h>
#include <CLI/CLI.hpp>

#include <cstdio>
#include <exception>

namespace {

constexpr const char* kFooter =
    "The agent: --connect URL and --token-file FILE, or the variables FUSEBOX_CONNECT and FUSEBOX_TOKEN_FILE; without "
    "them "
    "the\n"
    "agent of this machine, by the token that it leaves for its own user (in $FUSEBOX_STATE_DIR, $STATE_DIRECTORY,\n"
    "~/.local/state/fusebox/agent or /var/lib/fusebox). Colours only on a terminal, and not with NO_COLOR.\n"
    "Exit codes: 0 done; 1 the answer is no: refused, failed, not there, not valid, not intact; 2 arguments or input "
    "that\n"
    "cannot be read; 3 no agent was reached, or it cannot answer now; 4 not allowed: the token or its role; 5 a "
    "command was\n"
    "sent, and what became of it is not known.\n"
    "Examples:\n"
    "  fuseboxctl list --watch\n"
    "  fuseboxctl hold orders --for 15m --reason 'database moves'\n"
    "  fuseboxctl events --follow --json\n"
    "  fuseboxctl COMMAND --help";

}  // namespace

int main(int argc, char** argv) {
    using fusebox::ctl::ExitCode;
    ExitCode exit = ExitCode::ok;
    CLI::App app("Circuit breakers from the shell", "fuseboxctl");
    app.set_version_flag("--version", "fuseboxctl " FUSEBOX_VERSION);
    app.require_subcommand(1);
    app.footer(kFooter);
    fusebox::ctl::addListCommand(app, exit);
    fusebox::ctl::addShowCommand(app, exit);
    fusebox::ctl::addOrderCommands(app, exit);
    fusebox::ctl::addReportCommands(app, exit);
    fusebox::ctl::addEventsCommand(app, exit);
    fusebox::ctl::addJournalCommands(app, exit);
    fusebox::ctl::addSimulateCommands(app, exit);
    fusebox::ctl::addErrorsCommands(app, exit);
    fusebox::ctl::addConfigCommands(app, exit);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        return app.exit(e) == 0 ? 0 : static_cast<int>(ExitCode::badInput);
    } catch (const std::exception& e) {
        fmt::print(stderr, "fuseboxctl: {}\n", e.what());
        return static_cast<int>(ExitCode::badInput);
    }
    return static_cast<int>(exit);
}
