#include <fusebox/ctl/config_command.h>

#include <fusebox/config/load.h>
#include <fusebox/config/show.h>
#include <fusebox/ctl/printable.h>

#include <fmt/core.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>
#include <set>
#include <string>

namespace fusebox::ctl {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kWidestKey = 60;

struct ConfigArguments {
    std::string file;
    std::optional<std::string> profile;
    bool json = false;
    bool effective = false;
};

std::string dumped(const Json& json) {
    return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

Json asJson(const config::Problems& problems) {
    Json list = Json::array();
    for (const config::Problem& problem : problems) {
        list.push_back({{"file", problem.file},
                        {"line", problem.line},
                        {"column", problem.column},
                        {"key", problem.key},
                        {"what", problem.what}});
    }
    return list;
}

/// As many problems as there are, each once, however many profiles have them.
void collect(const config::Loaded& loaded, config::Problems& into) {
    if (loaded) return;
    for (const config::Problem& problem : loaded.error()) {
        if (std::find(into.begin(), into.end(), problem) == into.end()) into.push_back(problem);
    }
}

ExitCode check(const ConfigArguments& arguments) {
    const config::Overlays overlays = config::overlaysFromEnvironment(arguments.profile);
    config::Problems problems;
    collect(config::load(arguments.file, overlays), problems);
    if (!overlays.profile) {
        for (const std::string& profile : config::profilesOf(arguments.file)) {
            config::Overlays one = overlays;
            one.profile = profile;
            collect(config::load(arguments.file, one), problems);
        }
    }
    if (arguments.json) {
        fmt::print("{}\n", dumped({{"sound", problems.empty()}, {"problems", asJson(problems)}}));
    } else if (problems.empty()) {
        fmt::print("{} is sound.\n", printable(arguments.file));
    } else {
        for (const config::Problem& problem : problems) fmt::print("{}\n", printable(problem.text()));
    }
    return problems.empty() ? ExitCode::ok : ExitCode::negative;
}

void printTable(const std::vector<config::ShownValue>& values) {
    std::size_t width = 0;
    for (const config::ShownValue& value : values) {
        const std::size_t wanted = value.key.size() + value.value.size() + 3;
        if (wanted <= kWidestKey) width = std::max(width, wanted);
    }
    for (const config::ShownValue& value : values) {
        const std::string line = printable(value.key + " = " + value.value);
        fmt::print("{:<{}}  # {}\n", line, width, printable(value.origin));
    }
}

ExitCode show(const ConfigArguments& arguments) {
    const auto extent = arguments.effective ? config::Extent::effective : config::Extent::given;
    const auto values = config::show(arguments.file, config::overlaysFromEnvironment(arguments.profile), extent);
    if (!values) {
        fmt::print(stderr, "{}", config::textOf(values.error()));
        return ExitCode::negative;
    }
    if (!arguments.json) {
        printTable(*values);
        return ExitCode::ok;
    }
    Json list = Json::array();
    for (const config::ShownValue& value : *values) {
        list.push_back({{"key", value.key}, {"value", value.value}, {"origin", value.origin}});
    }
    fmt::print("{}\n", dumped(list));
    return ExitCode::ok;
}

void addCommonOptions(CLI::App& command, ConfigArguments& arguments) {
    command.add_option("FILE", arguments.file, "the configuration (TOML)")->required();
    command.add_option("--profile", arguments.profile, "lay this profile over it; without: FUSEBOX_PROFILE")
        ->type_name("NAME");
    command.add_flag("--json", arguments.json, "answer as JSON");
}

}  // namespace

void addConfigCommands(CLI::App& app, ExitCode& exit) {
    CLI::App* config = app.add_subcommand("config", "What Fusebox makes of a configuration");
    config->require_subcommand(1);

    const auto checked = std::make_shared<ConfigArguments>();
    CLI::App* checking =
        config->add_subcommand("check", "Tell all that is wrong with it, in each of its profiles unless one is named");
    addCommonOptions(*checking, *checked);
    checking->footer(
        "Exit codes: 0 it is sound; 1 it is not.\nExample: fuseboxctl config check /etc/fusebox/agent.toml");
    checking->callback([checked, &exit] { exit = check(*checked); });

    const auto shown = std::make_shared<ConfigArguments>();
    CLI::App* showing = config->add_subcommand("show", "Its values, each with where it comes from; secrets are hidden");
    addCommonOptions(*showing, *shown);
    showing->add_flag("--effective", shown->effective, "what holds by default as well");
    showing->footer(
        "Example: FUSEBOX_AGENT__PORT=8000 fuseboxctl config show --effective --profile staging agent.toml");
    showing->callback([shown, &exit] { exit = show(*shown); });
}

}  // namespace fusebox::ctl
