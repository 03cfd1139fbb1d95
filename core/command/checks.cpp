#include <fusebox/command/checks.h>

#include <fusebox/base/text.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace fusebox::command {

namespace {

using domain::Command;
using domain::CommandKind;
using Objection = std::optional<std::string>;

Objection idIsSound(const Command& command) {
    const std::string& id = command.id.value;
    const bool plain = std::all_of(id.begin(), id.end(), [](char c) { return c > 0x20 && c < 0x7f; });
    if (id.empty() || id.size() > kLongestId || !plain) {
        return fmt::format("A command needs an id of 1 to {} visible ASCII characters.", kLongestId);
    }
    return std::nullopt;
}

Objection actorIsNamed(const Command& command) {
    const auto characters = base::decodeUtf8(command.actor);
    const bool fits = characters && characters->size() <= kLongestActor;
    if (!fits || base::isBlank(command.actor) || base::hasControl(command.actor)) {
        return fmt::format("A command needs to say who gives it: 1 to {} printable characters.", kLongestActor);
    }
    return std::nullopt;
}

/// One line of at most so many printable characters.
bool isLine(const std::string& text, std::size_t longest) {
    const auto characters = base::decodeUtf8(text);
    return characters && characters->size() <= longest && !base::hasControl(text);
}

Objection originIsBounded(const Command& command) {
    return isLine(command.origin, kLongestOrigin)
               ? Objection()
               : fmt::format("Where a command comes from is said in up to {} printable characters.", kLongestOrigin);
}

Objection reasonIsText(const std::string& reason) {
    const auto characters = base::decodeUtf8(reason);
    if (!characters) {
        return "The reason is not valid UTF-8 text.";
    }
    if (base::isBlank(reason)) {
        return "A command needs a reason.";
    }
    if (characters->size() > kLongestReason) {
        return fmt::format("The reason has {} characters; at most {} are allowed.", characters->size(), kLongestReason);
    }
    const auto steers = [](char32_t c) { return c != U'\n' && c != U'\t' && base::isControl(c); };
    if (std::any_of(characters->begin(), characters->end(), steers)) {
        return "The reason holds control characters.";
    }
    return std::nullopt;
}

Objection reasonTells(const std::string& reason) {
    std::u32string told = base::decodeUtf8(reason).value_or(std::u32string());
    const auto isSeen = [](char32_t c) { return !base::isBlank(c); };
    told.erase(std::find_if(told.rbegin(), told.rend(), isSeen).base(), told.end());
    told.erase(told.begin(), std::find_if(told.begin(), told.end(), isSeen));
    if (told.size() < kShortestReason) {
        return fmt::format("The reason has {} {}; others need at least {} to understand it.", told.size(),
                           told.size() == 1 ? "character" : "characters", kShortestReason);
    }
    if (std::set<char32_t>(told.begin(), told.end()).size() < kFewestKinds) {
        return "The reason says nothing; write what others should know.";
    }
    return std::nullopt;
}

Objection reasonIsGiven(const Command& command) {
    return command.origin == domain::kRecoveryOrigin ? reasonIsText(command.reason) : objectionToReason(command.reason);
}

Objection durationIsSensible(const Command& command) {
    if (!command.duration) {
        return std::nullopt;
    }
    if (command.kind != CommandKind::hold && command.kind != CommandKind::trip) {
        return fmt::format("A {} takes no duration.", toWord(command.kind));
    }
    if (*command.duration < kShortestDuration || *command.duration > kLongestDuration) {
        return fmt::format("A {} lasts from 100 ms to 24 hours.", toWord(command.kind));
    }
    return std::nullopt;
}

Objection aimIsOne(const Command& command) {
    if (isForAll(command.kind)) {
        return command.group.empty() && command.breaker.value.empty()
                   ? Objection()
                   : fmt::format("A {} is for all breakers; it names none.", toWord(command.kind));
    }
    if (command.group.empty() == command.breaker.value.empty()) {
        return "A command is for a breaker or for a group: one of the two.";
    }
    if (!isLine(command.group, kLongestGroup)) {
        return fmt::format("A group's name has up to {} printable characters.", kLongestGroup);
    }
    if (!command.group.empty() && command.hold) {
        return "A hold's number belongs to one breaker; in a group all holds of the actor are released.";
    }
    return std::nullopt;
}

Objection optionsFit(const Command& command) {
    const bool takes = command.kind == CommandKind::configure || command.kind == CommandKind::shadow;
    if (!takes && !command.options.empty()) {
        return fmt::format("A {} takes no options.", toWord(command.kind));
    }
    if (command.kind == CommandKind::configure && command.options.empty()) {
        return "A configure needs at least one option to change.";
    }
    if (command.options.size() > kMostOptions) {
        return fmt::format("{} options are given; at most {} are allowed.", command.options.size(), kMostOptions);
    }
    for (const auto& [option, value] : command.options) {
        if (option.empty() || !isLine(option, kLongestOption) || !isLine(value, kLongestOption)) {
            return fmt::format("Options and their values have up to {} printable characters.", kLongestOption);
        }
    }
    return std::nullopt;
}

Objection actionIsNamed(const Command& command) {
    const bool needs = command.kind == CommandKind::action || command.kind == CommandKind::actionMode;
    if (needs && command.action == domain::RecoveryAction::none) {
        return fmt::format("A command of kind {} needs to name the action.", toWord(command.kind));
    }
    return std::nullopt;
}

constexpr std::array kChecks{idIsSound, actorIsNamed, originIsBounded,    reasonIsGiven,
                             aimIsOne,  optionsFit,   durationIsSensible, actionIsNamed};

}  // namespace

bool isForAll(CommandKind kind) {
    return kind == CommandKind::stopActions || kind == CommandKind::resumeActions;
}

std::optional<std::string> objectionToReason(const std::string& reason) {
    Objection objection = reasonIsText(reason);
    return objection ? objection : reasonTells(reason);
}

std::optional<std::string> objectionTo(const Command& command) {
    for (const auto check : kChecks) {
        if (Objection objection = check(command)) {
            return objection;
        }
    }
    return std::nullopt;
}

}  // namespace fusebox::command
