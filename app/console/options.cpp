#include <fusebox/console/options.h>

#include <CLI/CLI.hpp>

#include <array>
#include <cstddef>
#include <cstdio>

namespace fusebox::console {
namespace {

constexpr int kWrongUse = 2;

constexpr const char* kAbout =
    "Fusebox: watch circuit breakers live and act on them.\n"
    "Without --config and --connect it shows the lab: real servers on this machine whose faults are up to you.";

constexpr const char* kExitCodes =
    "Exit codes: 0 the window was closed; 1 it could not start, or a screenshot could not be written;\n"
    "2 a wrong command line or configuration.";

/// "NAME=https://host:port" or the URL alone, which is then named by its host and port.
ConnectOption connectOption(const std::string& text) {
    ConnectOption option;
    const auto scheme = text.find("://");
    const auto equals = text.find('=');
    const bool isNamed = equals != std::string::npos && (scheme == std::string::npos || equals < scheme);
    option.url = isNamed ? text.substr(equals + 1) : text;
    if (isNamed) {
        option.name = text.substr(0, equals);
    } else {
        const auto from = scheme == std::string::npos ? 0 : scheme + 3;
        option.name = text.substr(from, text.find('/', from) - from);
    }
    return option;
}

/// What is said of agents beside their URLs: the n-th value is that of the n-th agent.
struct AgentOption {
    const char* name;
    const char* about;
    const char* type;
    std::string ConnectOption::*place;
    std::vector<std::string> values{};
};

/// False when there are more values than agents; that is told.
bool pair(Options& options, const AgentOption& option) {
    if (option.values.size() > options.connect.size()) {
        std::fprintf(stderr, "fusebox: there are more %s than --connect\n", option.name);
        return false;
    }
    for (std::size_t i = 0; i < option.values.size(); ++i) options.connect[i].*option.place = option.values[i];
    return true;
}

}  // namespace

std::variant<Options, Exit> parseCommandLine(int argc, char** argv) {
    Options options;
    std::vector<std::string> urls;
    std::array agentOptions{
        AgentOption{"--token-file", "A file that holds the token for the agent of the same place in order", "FILE",
                    &ConnectOption::tokenFile},
        AgentOption{"--ca-file", "Trust the authorities in this file instead of the system's, likewise", "FILE",
                    &ConnectOption::caFile},
        AgentOption{"--fingerprint", "Trust the certificate with this SHA-256 and no other, likewise", "SHA256",
                    &ConnectOption::fingerprint},
    };
    CLI::App app(kAbout, "fusebox");
    app.footer(kExitCodes);
    app.set_version_flag("--version", std::string("fusebox ") + FUSEBOX_VERSION, "Print the version and exit");
    auto* config = app.add_option("--config", options.config, "Watch the dependencies that this TOML file names");
    config->type_name("FILE");
    app.add_option("--profile", options.profile, "Lay this profile of the configuration over it")
        ->type_name("NAME")
        ->needs(config);
    app.add_flag("--lab", options.lab, "Show the lab (the default)")->excludes(config);
    auto* connect = app.add_option("--connect", urls, "Watch the agent at this URL too; may be given several times");
    connect->type_name("[NAME=]URL")->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    for (AgentOption& option : agentOptions) {
        app.add_option(option.name, option.values, option.about)
            ->type_name(option.type)
            ->expected(1)
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
            ->needs(connect);
    }
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
    for (const std::string& url : urls) options.connect.push_back(connectOption(url));
    for (const AgentOption& option : agentOptions) {
        if (!pair(options, option)) return Exit{kWrongUse};
    }
    return options;
}

}  // namespace fusebox::console
