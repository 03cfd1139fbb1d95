#include <fusebox/ctl/report_command.h>

#include <fusebox/base/clock.h>
#include <fusebox/ctl/answers.h>
#include <fusebox/ctl/connection.h>
#include <fusebox/ctl/printable.h>
#include <fusebox/ctl/table.h>
#include <fusebox/ctl/words.h>
#include <fusebox/domain/read_errors.h>
#include <fusebox/domain/read_recovery.h>
#include <fusebox/sources/agent_about.h>

#include <fmt/core.h>
#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>
#include <string>

namespace fusebox::ctl {

namespace {

struct ReportArguments {
    ConnectionChoice connection;
    std::string breaker;
    bool json = false;
};

Colour colourOf(domain::Severity severity) {
    switch (severity) {
        case domain::Severity::critical:
        case domain::Severity::high:
            return Colour::red;
        case domain::Severity::medium:
            return Colour::yellow;
        case domain::Severity::low:
            break;
    }
    return Colour::none;
}

bool concerns(const domain::ErrorPattern& pattern, const std::string& breaker) {
    if (breaker.empty()) return true;
    for (const domain::BreakerShare& share : pattern.breakers) {
        if (share.breaker.value == breaker) return true;
    }
    return false;
}

std::string breakersText(const domain::ErrorPattern& pattern) {
    if (pattern.breakers.empty()) return kMissing;
    const std::string first = pattern.breakers.front().breaker.value;
    return pattern.breakers.size() == 1 ? first : fmt::format("{} +{}", first, pattern.breakers.size() - 1);
}

void printPatterns(const domain::ErrorReport& report, const std::string& breaker) {
    Table table({{"SEVERITY"},
                 {"TREND"},
                 {"CATEGORY"},
                 {"COUNT", Align::right},
                 {"/MIN", Align::right},
                 {"LAST SEEN"},
                 {"BREAKERS", Align::left, 24},
                 {"PATTERN", Align::left, 200}});
    for (const domain::ErrorPattern& pattern : report.patterns) {
        if (!concerns(pattern, breaker)) continue;
        table.add({{std::string(toWord(pattern.severity)), colourOf(pattern.severity)},
                   std::string(toWord(pattern.trend)),
                   std::string(toWord(pattern.category)),
                   std::to_string(pattern.count),
                   fmt::format("{:.1f}", pattern.perMinute),
                   momentText(pattern.lastSeen).substr(0, 19),
                   breakersText(pattern),
                   pattern.id.value == 0 ? "(all others)" : pattern.text});
    }
    if (!table.isEmpty()) fmt::print("{}", table.text(lookOf(stdout)));
    fmt::print("{}, {:.1f} a minute of late", countText(report.total, "error", "errors"), report.perMinute);
    if (report.recoverySuccessRate) fmt::print("; {} of actions helped", percentText(report.recoverySuccessRate));
    fmt::print("\n");
}

std::string lastText(const domain::ActionStanding& action) {
    if (!action.last) return kMissing;
    const domain::RecoveryOutcome& last = *action.last;
    std::string text = fmt::format("{} {}", momentText(last.startedAt).substr(0, 19), toWord(last.result));
    if (last.closedAfter) text += fmt::format(", closed after {}", spanText(*last.closedAfter));
    return text;
}

void printActions(const domain::RecoveryReport& report, const std::string& breaker) {
    if (report.stopped) fmt::print("Emergency stop: {}\n", printable(report.stoppedBy));
    Table table({{"BREAKER"},
                 {"ACTION"},
                 {"MODE"},
                 {"NOW", Align::left, 40},
                 {"LAST", Align::left, 60},
                 {"EFFECT", Align::left, 120}});
    for (const domain::BreakerRecovery& one : report.breakers) {
        if (!breaker.empty() && one.breaker.value != breaker) continue;
        for (const domain::ActionStanding& action : one.actions) {
            const std::string now = action.running             ? "runs"
                                    : !action.proposal.empty() ? "proposed: " + action.proposal
                                    : action.lockedOut         ? "locked out"
                                    : action.whyNot.empty()    ? "ready"
                                                               : action.whyNot;
            table.add({one.breaker.value, std::string(toWord(action.action)), std::string(toWord(action.mode)), now,
                       lastText(action), action.effect});
        }
    }
    fmt::print("{}", table.isEmpty() ? "There are no recovery actions.\n" : table.text(lookOf(stdout)));
}

ExitCode patterns(sources::AgentClient& client, const ReportArguments& arguments) {
    const auto answer = ask(client, "/api/v1/patterns");
    if (!answer) return tell(answer.error());
    if (arguments.json) {
        fmt::print("{}\n", jsonText(*answer));
        return ExitCode::ok;
    }
    const auto report = readDocument(*answer, [](domain::JsonReader in) { return domain::readErrorReport(in); });
    if (!report) return tell(report.error());
    printPatterns(*report, arguments.breaker);
    return ExitCode::ok;
}

ExitCode actions(sources::AgentClient& client, const ReportArguments& arguments) {
    const auto answer = ask(client, "/api/v1/recovery");
    if (!answer) return tell(answer.error());
    if (arguments.json) {
        fmt::print("{}\n", jsonText(*answer));
        return ExitCode::ok;
    }
    const auto report = readDocument(*answer, [](domain::JsonReader in) { return domain::readRecoveryReport(in); });
    if (!report) return tell(report.error());
    printActions(*report, arguments.breaker);
    return ExitCode::ok;
}

ExitCode about(sources::AgentClient& client, const ReportArguments& arguments) {
    const auto found = sources::introduce(client);
    if (!found) return tell(failureOf(found.error()));
    const auto offset = std::chrono::duration_cast<base::Duration>(found->time - base::SteadyClock().wallNow());
    if (arguments.json) {
        const nlohmann::json json{{"agent", found->agent},
                                  {"version", found->version},
                                  {"api", found->api},
                                  {"boot", found->boot},
                                  {"role", found->role},
                                  {"actor", found->actor},
                                  {"lab", found->isLab},
                                  {"url", client.address().urlOf("")},
                                  {"clock_offset_ms", offset / std::chrono::milliseconds(1)}};
        fmt::print("{}\n", jsonText(json));
        return ExitCode::ok;
    }
    const auto line = [](const char* name, const std::string& value) {
        fmt::print("{:<9}{}\n", name, printable(value));
    };
    line("agent", found->agent + (found->isLab ? " (the lab)" : ""));
    line("url", client.address().urlOf(""));
    line("version", fmt::format("{}, API {}", found->version, found->api));
    line("you", fmt::format("{}, {}", found->actor, found->role));
    const base::Duration away = offset < base::Duration::zero() ? -offset : offset;
    line("clock", away < std::chrono::seconds(2)
                      ? "as here"
                      : spanText(away) + (offset < base::Duration::zero() ? " behind" : " ahead"));
    return ExitCode::ok;
}

using Report = ExitCode (*)(sources::AgentClient&, const ReportArguments&);

CLI::App* addReport(CLI::App& app, ExitCode& exit, Report report, const std::shared_ptr<ReportArguments>& arguments,
                    const char* name, const char* what) {
    CLI::App* command = app.add_subcommand(name, what);
    command->add_flag("--json", arguments->json, "all of it, as JSON");
    addConnectionOptions(*command, arguments->connection);
    command->callback([report, arguments, &exit] {
        const auto client = clientFor(arguments->connection);
        exit = client ? report(**client, *arguments) : tell(client.error());
    });
    return command;
}

}  // namespace

void addReportCommands(CLI::App& app, ExitCode& exit) {
    const auto first = std::make_shared<ReportArguments>();
    CLI::App* patternsCommand =
        addReport(app, exit, patterns, first, "patterns", "Which errors there are: patterns, worst first");
    patternsCommand->add_option("BREAKER", first->breaker, "of this breaker only");
    patternsCommand->footer("Examples:\n  fuseboxctl patterns\n  fuseboxctl patterns orders");

    const auto second = std::make_shared<ReportArguments>();
    CLI::App* actionsCommand = addReport(app, exit, actions, second, "actions",
                                         "Recovery actions: what can be run, what was done, did it help");
    actionsCommand->add_option("BREAKER", second->breaker, "of this breaker only");
    actionsCommand->footer(
        "Examples:\n  fuseboxctl actions\n  fuseboxctl action reset-connection orders --reason '...'");

    CLI::App* aboutCommand =
        addReport(app, exit, about, std::make_shared<ReportArguments>(), "about",
                  "Which agent this is, who you are to it, and what is wrong if it cannot be reached");
    aboutCommand->footer("Example:\n  fuseboxctl about --connect https://host:7420 --token-file token");
}

}  // namespace fusebox::ctl
