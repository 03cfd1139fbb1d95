#include <fusebox/ctl/show_command.h>

#include <fusebox/ctl/answers.h>
#include <fusebox/ctl/breaker_page.h>
#include <fusebox/ctl/connection.h>
#include <fusebox/domain/read_snapshot.h>

#include <fmt/core.h>
#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>
#include <string>

namespace fusebox::ctl {

namespace {

struct ShowArguments {
    ConnectionChoice connection;
    std::string breaker;
    bool config = false;
    bool why = false;
    bool json = false;
};

ExitCode showTrip(sources::AgentClient& client, const ShowArguments& arguments, const domain::DetailRead& detail) {
    if (detail.dossiers.empty()) return tell({ExitCode::negative, arguments.breaker + ": no trip is remembered"});
    const auto answer = ask(client, "/api/v1/breakers/" + sources::pathSegment(arguments.breaker) + "/dossiers/" +
                                        std::to_string(detail.dossiers.back()));
    if (!answer) return tell(answer.error());
    if (arguments.json) {
        fmt::print("{}\n", jsonText(*answer));
        return ExitCode::ok;
    }
    const auto dossier = readDocument(*answer, [](domain::JsonReader in) { return domain::readDossier(in); });
    if (!dossier) return tell(dossier.error());
    fmt::print("{}", pageOf(*dossier, lookOf(stdout)));
    return ExitCode::ok;
}

ExitCode show(const ShowArguments& arguments) {
    const auto client = clientFor(arguments.connection);
    if (!client) return tell(client.error());
    const auto answer = ask(**client, "/api/v1/breakers/" + sources::pathSegment(arguments.breaker));
    if (!answer) {
        const bool isMissing = answer.error().code == ExitCode::negative;
        return tell(isMissing ? Failure{ExitCode::negative, "there is no breaker '" + arguments.breaker + "'"}
                              : answer.error());
    }
    if (arguments.json && !arguments.why) {
        fmt::print("{}\n", jsonText(*answer));
        return ExitCode::ok;
    }
    domain::DetailRead detail;
    auto snapshot = readDocument(*answer, [&](domain::JsonReader in) {
        domain::Snapshot read = domain::readSnapshot(in.at("snapshot"));
        if (in.has("detail")) detail = domain::readDetail(in.at("detail"));
        return read;
    });
    if (!snapshot) return tell(snapshot.error());
    if (arguments.why) return showTrip(**client, arguments, detail);
    const Sheet sheet = arguments.config ? Sheet::whole : Sheet::preset;
    fmt::print("{}", pageOf(*snapshot, detail.detail, sheet, lookOf(stdout)));
    return ExitCode::ok;
}

}  // namespace

void addShowCommand(CLI::App& app, ExitCode& exit) {
    const auto arguments = std::make_shared<ShowArguments>();
    CLI::App* command = app.add_subcommand("show", "All that is known of one breaker");
    command->add_option("BREAKER", arguments->breaker, "its name")->required();
    CLI::Option* config = command->add_flag("--config", arguments->config, "with its whole configuration");
    command->add_flag("--why", arguments->why, "the newest trip instead: why did it open?")->excludes(config);
    command->add_flag("--json", arguments->json, "as JSON");
    addConnectionOptions(*command, arguments->connection);
    command->footer(
        "Examples:\n"
        "  fuseboxctl show orders\n"
        "  fuseboxctl show orders --why\n"
        "  fuseboxctl show orders --json | jq .snapshot.window.failure_rate");
    command->callback([arguments, &exit] { exit = show(*arguments); });
}

}  // namespace fusebox::ctl
