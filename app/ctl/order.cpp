#include <fusebox/ctl/order.h>

#include <fusebox/base/clock.h>
#include <fusebox/base/text.h>
#include <fusebox/config/nearest.h>
#include <fusebox/config/token_file.h>
#include <fusebox/ctl/answers.h>
#include <fusebox/ctl/command_sender.h>
#include <fusebox/ctl/printable.h>
#include <fusebox/ctl/terminal.h>
#include <fusebox/ctl/words.h>
#include <fusebox/domain/command_json.h>

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstdio>

namespace fusebox::ctl {

namespace {

using domain::Command;
using domain::CommandKind;
using domain::CommandReport;
using domain::CommandStatus;

/// So many breakers at once are worth a second thought.
constexpr std::size_t kManyBreakers = 10;

/// "restart-service" -> "RESTART_SERVICE"
std::string wordOf(std::string typed) {
    for (char& c : typed) c = c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return typed;
}

bool isForAll(CommandKind kind) {
    return kind == CommandKind::stopActions || kind == CommandKind::resumeActions;
}

Attempt<std::string> reasonFor(const OrderArguments& arguments, CommandKind kind) {
    if (!base::isBlank(arguments.reason)) return arguments.reason;
    if (!canAsk()) return failed(ExitCode::badInput, "--reason is needed: say why");
    const auto given = ask(fmt::format("Why {}? Reason:", toWord(kind)));
    if (!given || base::isBlank(*given)) return failed(ExitCode::badInput, "without a reason nothing is done");
    return *given;
}

std::size_t sizeOfGroup(sources::AgentClient& client, const std::string& group) {
    const auto answer = ask(client, "/api/v1/breakers");
    const auto breakers = answer ? readBreakers(*answer) : Attempt<std::vector<domain::Snapshot>>();
    if (!breakers) return 0;
    return static_cast<std::size_t>(std::count_if(breakers->begin(), breakers->end(), [&](const domain::Snapshot& one) {
        return one.identity && one.identity->group == group;
    }));
}

/// Where a person sits and many breakers are meant.
bool isConfirmed(sources::AgentClient& client, const OrderArguments& arguments, CommandKind kind) {
    if (arguments.yes || !canAsk()) return true;
    const std::size_t count =
        arguments.group.empty() ? arguments.breakers.size() : sizeOfGroup(client, arguments.group);
    if (count <= kManyBreakers) return true;
    const auto answer = ask(fmt::format("{} {} breakers? Type yes:", toWord(kind), count));
    return answer && (*answer == "yes" || *answer == "y");
}

std::string aimOf(const Command& command) {
    if (!command.group.empty()) return "group " + command.group;
    return command.breaker.value.empty() ? "all breakers" : command.breaker.value;
}

/// "; do you mean 'orders'?" where the agent has a breaker of nearly that name.
std::string perhapsMeant(sources::AgentClient& client, const std::string& name) {
    const auto answer = ask(client, "/api/v1/breakers");
    const auto breakers = answer ? readBreakers(*answer) : Attempt<std::vector<domain::Snapshot>>();
    if (!breakers) return "";
    std::vector<std::string_view> names;
    for (const domain::Snapshot& one : *breakers) {
        if (one.identity) names.emplace_back(one.identity->id.value);
    }
    if (std::find(names.begin(), names.end(), name) != names.end()) return "";
    const auto meant = config::nearest(name, names);
    return meant ? fmt::format(" Do you mean '{}'?", *meant) : "";
}

void print(const CommandReport& report, const std::string& remark, bool json) {
    if (json) {
        std::string text;
        domain::appendJson(text, report);
        fmt::print("{}\n", jsonText(nlohmann::json::parse(text, nullptr, false)));
        return;
    }
    std::string line = fmt::format("{}: {}", aimOf(report.command), toWord(report.status));
    if (report.before && report.after) {
        line += fmt::format(", {} -> {}", toWord(*report.before), toWord(*report.after));
    }
    if (!report.message.empty()) line += ": " + report.message;
    const bool isGood = report.status == CommandStatus::applied;
    const Look look = lookOf(isGood ? stdout : stderr);
    fmt::print(isGood ? stdout : stderr, "{}\n",
               painted(printable(line + remark), isGood ? Colour::green : Colour::red, look));
}

std::vector<Command> commandsOf(Command draft, const OrderArguments& arguments, const std::string& id) {
    draft.id = domain::CommandId(id);
    if (arguments.breakers.empty()) return {draft};
    std::vector<Command> commands;
    for (const std::string& breaker : arguments.breakers) {
        Command one = draft;
        one.breaker = domain::BreakerId(breaker);
        if (arguments.breakers.size() > 1) one.id = domain::CommandId(fmt::format("{}.{}", id, commands.size() + 1));
        commands.push_back(std::move(one));
    }
    return commands;
}

/// Unknown weighs most, since somebody must look.
ExitCode worseOf(ExitCode a, ExitCode b) {
    return static_cast<int>(a) >= static_cast<int>(b) ? a : b;
}

ExitCode sendAll(sources::AgentClient& client, const std::vector<Command>& commands, base::Duration patience,
                 bool json) {
    const base::SteadyClock clock;
    CommandSender sender(client, clock, patience);
    ExitCode worst = ExitCode::ok;
    for (const Command& command : commands) {
        const auto settled = sender.send(command);
        if (!settled) {
            // What kept this one out keeps the others out too, but for trouble with its own name.
            worst = worseOf(worst, tell({settled.error().code, aimOf(command) + ": " + settled.error().text}));
            if (settled.error().code == ExitCode::noConnection || settled.error().code == ExitCode::notAllowed) break;
            continue;
        }
        const bool isRefused = settled->report.status == CommandStatus::refused && !command.breaker.value.empty();
        print(settled->report, isRefused ? perhapsMeant(client, command.breaker.value) : "", json);
        worst = worseOf(worst, settled->code);
    }
    return worst;
}

/// Nobody has to find out by a second trip or hold what became of the first.
void tellHowToSendAgain(const std::string& id) {
    std::fflush(stdout);
    fmt::print(stderr,
               "fuseboxctl: to send it again without doing it twice, give the same command with the same reason and "
               "--id {}: what was carried out is only answered again\n",
               printable(id));
}

Attempt<void> checkAim(CommandKind kind, const OrderArguments& arguments) {
    if (!isForAll(kind) && arguments.breakers.empty() == arguments.group.empty()) {
        return failed(ExitCode::badInput, "name breakers, or a group by --group NAME: one of the two");
    }
    if (arguments.hold && arguments.breakers.size() != 1) {
        return failed(ExitCode::badInput, "--hold is the number of a hold of one breaker");
    }
    return {};
}

}  // namespace

Attempt<Command> draftOf(CommandKind kind, const OrderArguments& arguments) {
    Command command;
    command.kind = kind;
    command.actor = "fuseboxctl";  // the agent puts the token's owner in its place
    command.group = arguments.group;
    command.seenRevision = arguments.revision;
    if (arguments.hold) command.hold = domain::HoldId(*arguments.hold);
    if (kind == CommandKind::hold) {
        const auto mode = domain::holdModeFromWord(wordOf(arguments.mode));
        if (!mode) {
            return failed(ExitCode::badInput, "--mode: allowed are force-open, force-closed, metrics-only, disabled");
        }
        command.holdMode = *mode;
    }
    if (!arguments.duration.empty()) {
        command.duration = spanFrom(arguments.duration);
        if (!command.duration) {
            return failed(ExitCode::badInput, "--for: a span with its unit is needed, such as 90s, 30m or 2h");
        }
    }
    if (kind == CommandKind::action) {
        const auto action = domain::recoveryActionFromWord(wordOf(arguments.action));
        if (!action || *action == domain::RecoveryAction::none) {
            return failed(ExitCode::badInput,
                          "ACTION: allowed are restart-service, clear-cache, reset-connection, switch-endpoint, "
                          "reduce-load, alert-admin");
        }
        command.action = *action;
    }
    return command;
}

ExitCode carryOut(CommandKind kind, OrderArguments arguments) {
    if (const auto aim = checkAim(kind, arguments); !aim) return tell(aim.error());
    auto draft = draftOf(kind, arguments);
    if (!draft) return tell(draft.error());
    const auto patience = spanFrom(arguments.patience);
    if (!patience) return tell({ExitCode::badInput, "--wait: a span with its unit is needed, such as 30s"});
    const auto client = clientFor(arguments.connection);
    if (!client) return tell(client.error());
    if (!isForAll(kind) && !isConfirmed(**client, arguments, kind)) {
        return tell({ExitCode::negative, "nothing was done"});
    }
    const auto reason = reasonFor(arguments, kind);
    if (!reason) return tell(reason.error());
    draft->reason = *reason;
    const auto id = arguments.id.empty() ? config::freshToken() : base::Result<std::string>(arguments.id);
    if (!id) return tell({ExitCode::badInput, id.error().text()});
    const ExitCode exit = sendAll(**client, commandsOf(std::move(*draft), arguments, *id), *patience, arguments.json);
    if (exit == ExitCode::unknown) tellHowToSendAgain(*id);
    return exit;
}

}  // namespace fusebox::ctl
