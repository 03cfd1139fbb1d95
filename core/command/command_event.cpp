#include <fusebox/command/command_event.h>

#include <fusebox/command/checks.h>

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace fusebox::command {

namespace {

constexpr std::size_t kBriefText = 300;

using domain::Command;
using domain::CommandReport;
using domain::CommandStatus;

domain::Level levelOf(CommandStatus status) {
    switch (status) {
        case CommandStatus::pending:
        case CommandStatus::applied:
            return domain::Level::info;
        case CommandStatus::refused:
            return domain::Level::warning;
        case CommandStatus::failed:
        case CommandStatus::unknown:
            break;
    }
    return domain::Level::error;
}

}  // namespace

CommandReport reportOn(const Command& command, CommandStatus status, std::string message) {
    CommandReport report;
    report.command = command;
    report.status = status;
    report.message = std::move(message);
    return report;
}

CommandReport notSentAgain(const Command& command, const std::string& why) {
    return reportOn(command, CommandStatus::unknown,
                    fmt::format("It was not sent again: {} What became of it is still not known.", why));
}

Command bounded(Command command) {
    command.options.resize(std::min(command.options.size(), kMostOptions));
    std::vector<std::string*> texts{&command.id.value, &command.breaker.value, &command.group,
                                    &command.actor,    &command.origin,        &command.reason};
    for (auto& [option, value] : command.options) {
        texts.insert(texts.end(), {&option, &value});
    }
    for (std::string* text : texts) {
        text->resize(std::min(text->size(), 4 * kLongestReason));
    }
    return command;
}

Command brief(const Command& command) {
    Command rest;
    rest.id = command.id;
    rest.kind = command.kind;
    rest.breaker = command.breaker;
    rest.group = command.group;
    rest.actor = command.actor;
    rest.role = command.role;
    rest.origin = command.origin;
    for (std::string* text : {&rest.id.value, &rest.breaker.value, &rest.group, &rest.actor, &rest.origin}) {
        text->resize(std::min(text->size(), kBriefText));
    }
    return rest;
}

std::string aimOf(const Command& command) {
    return command.group.empty() ? command.breaker.value : "group " + command.group;
}

domain::Event eventOf(const CommandReport& report, base::WallTime at) {
    domain::Event event;
    event.kind = domain::EventKind::command;
    event.level = levelOf(report.status);
    event.at = at;
    event.breaker = report.command.breaker;
    event.actor = report.command.actor;
    const std::string aim = report.command.group.empty() ? std::string() : " of " + aimOf(report.command);
    event.text = fmt::format("{}{} {}", toWord(report.command.kind), aim, toWord(report.status));
    if (!report.message.empty()) {
        event.text += ": " + report.message;
    }
    event.body = report;
    return event;
}

}  // namespace fusebox::command
