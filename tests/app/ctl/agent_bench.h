// An agent inside the test: real breakers, collector, gate, journal and server on a free port, and token files for its guests.
#pragma once

#include <fusebox/breaker/circuit_breaker_manager.h>
#include <fusebox/collector/background_collector.h>
#include <fusebox/command/gate.h>
#include <fusebox/journal/journal.h>
#include <fusebox/server/agent_server.h>
#include <fusebox/server/journal_history.h>
#include <fusebox/sources/local_source.h>
#include <fusebox/support/temp_dir.h>

#include <QString>
#include <memory>
#include <string>

namespace ctl_test {

using namespace fusebox;

struct AgentPlan {
    std::uint16_t port = 0;   // zero: any that is free
    std::string journalFile;  // empty: one of its own
    bool gateRuns = true;     // false: commands are taken and never carried out
};

class AgentBench {
public:
    explicit AgentBench(const AgentPlan& plan = {});
    ~AgentBench();
    AgentBench(const AgentBench&) = delete;
    AgentBench& operator=(const AgentBench&) = delete;

    void add(const std::string& name, const std::string& group = "shop");
    [[nodiscard]] std::shared_ptr<breaker::CircuitBreaker> breaker(const std::string& name) const {
        return m_breakers->find(domain::BreakerId(name));
    }
    [[nodiscard]] domain::State stateOf(const std::string& name) const { return breaker(name)->state(); }

    [[nodiscard]] std::uint16_t port() const { return m_server->port(); }
    [[nodiscard]] QString url() const { return QString("http://127.0.0.1:%1").arg(port()); }
    /// Of "ann" (operator), "bob" (operator), "vic" (viewer), "eve" (admin).
    [[nodiscard]] QString tokenFile(const std::string& name) const;
    [[nodiscard]] const support::TempDir& folder() const { return m_folder; }
    [[nodiscard]] std::string journalFile() const { return m_journalFile; }
    void say(std::string text);

private:
    class Words;

    support::TempDir m_folder;
    const std::string m_journalFile;
    base::SteadyClock m_clock;
    std::shared_ptr<journal::Journal> m_journal;
    const domain::EventId m_lastEvent;
    std::shared_ptr<breaker::CircuitBreakerManager> m_breakers;
    std::shared_ptr<sources::LocalSource> m_local;
    std::shared_ptr<Words> m_words;
    std::shared_ptr<command::Gate> m_gate;
    std::unique_ptr<collector::BackgroundCollector> m_collector;
    std::shared_ptr<server::AgentServer> m_server;
};

}  // namespace ctl_test
