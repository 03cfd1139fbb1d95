#include <fusebox/ctl/simulate_command.h>

#include <fusebox/simulate/scenario_file.h>
#include <fusebox/simulate/scenario_report.h>
#include <fusebox/simulate/scenario_run.h>

#include <fmt/core.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

namespace fusebox::ctl {

namespace {

struct ScenarioArguments {
    std::vector<std::string> files;
    bool json = false;
};

ExitCode runScenarios(const ScenarioArguments& arguments) {
    std::vector<simulate::ScenarioResult> results;
    for (const std::string& file : arguments.files) {
        const auto scenarios = simulate::readScenarioFile(file);
        if (!scenarios) {
            fmt::print(stderr, "fuseboxctl: {}\n", scenarios.error().text());
            return ExitCode::badInput;
        }
        std::transform(scenarios->begin(), scenarios->end(), std::back_inserter(results), simulate::runScenario);
    }
    fmt::print("{}", arguments.json ? simulate::jsonReport(results) : simulate::textReport(results));
    const bool disagreed = std::any_of(results.begin(), results.end(), [](const simulate::ScenarioResult& result) {
        return result.verdict == simulate::Verdict::disagrees;
    });
    return disagreed ? ExitCode::negative : ExitCode::ok;
}

}  // namespace

void addSimulateCommands(CLI::App& app, ExitCode& exit) {
    CLI::App* simulate = app.add_subcommand("simulate", "Run the real breaker in virtual time");
    simulate->require_subcommand(1);

    const auto arguments = std::make_shared<ScenarioArguments>();
    CLI::App* scenario =
        simulate->add_subcommand("scenario", "Replay scenario files and say where the breaker disagrees");
    scenario->add_option("FILE", arguments->files, "scenario files (JSON)")->required();
    scenario->add_flag("--json", arguments->json, "report as JSON");
    scenario->callback([arguments, &exit] { exit = runScenarios(*arguments); });
}

}  // namespace fusebox::ctl
