#include <fusebox/fuseboxd/options.h>

#include <CLI/CLI.hpp>

namespace fusebox::fuseboxd {
namespace {

constexpr const char* kAbout =
    "fuseboxd: the Fusebox agent. Guards the dependencies of a configuration, remembers what happens, and lets "
    "consoles,\n"
    "fuseboxctl and Prometheus in over HTTP.";

constexpr const char* kFooter =
    "Signals: SIGTERM and SIGINT stop it in order; SIGHUP makes it read its configuration and tokens again, as a "
    "change of\n"
    "these files does, and open its log file anew. What is not sound is refused, and the old stays in force.\n"
    "Files in the state directory: journal.db, breakers.json, local.token (an admin token for programs of the same "
    "user),\n"
    "local.url (where it listens).\n"
    "Variables: FUSEBOX_PROFILE, FUSEBOX_STATE_DIR, and FUSEBOX_TABLE__KEY for each value, such as "
    "FUSEBOX_AGENT__PORT=8000.\n"
    "Exit codes: 0 stopped as asked, or --check found nothing; 1 something that it needs cannot be had; 2 a wrong "
    "command\n"
    "line or configuration; 3 it would not be safe: a token or key that others can read, a state directory in use or "
    "open\n"
    "to others, an address beyond this machine without TLS and tokens.\n"
    "Examples:\n"
    "  fuseboxd --config /etc/fusebox/agent.toml --profile production\n"
    "  fuseboxd --config agent.toml --check\n"
    "  fuseboxd --lab                           real servers on loopback with faults, for a demonstration\n"
    "  kill -HUP $(pidof fuseboxd)";

}  // namespace

std::variant<Options, ExitCode> parseCommandLine(int argc, char** argv) {
    Options options;
    CLI::App app(kAbout, "fuseboxd");
    app.footer(kFooter);
    app.set_version_flag("--version", std::string("fuseboxd ") + FUSEBOX_VERSION, "Print the version and exit");
    app.add_option("--config", options.config, "The configuration (TOML)")->type_name("FILE");
    app.add_option("--profile", options.profile, "Lay this profile of the configuration over it")->type_name("NAME");
    app.add_option("--state-dir", options.stateDir,
                   "Keep journal, states and the local token here; else: agent.state_dir of the configuration, "
                   "$STATE_DIRECTORY, or ~/.local/state/fusebox/agent")
        ->type_name("DIR")
        ->envname("FUSEBOX_STATE_DIR");
    app.add_flag("--lab", options.lab, "Guard the lab's own servers instead of the configuration's dependencies");
    app.add_flag("--check", options.check, "Tell whether the configuration is sound, and exit");
    try {
        app.parse(argc, argv);
        if (!options.config && (!options.lab || options.check)) {
            throw CLI::RequiredError(options.check ? "--config" : "--config or --lab");
        }
    } catch (const CLI::ParseError& problem) {
        return app.exit(problem) == 0 ? ExitCode::ok : ExitCode::badInput;
    }
    return options;
}

}  // namespace fusebox::fuseboxd
