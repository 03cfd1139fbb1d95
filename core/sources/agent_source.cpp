#include <fusebox/domain/command_json.h>
#include <fusebox/sources/agent_source.h>

#include <fmt/format.h>

#include <optional>
#include <utility>

namespace fusebox::sources {

namespace {

constexpr base::Duration kDossierPause = std::chrono::seconds(10);

using domain::Command;
using domain::CommandReport;
using domain::CommandStatus;

CommandReport reportOn(const Command& command, CommandStatus status, std::string message) {
    CommandReport report;
    report.command = command;
    report.status = status;
    report.message = std::move(message);
    return report;
}

/// Whether the command cannot have reached the agent.
bool isBeforeSending(const AgentTrouble& trouble) {
    return trouble.step < AgentStep::http || trouble.trouble.code == base::TroubleCode::refused;
}

/// What became of a command that was sent before: a new try that came to nothing says nothing of the earlier one.
CommandReport doubted(CommandReport report) {
    report.status = CommandStatus::unknown;
    report.message = "What became of it is still not known. " + report.message;
    return report;
}

/// The command as the agent knows its breaker.
Command atAgent(const Command& command, const std::string& agent) {
    Command there = command;
    there.breaker.value = idAtAgent(agent, command.breaker.value).value_or(std::string());
    there.group = idAtAgent(agent, command.group).value_or(std::string());
    return there;
}

}  // namespace

AgentResult<std::shared_ptr<AgentSource>> AgentSource::create(AgentAddress address, const base::Clock& clock,
                                                              std::shared_ptr<ConnectBudget> budget, Options options) {
    AgentClient::Options times;
    times.answer = options.answer;
    times.connect = std::min(times.connect, options.answer);
    auto client = AgentClient::create(std::move(address), times);
    if (!client) return tl::unexpected(client.error());
    return std::shared_ptr<AgentSource>(new AgentSource(std::move(*client), clock, std::move(budget), options));
}

AgentSource::AgentSource(std::unique_ptr<AgentClient> client, const base::Clock& clock,
                         std::shared_ptr<ConnectBudget> budget, Options options)
    : m_client(std::move(client)),
      m_name(m_client->address().given().name),
      m_clock(clock),
      m_board(m_name, m_client->address().origin(), options.board),
      m_link(std::make_unique<AgentLink>(m_client->address(), clock, options.link, std::move(budget),
                                         static_cast<AgentEar&>(*this))) {}

AgentSource::~AgentSource() {
    stop();
}

void AgentSource::start() {
    m_link->start();
}

void AgentSource::stop() {
    m_stop.request_stop();
    m_link->stop();
}

void AgentSource::onConnecting() {
    base::Lock lock(m_mutex);
    m_board.connecting();
}

AgentResult<void> AgentSource::onMessage(SseEvent&& message) {
    AgentResult<AgentMessage> read = readMessage(message, m_name);
    if (!read) return tl::unexpected(read.error());
    message = {};  // a large one is not kept twice
    base::Lock lock(m_mutex);
    AgentBoard::Telling telling = AgentBoard::Telling::told;
    if (const auto* event = std::get_if<domain::Event>(&*read)) {
        const auto* report = std::get_if<CommandReport>(&event->body);
        if (report != nullptr && !m_sent.isNews(*report)) telling = AgentBoard::Telling::kept;
    }
    return m_board.take(std::move(*read), m_clock.now(), m_clock.wallNow(), telling);
}

void AgentSource::onEnd(const AgentTrouble& why, bool isBad, base::Time retryAt) {
    base::Lock lock(m_mutex);
    m_board.disconnected(why, isBad, retryAt, m_clock.wallNow());
}

std::optional<std::uint64_t> AgentSource::lastEvent() const {
    base::Lock lock(m_mutex);
    return m_board.lastEvent();
}

std::optional<AgentErrand> AgentSource::nextErrand() {
    base::Lock lock(m_mutex);
    if (const auto id = m_sent.nextQuestion(m_clock.now())) return commandErrand(*id);
    if (m_clock.now() < m_dossiersAt) return std::nullopt;
    if (const auto wish = m_board.nextDossier()) return dossierErrand(*wish);
    return std::nullopt;
}

AgentErrand AgentSource::dossierErrand(const DossierWish& wish) {
    const std::string id = idAtAgent(m_name, wish.breaker.value).value_or(std::string());
    AgentErrand errand;
    errand.path = fmt::format("/api/v1/breakers/{}/dossiers/{}", pathSegment(id), wish.sequence);
    errand.done = [this, wish](const AgentResult<AgentAnswer>& answer) {
        std::shared_ptr<const domain::Dossier> dossier;
        const bool isGood = answer && answer->isGood();
        if (isGood) {
            if (auto read = readDossierText(answer->body))
                dossier = std::make_shared<const domain::Dossier>(std::move(*read));
        }
        base::Lock lock(m_mutex);
        if (!isGood && (!answer || answer->status != 404)) {
            m_dossiersAt = m_clock.now() + kDossierPause;  // it may be there later
            return;
        }
        m_board.putDossier(wish, std::move(dossier));
    };
    return errand;
}

AgentErrand AgentSource::commandErrand(const domain::CommandId& id) {
    AgentErrand errand;
    errand.path = "/api/v1/commands/" + pathSegment(id.value);
    errand.done = [this, id](const AgentResult<AgentAnswer>& answer) {
        if (!answer) return;  // asked again later
        const auto report = answer->isGood() ? readReportText(answer->body, m_name)
                                             : base::trouble(base::TroubleCode::notFound, "not known");
        base::Lock lock(m_mutex);
        std::optional<CommandReport> news;
        if (report && report->command.id == id) news = m_sent.learned(*report);
        if (answer->status == 404) news = m_sent.notKnown(id, m_clock.now());
        if (news) m_board.tell(*news, m_clock.wallNow());
    };
    return errand;
}

void AgentSource::gather(collector::Gathered& into) {
    ErrorReportRef errors;
    RecoveryReportRef recovery;
    {
        base::Lock lock(m_mutex);
        m_board.gather(into, m_clock.now());
        errors = m_board.errors();
        recovery = m_board.recovery(m_clock.now());
    }
    into.errors = m_errors.of(into.errors, errors);
    into.recovery = m_recovery.of(into.recovery, recovery);
}

bool AgentSource::owns(const domain::BreakerId& breaker) const {
    base::Lock lock(m_mutex);
    return m_board.knows(breaker);
}

bool AgentSource::ownsGroup(const std::string& group) const {
    base::Lock lock(m_mutex);
    return m_board.knowsGroup(group);
}

CommandReport AgentSource::apply(const Command& command) {
    bool isAgain = false;
    {
        base::Lock lock(m_mutex);
        if (std::optional<CommandReport> end = m_sent.endOf(command.id)) return std::move(*end);
        isAgain = m_sent.isUnknown(command.id);
        if (!m_board.isFresh(m_clock.now())) {
            CommandReport report = reportOn(command, CommandStatus::refused, m_board.whyNotFresh());
            return isAgain ? doubted(std::move(report)) : report;
        }
        m_sent.sent(command, m_clock.now());
    }
    std::string body;
    domain::appendJson(body, atAgent(command, m_name));
    const AgentResult<AgentAnswer> answer = m_client->request("POST", "/api/v1/commands", body, m_stop.get_token());
    std::optional<CommandReport> told = reportIn(command, answer);
    CommandReport report = told ? std::move(*told) : judge(command, answer);
    if (isAgain && !told && report.status != CommandStatus::unknown) report = doubted(std::move(report));
    base::Lock lock(m_mutex);
    return m_sent.answered(std::move(report));
}

/// The agent's own report on the command, also where it stands beside an error.
std::optional<CommandReport> AgentSource::reportIn(const Command& command,
                                                   const AgentResult<AgentAnswer>& answer) const {
    if (!answer) return std::nullopt;
    auto told = readReportText(answer->body, m_name);
    if (!told || told->command.id != command.id) return std::nullopt;
    told->command = command;
    if (told->status != CommandStatus::pending) return std::move(*told);
    return reportOn(command, CommandStatus::unknown, "The agent has not done with it yet; it is asked again.");
}

/// What an answer without a report means, or none.
CommandReport AgentSource::judge(const Command& command, const AgentResult<AgentAnswer>& answer) const {
    if (!answer) {
        const AgentTrouble& trouble = answer.error();
        if (trouble.step == AgentStep::token) return reportOn(command, CommandStatus::refused, trouble.text());
        if (isBeforeSending(trouble)) {
            return reportOn(command, CommandStatus::failed, "It could not be sent. " + trouble.text());
        }
        return reportOn(command, CommandStatus::unknown, "No answer came; the agent is asked again. " + trouble.text());
    }
    if (answer->isGood() || answer->status >= 500) {
        return reportOn(command, CommandStatus::unknown,
                        fmt::format("The answer (status {}) tells nothing; the agent is asked again.", answer->status));
    }
    return reportOn(command, CommandStatus::refused, answer->objection().trouble.what);
}

}  // namespace fusebox::sources
