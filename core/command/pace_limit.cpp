#include <fusebox/command/pace_limit.h>

#include <fmt/format.h>

#include <chrono>
#include <iterator>

namespace fusebox::command {

namespace {

using domain::Command;
using domain::CommandKind;

bool isCounted(const Command& command) {
    return command.origin != domain::kRecoveryOrigin && command.kind != CommandKind::stopActions;
}

void dropOlder(std::deque<base::Time>& times, base::Time than) {
    while (!times.empty() && times.front() <= than) {
        times.pop_front();
    }
}

bool isFull(const std::deque<base::Time>& times, std::size_t limit) {
    return limit > 0 && times.size() >= limit;
}

long long secondsUntil(base::Time when, base::Time now) {
    return std::chrono::ceil<std::chrono::seconds>(when - now).count();
}

}  // namespace

std::optional<std::string> PaceLimit::objectionTo(const Command& command, base::Time now) {
    if (!isCounted(command)) {
        return std::nullopt;
    }
    if (m_given.size() >= kMostActors && !m_given.contains(command.actor)) {
        forgetQuiet(now);
        if (m_given.size() >= kMostActors) {
            return "Too many people give commands at once; try again.";
        }
    }
    Given& given = m_given[command.actor];
    forgetOld(given, now);
    if (isFull(given.all, m_limits.perMinute)) {
        return fmt::format("{} gave {} commands within a minute, which is the limit; try again in {} s.", command.actor,
                           given.all.size(), secondsUntil(given.all.front() + kSpan, now));
    }
    if (!command.group.empty() && isFull(given.groups, m_limits.groupsPerTenMinutes)) {
        return fmt::format("{} gave {} commands for groups within 10 minutes, which is the limit; try again in {} s.",
                           command.actor, given.groups.size(), secondsUntil(given.groups.front() + kGroupSpan, now));
    }
    given.all.push_back(now);
    if (!command.group.empty()) {
        given.groups.push_back(now);
    }
    return std::nullopt;
}

void PaceLimit::forgetOld(Given& given, base::Time now) const {
    dropOlder(given.all, now - kSpan);
    dropOlder(given.groups, now - kGroupSpan);
    // Without a limit they are not looked at.
    if (m_limits.perMinute == 0) given.all.clear();
    if (m_limits.groupsPerTenMinutes == 0) given.groups.clear();
}

void PaceLimit::forgetQuiet(base::Time now) {
    for (auto actor = m_given.begin(); actor != m_given.end();) {
        forgetOld(actor->second, now);
        const bool isQuiet = actor->second.all.empty() && actor->second.groups.empty();
        actor = isQuiet ? m_given.erase(actor) : std::next(actor);
    }
}

}  // namespace fusebox::command
