#pragma once
// The headless program, put together: breakers and their calls, the journal, the server, and the little files by which local programs
// find it and come in.
// Threads: all functions from one thread.
// Errors: refused for what is not safe (state directory, token files, an open address without TLS), else what cannot be had.
// Lifetime: stop(), also by the destructor, ends the server first, then commands, calls and frames, and the journal last.

#include <fusebox/agent/state_dir.h>
#include <fusebox/base/result.h>
#include <fusebox/config/overlays.h>
#include <fusebox/config/settings.h>
#include <fusebox/server/agent_server.h>
#include <fusebox/wiring/wiring.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace fusebox::agent {

struct AgentPlan {
    enum class World : std::uint8_t {
        configured,  ///< the dependencies of the settings
        lab,         ///< those of the lab; nothing is kept from one run to the next
    };

    std::filesystem::path configFile;  ///< read again by reload(); empty: there is none
    config::Overlays overlays;
    config::Settings settings;
    std::filesystem::path stateDir;
    World world = World::configured;
    std::string version;
};

class Agent {
public:
    [[nodiscard]] static base::Result<std::unique_ptr<Agent>> make(AgentPlan plan);
    ~Agent();
    Agent(const Agent&) = delete;
    Agent& operator=(const Agent&) = delete;

    [[nodiscard]] base::Result<void> start();
    void stop();

    /// Reads configuration, token files and certificate again. What is not sound is refused as a whole, and the old stays in force; either way an
    /// event, a log line and the journal say so. Gives what changed.
    base::Result<std::string> reload();

    /// Whose change calls for reload().
    [[nodiscard]] std::vector<std::filesystem::path> files() const;

    /// Where it can be reached from this machine. REQUIRES: started.
    [[nodiscard]] std::string url() const;
    [[nodiscard]] const config::Settings& settings() const { return m_plan.settings; }

private:
    Agent(AgentPlan plan, StateDir state) : m_plan(std::move(plan)), m_state(std::move(state)) {}

    [[nodiscard]] base::Result<void> makeWiring();
    [[nodiscard]] base::Result<void> makeServer();
    [[nodiscard]] std::string changesForNextStart(const config::Settings& next) const;
    [[nodiscard]] base::Result<void> renewCertificate(server::TlsFiles tls);
    base::Result<std::string> refuse(const std::string& why);

    AgentPlan m_plan;
    StateDir m_state;
    std::unique_ptr<wiring::Wiring> m_wiring;
    std::shared_ptr<server::AgentServer> m_server;
    server::TlsFiles m_tls;  ///< that is shown
    bool m_running = false;
};

}  // namespace fusebox::agent
