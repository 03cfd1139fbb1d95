#include <fusebox/server/command_desk.h>

#include <fusebox/command/hold_rules.h>
#include <fusebox/command/past_commands.h>
#include <fusebox/command/rights.h>
#include <fusebox/domain/command_json.h>

#include <fmt/format.h>

#include <utility>
#include <variant>
#include <vector>

namespace fusebox::server {

namespace {

using domain::CommandReport;
using domain::CommandStatus;

std::string jsonOf(const CommandReport& report) {
    std::string text;
    domain::appendJson(text, report);
    return text;
}

}  // namespace

CommandDesk::CommandDesk(const base::Clock& clock, command::Gate& gate, const Limits& limits)
    : m_clock(clock), m_gate(gate), m_limits(limits), m_clerk(limits.waitingCommands) {}

void CommandDesk::take(const std::shared_ptr<Exchange>& exchange) {
    const Request& request = exchange->request();
    base::Result<domain::Command> command = domain::readCommand(request.body);
    if (!command) {
        // Too deep or too many values: it is the command that has to change.
        base::Trouble trouble = command.error();
        trouble.code = base::TroubleCode::invalidInput;
        exchange->answer(errorReply(trouble));
        return;
    }
    // Whatever the command says of these: the token and the connection know better.
    command->actor = request.grant.actor;
    command->role = request.grant.role;
    command->origin = fmt::format("http {}:{}", request.peer, request.port);
    {
        base::Lock lock(m_mutex);
        if (m_closed || m_waiting.size() >= m_limits.waitingCommands) {
            exchange->answer(errorReply(503));
            return;
        }
        m_waiting.emplace(command->id, Waiting{exchange, *command, m_clock.now() + m_limits.commandTime});
    }
    // The clerk's queue has a place for each that may wait, unless it stands still.
    if (!m_clerk.run([this, submitted = *command] { m_gate.submit(submitted); })) {
        forget(*exchange);
        exchange->answer(errorReply(503));
    }
}

void CommandDesk::note(const domain::Frame& frame) {
    std::vector<std::pair<std::shared_ptr<Exchange>, const CommandReport*>> settled;
    {
        base::Lock lock(m_mutex);
        if (m_waiting.empty()) return;
        for (const domain::Event& event : frame.events) {
            const auto* report = std::get_if<CommandReport>(&event.body);
            if (report == nullptr || report->status == CommandStatus::pending) continue;
            const auto [begin, end] = m_waiting.equal_range(report->command.id);
            for (auto it = begin; it != end;) {
                if (!isAbout(*report, it->second.command)) {
                    ++it;
                    continue;
                }
                settled.emplace_back(it->second.exchange, report);
                it = m_waiting.erase(it);
            }
        }
    }
    for (const auto& [exchange, report] : settled) exchange->answer(replyFor(*report));
}

void CommandDesk::look() {
    std::vector<Waiting> late;
    {
        base::Lock lock(m_mutex);
        const base::Time now = m_clock.now();
        std::erase_if(m_waiting, [&](auto& entry) {
            if (now < entry.second.until) return false;
            late.push_back(std::move(entry.second));
            return true;
        });
    }
    for (const Waiting& waiting : late) waiting.exchange->answer(lateReplyFor(waiting.command));
}

void CommandDesk::stop() {
    std::unordered_multimap<domain::CommandId, Waiting> left;
    {
        base::Lock lock(m_mutex);
        m_closed = true;
        left.swap(m_waiting);
    }
    m_clerk.stop();
    for (const auto& [id, waiting] : left) waiting.exchange->answer(lateReplyFor(waiting.command));
}

void CommandDesk::forget(const Exchange& exchange) {
    base::Lock lock(m_mutex);
    std::erase_if(m_waiting, [&](const auto& entry) { return entry.second.exchange.get() == &exchange; });
}

/// A report on the very request, or on one that the gate takes for the same.
bool CommandDesk::isAbout(const CommandReport& report, const domain::Command& command) {
    if (report.command.origin == command.origin) return true;
    command::PastCommands one(1);
    (void)one.enter(report.command);
    return one.enter(command::completed(command)) != command::PastCommands::Standing::other;
}

Reply CommandDesk::replyFor(const CommandReport& report) {
    if (report.status != CommandStatus::refused) return jsonReply(jsonOf(report));
    const bool mayNot = command::isRefusedForRole(report);
    std::string body;
    {
        domain::JsonWriter out(body);
        out.raw("{\"error\":{\"code\":").word(mayNot ? "forbidden" : "refused");
        out.raw(",\"what\":").text(report.message).raw("},\"report\":");
        domain::writeJson(out, report);
        out.raw("}");
    }
    return jsonReply(std::move(body), mayNot ? 403 : 409);
}

/// What is known of it without the event: its answer, if it was settled meanwhile, or that it waits.
Reply CommandDesk::lateReplyFor(const domain::Command& command) const {
    const std::optional<CommandReport> known = m_gate.reportOf(command.id);
    if (known && !isAbout(*known, command))
        return errorReply(409, "refused", "Its id was used by a different command.");
    if (known && known->status != CommandStatus::pending) return replyFor(*known);
    CommandReport pending;
    pending.command = command;
    return jsonReply(jsonOf(pending), 202);
}

Reply CommandDesk::reportOf(const domain::CommandId& id) const {
    const std::optional<CommandReport> report = m_gate.reportOf(id);
    return report ? jsonReply(jsonOf(*report)) : errorReply(404);
}

std::size_t CommandDesk::waiting() const {
    base::Lock lock(m_mutex);
    return m_waiting.size();
}

}  // namespace fusebox::server
