#include <fusebox/sources/sent_commands.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace fusebox::sources {

namespace {

using domain::CommandReport;
using domain::CommandStatus;

/// A command that is still under way is not sure to be lost before this.
constexpr base::Duration kMayBeOnItsWay = std::chrono::seconds(15);

bool isSettled(CommandStatus status) {
    return status != CommandStatus::pending && status != CommandStatus::unknown;
}

}  // namespace

SentCommands::Sent* SentCommands::find(const domain::CommandId& id) {
    const auto found =
        std::find_if(m_sent.begin(), m_sent.end(), [&](const Sent& sent) { return sent.command.id == id; });
    return found == m_sent.end() ? nullptr : &*found;
}

const SentCommands::Sent* SentCommands::find(const domain::CommandId& id) const {
    const auto found =
        std::find_if(m_sent.begin(), m_sent.end(), [&](const Sent& sent) { return sent.command.id == id; });
    return found == m_sent.end() ? nullptr : &*found;
}

std::optional<CommandReport> SentCommands::endOf(const domain::CommandId& id) const {
    const Sent* sent = find(id);
    return sent != nullptr && sent->step == Step::settled ? sent->told : std::nullopt;
}

bool SentCommands::isUnknown(const domain::CommandId& id) const {
    const Sent* sent = find(id);
    return sent != nullptr && sent->step == Step::unknown;
}

/// The oldest whose end is known, else the oldest.
void SentCommands::forgetOne() {
    const auto settled =
        std::find_if(m_sent.rbegin(), m_sent.rend(), [](const Sent& sent) { return sent.step == Step::settled; });
    m_sent.erase(settled == m_sent.rend() ? std::prev(m_sent.end()) : std::prev(settled.base()));
}

void SentCommands::sent(const domain::Command& command, base::Time now) {
    std::erase_if(m_sent, [&](const Sent& known) { return known.command.id == command.id; });
    m_sent.push_front(Sent{command, Step::underWay, std::nullopt, now, now});
    if (m_sent.size() > kRemembered) forgetOne();
}

CommandReport SentCommands::answered(CommandReport report) {
    Sent* sent = find(report.command.id);
    if (sent == nullptr) return report;
    if (!isSettled(report.status) && sent->told) report = *sent->told;
    sent->told.reset();
    sent->step = isSettled(report.status) ? Step::settled : Step::unknown;
    sent->askAt = sent->at + kAskEach;
    return report;
}

bool SentCommands::isNews(const CommandReport& report) {
    Sent* sent = find(report.command.id);
    if (sent == nullptr) return true;  // somebody else's
    if (!isSettled(report.status) || sent->step == Step::settled) return false;
    sent->told = report;
    if (sent->step == Step::underWay) return false;
    sent->step = Step::settled;
    return true;
}

std::optional<domain::CommandId> SentCommands::nextQuestion(base::Time now) {
    for (Sent& sent : m_sent) {
        if (sent.step != Step::unknown || now < sent.askAt || now - sent.at > kGiveUpAfter) continue;
        sent.askAt = now + kAskEach;
        return sent.command.id;
    }
    return std::nullopt;
}

std::optional<CommandReport> SentCommands::learned(const CommandReport& report) {
    Sent* sent = find(report.command.id);
    if (sent == nullptr || sent->step != Step::unknown || !isSettled(report.status)) return std::nullopt;
    sent->step = Step::settled;
    sent->told = report;
    return report;
}

std::optional<CommandReport> SentCommands::notKnown(const domain::CommandId& id, base::Time now) {
    Sent* sent = find(id);
    if (sent == nullptr || sent->step != Step::unknown || now - sent->at < kMayBeOnItsWay) return std::nullopt;
    sent->step = Step::settled;
    CommandReport report;
    report.command = sent->command;
    report.status = CommandStatus::failed;
    report.message = "The agent does not know of it: it never came there, or the agent was started anew since.";
    sent->told = report;
    return report;
}

}  // namespace fusebox::sources
