// fuseboxctl: what can be done with Fusebox from a shell.

#include <fusebox/ctl/config_command.h>
#include <fusebox/ctl/errors_command.h>
#include <fusebox/ctl/simulate_command.h>

#include <fmt/core.h>
#include <CLI/CLI.hpp>

#include <cstdio>
#include <exception>

int main(int argc, char** argv) {
    using fusebox::ctl::ExitCode;
    ExitCode exit = ExitCode::ok;
    CLI::App app("Circuit breakers from the shell", "fuseboxctl");
    app.set_version_flag("--version", "fuseboxctl " FUSEBOX_VERSION);
    app.require_subcommand(1);
    app.footer(
        "Exit codes: 0 done; 1 the answer is no (a scenario disagrees); 2 arguments or input that cannot be read.\n"
        "Example: fuseboxctl simulate scenario --json scenarios.json");
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
