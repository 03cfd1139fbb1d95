#include <fusebox/agent/agent.h>

#include <fusebox/agent/event_log.h>
#include <fusebox/agent/local_door.h>
#include <fusebox/agent/tokens.h>
#include <fusebox/base/log.h>
#include <fusebox/config/load.h>
#include <fusebox/server/journal_history.h>

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <system_error>
#include <utility>

namespace fusebox::agent {

namespace {

std::string machineName() {
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 && name[0] != '\0' ? name.data() : "agent";
}

/// The lab is a new world each time: what its last run wrote tells of another one.
void removeLabJournal(const std::filesystem::path& file) {
    for (const char* part : {"", "-wal", "-shm"}) {
        std::error_code ignored;
        std::filesystem::remove(file.string() + part, ignored);
    }
}

wiring::JournalPlan journalPlan(const AgentPlan& plan, const std::filesystem::path& stateDir) {
    const config::JournalSettings& settings = plan.settings.journal;
    if (!settings.enabled) return std::nullopt;
    journal::JournalSettings journal;
    if (plan.world == AgentPlan::World::lab) {
        journal.file = (stateDir / "lab.db").string();
        removeLabJournal(journal.file);
    } else {
        journal.file = settings.file.empty() ? (stateDir / "journal.db").string() : settings.file;
    }
    journal.retention.eventAge = settings.age;
    journal.retention.bytes = settings.size;
    return journal;
}

/// Empty where there is none.
base::Result<server::TlsFiles> readTls(const config::AgentSettings& settings) {
    if (settings.certificateFile.empty()) return server::TlsFiles();
    auto certificate = readPem(settings.certificateFile, Pem::certificate);
    if (!certificate) return tl::unexpected(certificate.error());
    auto key = readPem(settings.keyFile, Pem::key);
    if (!key) return tl::unexpected(key.error());
    return server::TlsFiles{std::move(*certificate), std::move(*key)};
}

/// Whether both have a certificate: then another one can come into force while the program runs.
bool haveTls(const config::AgentSettings& one, const config::AgentSettings& other) {
    return !one.certificateFile.empty() && !other.certificateFile.empty();
}

}  // namespace

base::Result<std::unique_ptr<Agent>> Agent::make(AgentPlan plan) {
    auto state = StateDir::open(plan.stateDir);
    if (!state) return tl::unexpected(state.error());
    std::unique_ptr<Agent> agent(new Agent(std::move(plan), std::move(*state)));
    if (auto made = agent->makeWiring(); !made) return tl::unexpected(made.error());
    if (auto made = agent->makeServer(); !made) return tl::unexpected(made.error());
    return agent;
}

Agent::~Agent() {
    stop();
}

base::Result<void> Agent::makeWiring() {
    const bool isLab = m_plan.world == AgentPlan::World::lab;
    wiring::JournalPlan journal = journalPlan(m_plan, m_state.path());
    auto made = isLab ? wiring::Wiring::withLab(wiring::LabOpening::tour, std::move(journal))
                      : wiring::Wiring::withSettings(m_plan.settings, std::move(journal));
    if (!made) return tl::unexpected(made.error());
    m_wiring = std::move(*made);
    if (!isLab) m_wiring->keepState(m_state.path(), wiring::StateStart::restored);
    m_wiring->addSink(std::make_shared<EventLog>());
    return {};
}

base::Result<void> Agent::makeServer() {
    const config::AgentSettings& settings = m_plan.settings.agent;
    auto tokens = tokensOf(settings, m_state.path());
    if (!tokens) return tl::unexpected(tokens.error());
    server::AgentServer::Options options;
    options.name = settings.name.empty() ? machineName() : settings.name;
    options.version = m_plan.version;
    options.isLab = m_plan.world == AgentPlan::World::lab;
    options.address = settings.address;
    options.port = settings.port;
    options.names = settings.allowedHosts;
    options.origins = settings.allowedOrigins;
    options.tokens = std::move(*tokens);
    options.limits.connections = settings.limits.connections;
    options.limits.streams = settings.limits.streams;
    options.limits.requestsPerSecond = settings.limits.requestsPerSecond;
    options.limits.connectionsPerPeer = settings.limits.connectionsPerAddress;
    options.lastEvent = m_wiring->lastEvent().value;
    auto tls = readTls(settings);
    if (!tls) return tl::unexpected(tls.error());
    m_tls = *tls;
    options.tls = std::move(*tls);
    if (journal::Journal* journal = m_wiring->journal()) {
        options.history = std::make_shared<server::JournalHistory>([journal] { return journal->health().file; });
        options.journalHealth = [journal]() -> std::optional<journal::JournalHealth> { return journal->health(); };
    }
    m_server = std::make_shared<server::AgentServer>(m_wiring->clock(), m_wiring->gate(), std::move(options));
    m_wiring->addSink(m_server, wiring::When::onceWritten);
    return {};
}

// The door first: what keeps it shut is known before a call is made.
base::Result<void> Agent::start() {
    if (auto started = m_server->start(); !started) return started;
    if (auto written = writeLocalUrl(m_state.path(), url()); !written) return written;
    m_wiring->start();
    m_running = true;
    m_wiring->notice(domain::Level::info, "The agent listens at " + url());
    return {};
}

void Agent::stop() {
    if (!std::exchange(m_running, false)) return;
    base::logger("agent")->info("stopping: the server");
    m_server->stop();
    base::logger("agent")->info("stopping: commands, calls and frames, then the journal");
    m_wiring->stop();
    base::logger("agent")->info("stopped");
}

base::Result<std::string> Agent::reload() {
    if (m_plan.configFile.empty()) return std::string("there is no configuration file");
    const config::Loaded loaded = config::load(m_plan.configFile, m_plan.overlays);
    if (!loaded) {
        for (const config::Problem& problem : loaded.error()) {
            base::logger("config")->error("{}", base::logText(problem.text()));
        }
        return refuse(loaded.error().front().text());
    }
    auto tokens = tokensOf(loaded->agent, m_state.path());
    if (!tokens) return refuse(tokens.error().text());
    auto tls = haveTls(m_plan.settings.agent, loaded->agent) ? readTls(loaded->agent) : server::TlsFiles();
    if (!tls) return refuse(tls.error().text());
    if (m_plan.world == AgentPlan::World::configured) {
        auto changed = m_wiring->apply(*loaded, m_plan.configFile.string());
        if (!changed) {
            base::logger("config")->error("the old configuration stays: {}", base::logText(changed.error().text()));
            return changed;
        }
        base::logger("config")->info("read again: {}", base::logText(*changed));
    }
    // Last: who may come in does not change with a configuration that is refused.
    if (auto set = m_server->setTokens(*tokens); !set)
        return refuse("the tokens stay as they were: " + set.error().text());
    if (auto set = renewCertificate(std::move(*tls)); !set)
        return refuse("the certificate stays as it was: " + set.error().text());
    const std::string later = changesForNextStart(*loaded);
    if (!later.empty()) m_wiring->notice(domain::Level::warning, later);
    m_plan.settings = *loaded;
    return later;
}

base::Result<void> Agent::renewCertificate(server::TlsFiles tls) {
    if (!tls.isSet() || tls == m_tls) return {};
    auto set = m_server->setCertificate(tls);
    if (!set) return set;
    m_tls = std::move(tls);
    m_wiring->notice(domain::Level::info, "The agent shows another certificate from now on");
    return {};
}

base::Result<std::string> Agent::refuse(const std::string& why) {
    base::logger("config")->error("the old configuration stays: {}", base::logText(why));
    m_wiring->noteConfiguration(domain::Level::error,
                                "The configuration that was read again is refused; the old one stays: " + why,
                                m_plan.configFile.string());
    return base::trouble(base::TroubleCode::invalidInput, why);
}

std::string Agent::changesForNextStart(const config::Settings& next) const {
    config::AgentSettings now = m_plan.settings.agent;
    now.tokens = next.agent.tokens;  // these are in force already
    if (haveTls(now, next.agent)) {  // and so is this
        now.certificateFile = next.agent.certificateFile;
        now.keyFile = next.agent.keyFile;
    }
    config::LogSettings log = m_plan.settings.log;
    log.level = next.log.level;  // and this
    const bool isSame = now == next.agent && m_plan.settings.journal == next.journal && log == next.log;
    return isSame
               ? ""
               : "What the configuration says of the agent's door, the journal and the log's file holds from its next "
                 "start on";
}

std::vector<std::filesystem::path> Agent::files() const {
    std::vector<std::filesystem::path> all{m_state.path() / kLocalToken};
    if (!m_plan.configFile.empty()) all.push_back(m_plan.configFile);
    for (const std::string& file : {m_plan.settings.agent.certificateFile, m_plan.settings.agent.keyFile}) {
        if (!file.empty()) all.emplace_back(file);
    }
    for (const config::TokenSettings& token : m_plan.settings.agent.tokens) {
        if (!token.file.empty()) all.emplace_back(token.file);
    }
    return all;
}

std::string Agent::url() const {
    const config::AgentSettings& settings = m_plan.settings.agent;
    return localUrl(settings.address, m_server->port(), !settings.certificateFile.empty());
}

}  // namespace fusebox::agent
