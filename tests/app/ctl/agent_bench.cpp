#include "agent_bench.h"

#include <fusebox/collector/source.h>

#include <sys/stat.h>

#include <mutex>
#include <stdexcept>

namespace ctl_test {

namespace {

std::string tokenOf(const std::string& name) {
    return name + "-0123456789-token";
}

server::TokenEntry entryOf(const std::string& name, domain::Role role) {
    return {name, role, server::TokenBook::hashOf(tokenOf(name)), {}, {}};
}

journal::JournalSettings settingsOf(const std::string& file) {
    journal::JournalSettings settings;
    settings.file = file;
    return settings;
}

collector::BackgroundCollector::Options numberedAfter(domain::EventId last) {
    collector::BackgroundCollector::Options options;
    options.lastEvent = last.value;
    return options;
}

}  // namespace

// Sentences that the test wants to be told.
class AgentBench::Words final : public collector::Source {
public:
    void say(std::string text) {
        const std::lock_guard lock(m_mutex);
        domain::Event event;
        event.text = std::move(text);
        event.at = base::SteadyClock().wallNow();
        m_events.push_back(std::move(event));
    }
    void gather(collector::Gathered& into) override {
        const std::lock_guard lock(m_mutex);
        into.events.insert(into.events.end(), m_events.begin(), m_events.end());
        m_events.clear();
    }

private:
    std::mutex m_mutex;
    std::vector<domain::Event> m_events;
};

AgentBench::AgentBench(const AgentPlan& plan)
    : m_journalFile(plan.journalFile.empty() ? (m_folder.path() / "journal.db").string() : plan.journalFile),
      m_journal(std::make_shared<journal::Journal>(m_clock, settingsOf(m_journalFile))),
      m_lastEvent(m_journal->open()),
      m_breakers(std::make_shared<breaker::CircuitBreakerManager>(m_clock)),
      m_local(std::make_shared<sources::LocalSource>(m_breakers)),
      m_words(std::make_shared<Words>()),
      m_gate(std::make_shared<command::Gate>(m_clock)),
      m_collector(std::make_unique<collector::BackgroundCollector>(m_clock, numberedAfter(m_lastEvent))) {
    server::AgentServer::Options options;
    options.name = "berlin";
    options.version = "1.2.3";
    options.port = plan.port;
    options.limits.requestsPerSecond = 10'000;
    options.limits.requestBurst = 10'000;
    if (!plan.gateRuns) options.limits.commandTime = std::chrono::milliseconds(100);
    options.lastEvent = m_lastEvent.value;
    options.history = std::make_shared<server::JournalHistory>([this] { return m_journal->health().file; });
    options.tokens = {entryOf("ann", domain::Role::operatorRole), entryOf("bob", domain::Role::operatorRole),
                      entryOf("vic", domain::Role::viewer), entryOf("eve", domain::Role::admin)};
    for (const char* name : {"ann", "bob", "vic", "eve", "mal"}) {
        ::chmod(m_folder.write(std::string(name) + ".token", tokenOf(name) + "\n").c_str(), 0600);
    }
    m_server = std::make_shared<server::AgentServer>(m_clock, *m_gate, std::move(options));
    m_gate->addTarget(m_local);
    m_collector->addSource(m_local);
    m_collector->addSource(m_gate);
    m_collector->addSource(m_words);
    m_collector->addSource(m_journal);
    m_collector->addSink(m_journal);
    m_journal->addSink(m_server);
    if (const auto started = m_server->start(); !started) throw std::runtime_error(started.error().text());
    m_journal->start();
    if (plan.gateRuns) m_gate->start();
    m_collector->start();
}

AgentBench::~AgentBench() {
    m_server->stop();
    m_gate->stop();
    m_collector->stop();
    m_journal->stop();
}

void AgentBench::add(const std::string& name, const std::string& group) {
    const auto made =
        m_breakers->create({domain::BreakerId(name), name, "http", "http://127.0.0.1:8081", group, "local"}, {});
    if (!made) throw std::runtime_error(made.error().text());
}

QString AgentBench::tokenFile(const std::string& name) const {
    return QString::fromStdString((m_folder.path() / (name + ".token")).string());
}

void AgentBench::say(std::string text) {
    m_words->say(std::move(text));
}

}  // namespace ctl_test
