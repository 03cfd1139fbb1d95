#include <fusebox/command/rights.h>

#include <fmt/format.h>

namespace fusebox::command {

namespace {

using domain::CommandKind;
using domain::HoldMode;
using domain::Role;

Role neededForHold(HoldMode mode, const Rights& rights) {
    switch (mode) {
        case HoldMode::forceOpen:
        case HoldMode::metricsOnly:
            return Role::operatorRole;
        case HoldMode::forceClosed:
            return rights.forceClosed;
        case HoldMode::disabled:
            return Role::admin;  // all calls pass, and nobody sees how they end
    }
    return Role::admin;
}

std::string nameOf(const domain::Command& command) {
    return command.kind == CommandKind::hold ? fmt::format("{} {}", toWord(command.kind), toWord(command.holdMode))
                                             : std::string(toWord(command.kind));
}

}  // namespace

Role neededFor(const domain::Command& command, const Rights& rights) {
    switch (command.kind) {
        case CommandKind::trip:
        case CommandKind::reset:
        case CommandKind::release:
        case CommandKind::probe:
        case CommandKind::action:
        case CommandKind::stopActions:
            return Role::operatorRole;
        case CommandKind::hold:
            return neededForHold(command.holdMode, rights);
        case CommandKind::configure:
        case CommandKind::shadow:
        case CommandKind::actionMode:
        case CommandKind::resumeActions:  // whoever pulled the emergency stop has seen harm
        case CommandKind::strategy:
            return Role::admin;
    }
    return Role::admin;
}

std::optional<std::string> objectionByRole(const domain::Command& command, const Rights& rights) {
    const Role needed = neededFor(command, rights);
    if (command.role >= needed) {
        return std::nullopt;
    }
    return nameOf(command) + " " + roleSentence(needed, command.role);
}

std::string roleSentence(Role needed, Role given) {
    return fmt::format("needs the role {}; yours is {}.", toWord(needed), toWord(given));
}

bool isRefusedForRole(const domain::CommandReport& report) {
    const Role given = report.command.role;
    const auto isNeeded = [&](Role needed) {
        return given < needed && report.message.find(roleSentence(needed, given)) != std::string::npos;
    };
    return report.status == domain::CommandStatus::refused && (isNeeded(Role::operatorRole) || isNeeded(Role::admin));
}

}  // namespace fusebox::command
