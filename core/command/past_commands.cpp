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
    return at->second.status == domain::CommandStatus::pending ? Standing::waiting : Standing::answered;
}

void PastCommands::withdraw(const domain::CommandId& id) {
    m_reports.erase(id);
}

void PastCommands::answer(const domain::CommandReport& report) {
    m_reports[report.command.id] = report;
    m_answered.push_back(report.command.id);
    while (m_answered.size() > m_limit) {
        m_reports.erase(m_answered.front());
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
