#include <fusebox/command/past_commands.h>

#include <tuple>

namespace fusebox::command {

namespace {

auto contentOf(const domain::Command& c) {
    return std::tie(c.kind, c.breaker, c.group, c.actor, c.reason, c.holdMode, c.duration, c.hold, c.options,
                    c.seenRevision, c.action, c.mode, c.category, c.strategy);
}

}  // namespace

PastCommands::Standing PastCommands::enter(const domain::Command& command) {
    const auto [at, isNew] = m_reports.try_emplace(command.id);
    if (isNew) {
        at->second.command = command;
        return Standing::fresh;
    }
    if (contentOf(at->second.command) != contentOf(command)) {
        return Standing::other;
    }
    if (at->second.status == domain::CommandStatus::pending || m_again.contains(command.id)) {
        return Standing::waiting;
    }
    return at->second.status == domain::CommandStatus::unknown ? Standing::unknown : Standing::answered;
}

void PastCommands::sendAgain(const domain::CommandId& id) {
    m_again.insert(id);
}

void PastCommands::withdraw(const domain::CommandId& id) {
    m_reports.erase(id);
}

void PastCommands::answer(const domain::CommandReport& report) {
    m_reports[report.command.id] = report;
    if (m_again.erase(report.command.id) > 0) {
        return;  // it has its place among the answered ones
    }
    m_answered.push_back(report.command.id);
    while (m_answered.size() > m_limit) {
        m_reports.erase(m_answered.front());
        m_again.erase(m_answered.front());
        m_answered.pop_front();
    }
}

std::optional<domain::CommandReport> PastCommands::reportOf(const domain::CommandId& id) const {
    const auto found = m_reports.find(id);
    if (found == m_reports.end() || found->second.status == domain::CommandStatus::pending) {
        return std::nullopt;
    }
    return found->second;
}

}  // namespace fusebox::command
