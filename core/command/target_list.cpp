#include <fusebox/command/target_list.h>

#include <fusebox/base/log.h>
#include <fusebox/command/checks.h>
#include <fusebox/command/command_event.h>

#include <algorithm>
#include <exception>
#include <iterator>
#include <string>
#include <utility>

namespace fusebox::command {

namespace {

using domain::Command;
using domain::CommandKind;
using domain::CommandReport;
using domain::CommandStatus;

CommandReport applyAt(Target& target, const Command& command) {
    std::string thrown;
    try {
        CommandReport report = target.apply(command);
        report.command = command;
        if (report.status == CommandStatus::pending) {
            report.status = CommandStatus::unknown;
        }
        return report;
    } catch (const std::exception& trouble) {
        thrown = trouble.what();
    } catch (...) {
        thrown = "an exception of unknown type";
    }
    base::logger("gate")->error("{} of '{}' failed inside the program: {}", toWord(command.kind),
                                base::logText(aimOf(command)), base::logText(thrown));
    return reportOn(command, CommandStatus::failed, "It failed inside the program: " + base::logText(thrown));
}

/// How much one answer says when several sources have answered.
int weightOf(CommandStatus status) {
    switch (status) {
        case CommandStatus::applied:
            return 3;
        case CommandStatus::unknown:
        case CommandStatus::pending:
            return 2;
        case CommandStatus::failed:
            return 1;
        case CommandStatus::refused:
            return 0;
    }
    return 0;
}

/// A group may have breakers of several sources; what is applied at one of them is applied.
CommandReport applyAtAll(const Targets& targets, const Command& command) {
    CommandReport sum = applyAt(*targets.front(), command);
    for (std::size_t i = 1; i < targets.size(); ++i) {
        const CommandReport next = applyAt(*targets[i], command);
        sum.status = weightOf(next.status) > weightOf(sum.status) ? next.status : sum.status;
        sum.message += "; at another source: " + next.message;
    }
    return sum;
}

/// Nobody of those who take such commands has what it aims at.
std::string nobodyHas(const Command& command) {
    if (isForAll(command.kind)) {
        return "There are no recovery actions.";
    }
    if (!command.group.empty()) {
        return "No breaker is in this group.";
    }
    const bool isAction = command.kind == CommandKind::action || command.kind == CommandKind::actionMode;
    return isAction ? "This breaker has no recovery actions." : "No breaker has this name.";
}

bool isForOne(const Command& command) {
    return command.group.empty() && !isForAll(command.kind);
}

Targets ownersOf(const Targets& targets, const Command& command) {
    Targets owners;
    std::copy_if(targets.begin(), targets.end(), std::back_inserter(owners), [&](const auto& target) {
        if (!target->takes(command.kind)) return false;
        if (isForAll(command.kind)) return true;
        return isForOne(command) ? target->owns(command.breaker) : target->ownsGroup(command.group);
    });
    return owners;
}

/// Why these cannot carry it out, in a sentence; empty: they can.
std::string objectionTo(const Targets& owners, const Command& command) {
    if (owners.empty()) return nobodyHas(command);
    const bool isPlain = owners.size() == 1 || !isForOne(command);
    return isPlain ? std::string() : "More than one source has a breaker of this name.";
}

}  // namespace

CommandReport carryOut(const Targets& targets, const Command& command) {
    const Targets owners = ownersOf(targets, command);
    std::string objection = objectionTo(owners, command);
    if (!objection.empty()) {
        return reportOn(command, CommandStatus::refused, std::move(objection));
    }
    return applyAtAll(owners, command);
}

CommandReport carryOutAgain(const Targets& targets, const Command& command) {
    Targets owners = ownersOf(targets, command);
    if (const std::string objection = objectionTo(owners, command); !objection.empty()) {
        return notSentAgain(command, objection);
    }
    std::erase_if(owners, [](const auto& target) { return !target->knowsIds(); });
    if (owners.empty()) {
        return notSentAgain(command, "Whoever carries it out might do it twice.");
    }
    CommandReport report = applyAtAll(owners, command);
    report.message = "sent again: " + report.message;
    return report;
}

std::optional<std::uint64_t> noteChange(const Targets& targets, const domain::BreakerId& breaker) {
    std::optional<std::uint64_t> revision;
    for (const auto& target : targets) {
        target->noteChange(breaker);
        revision = revision ? revision : target->revisionOf(breaker);
    }
    return revision;
}

std::vector<domain::BreakerId> meantBy(const Command& command, const Targets& targets) {
    if (command.group.empty()) {
        return command.breaker.value.empty() ? std::vector<domain::BreakerId>() : std::vector{command.breaker};
    }
    return membersOf(command.group, targets);
}

std::optional<Target::Held> heldOf(const domain::BreakerId& breaker, const Targets& targets) {
    for (const auto& target : targets) {
        if (auto held = target->heldOf(breaker)) return held;
    }
    return std::nullopt;
}

std::vector<domain::BreakerId> membersOf(const std::string& group, const Targets& targets) {
    std::vector<domain::BreakerId> all;
    for (const auto& target : targets) {
        const std::vector<domain::BreakerId> members = target->membersOf(group);
        all.insert(all.end(), members.begin(), members.end());
    }
    return all;
}

}  // namespace fusebox::command
