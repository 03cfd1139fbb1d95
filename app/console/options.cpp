#include <fusebox/console/options.h>

#include <CLI/CLI.hpp>

namespace fusebox::console {
namespace {

constexpr int kWrongUse = 2;

constexpr const char* kAbout =
    "Fusebox: watch circuit breakers live and act on them.\n"
    "Without --config it shows the lab: real servers on this machine whose faults are up to you.";

constexpr const char* kExitCodes =
    "Exit codes: 0 the window was closed; 1 it could not start, or a screenshot could not be written;\n"
    "2 a wrong command line or configuration.";

}  // namespace

std::variant<Options, Exit> parseCommandLine(int argc, char** argv) {
    Options options;
    bool lab = false;
    CLI::App app(kAbout, "fusebox");
    app.footer(kExitCodes);
    app.set_version_flag("--version", std::string("fusebox ") + FUSEBOX_VERSION, "Print the version and exit");
    auto* config = app.add_option("--config", options.config, "Watch the dependencies that this TOML file names");
    config->type_name("FILE");
    app.add_option("--profile", options.profile, "Lay this profile of the configuration over it")
        ->type_name("NAME")
        ->needs(config);
    app.add_flag("--lab", lab, "Show the lab (the default)")->excludes(config);
    app.add_option("--screenshots", options.screenshots,
                   "Show each main screen for a while, light and dark, write PNG files into DIR, and exit")
        ->type_name("DIR");
    app.add_flag("--fresh", options.fresh,
                 "Begin anew: do not go on where the breakers stood at the end of the last run")
        ->needs(config);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& problem) {
        return Exit{app.exit(problem) == 0 ? 0 : kWrongUse};
    }
    return options;
}

}  // namespace fusebox::console
