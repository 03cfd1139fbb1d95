#include <fusebox/ctl/command_sender.h>

#include <fusebox/command/rights.h>
#include <fusebox/domain/command_json.h>
#include <fusebox/domain/json_document.h>
#include <fusebox/domain/read_event.h>

#include <chrono>
#include <thread>

namespace fusebox::ctl {

namespace {

using domain::CommandReport;
using domain::CommandStatus;

constexpr std::chrono::milliseconds kBetweenQuestions{500};

/// From a newer agent too: what this program does not know of it is passed over.
std::optional<CommandReport> readReportOf(const std::string& body, const char* member) {
    const auto json = domain::parseJson(body);
    if (!json || !json->is_object()) return std::nullopt;
    const auto found = member == nullptr ? json->end() : json->find(member);
    if (member != nullptr && found == json->end()) return std::nullopt;
    domain::ReadTrouble trouble;
    auto report = domain::readCommandReport(domain::JsonReader(member == nullptr ? *json : *found, "", trouble));
    return trouble.first() ? std::nullopt : report;
}

/// The connection was there, so the command may have arrived although its answer did not.
bool mayHaveArrived(const sources::AgentTrouble& trouble) {
    using sources::AgentStep;
    return trouble.status == 0 && (trouble.step == AgentStep::http || trouble.step == AgentStep::stream);
}

Settled settled(CommandReport report, int status) {
    ExitCode code = ExitCode::negative;
    if (report.status == CommandStatus::applied) code = ExitCode::ok;
    if (report.status == CommandStatus::unknown || report.status == CommandStatus::pending) code = ExitCode::unknown;
    if (status == 403 || command::isRefusedForRole(report)) code = ExitCode::notAllowed;
    return {std::move(report), code};
}

}  // namespace

Attempt<Settled> CommandSender::send(const domain::Command& command) {
    std::string body;
    domain::appendJson(body, command);
    const auto answer = m_client.request("POST", "/api/v1/commands", body);
    if (!answer) {
        if (!mayHaveArrived(answer.error())) return failed(answer.error());
        return findOut(command, answer.error().text());
    }
    if (answer->isGood()) {
        auto report = readReportOf(answer->body, nullptr);
        if (!report) return findOut(command, "its answer cannot be read");
        if (answer->status == 202 || report->status == CommandStatus::pending) return findOut(command, "");
        return settled(std::move(*report), answer->status);
    }
    if (auto report = readReportOf(answer->body, "report")) return settled(std::move(*report), answer->status);
    return failed(answer->objection());
}

std::optional<CommandReport> CommandSender::reportOf(const domain::CommandId& id) {
    const auto answer = m_client.request("GET", "/api/v1/commands/" + sources::pathSegment(id.value));
    if (!answer || !answer->isGood()) return std::nullopt;
    auto report = readReportOf(answer->body, nullptr);
    return report && report->status != CommandStatus::pending ? report : std::nullopt;
}

Settled CommandSender::findOut(const domain::Command& command, std::string lost) {
    const base::Time until = m_clock.now() + m_patience;
    for (;;) {
        if (auto report = reportOf(command.id)) return settled(std::move(*report), 200);
        if (m_clock.now() >= until) break;
        std::this_thread::sleep_for(kBetweenQuestions);
    }
    CommandReport report;
    report.command = command;
    report.status = CommandStatus::unknown;
    report.message = "It was sent, and what became of it is not known" + (lost.empty() ? "" : ": " + lost) + ".";
    return settled(std::move(report), 0);
}

}  // namespace fusebox::ctl
