#pragma once
// The agents that are watched beside the breakers of this process: each a source of frames, and a target with a gate of
// its own, so that an agent that answers late delays nobody else's commands.
// Threads: attach(), detach(), start() and stop() from one thread; submit() and the rest from any.
// Errors: an address that cannot be used, a name that is taken.
// Lifetime: clock and collector outlive it; stop() leaves no thread behind.
// Limits: 64 agents.

#include <fusebox/base/clock.h>
#include <fusebox/base/mutex.h>
#include <fusebox/collector/background_collector.h>
#include <fusebox/command/gate.h>
#include <fusebox/domain/command.h>
#include <fusebox/sources/agent_source.h>

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace fusebox::wiring {

class RemoteAgents {
public:
    static constexpr std::size_t kMost = 64;

    /// Makes the gate of one agent.
    using MakeGate = std::function<std::shared_ptr<command::Gate>()>;

    RemoteAgents(const base::Clock& clock, collector::BackgroundCollector& collector, MakeGate makeGate);
    ~RemoteAgents();
    RemoteAgents(const RemoteAgents&) = delete;
    RemoteAgents& operator=(const RemoteAgents&) = delete;

    /// Connects at once when it was started, else at the start.
    [[nodiscard]] sources::AgentResult<void> attach(sources::AgentAddress address);
    /// False when there is none of this name.
    bool detach(const std::string& name);
    /// Connects now instead of after its wait.
    void retryNow(const std::string& name);
    [[nodiscard]] std::vector<std::string> names() const;
    /// With its token. Nothing when there is none of this name.
    [[nodiscard]] std::optional<sources::AgentAddress> addressOf(const std::string& name) const;

    /// False when the command is not for an agent: its breaker or group is not of one. What is for an agent that was
    /// detached is not answered: it may have been carried out before, and nobody here can tell.
    [[nodiscard]] bool submit(const domain::Command& command);
    /// Gives a command that names no breaker to all agents, each under an id of its own.
    void submitToAll(const domain::Command& command);

    void start();
    void stop();

private:
    struct Agent {
        std::string name;
        std::shared_ptr<sources::AgentSource> source;
        std::shared_ptr<command::Gate> gate;
    };

    void begin(const Agent& agent);
    void end(const Agent& agent);
    [[nodiscard]] std::vector<Agent> agents() const;

    const base::Clock& m_clock;
    collector::BackgroundCollector& m_collector;
    const MakeGate m_makeGate;
    const std::shared_ptr<sources::ConnectBudget> m_budget;
    mutable base::Mutex m_mutex;
    std::vector<Agent> m_agents FUSEBOX_GUARDED_BY(m_mutex);
    std::set<std::string> m_detached FUSEBOX_GUARDED_BY(m_mutex);  ///< names that are not attached any more
    bool m_isStarted FUSEBOX_GUARDED_BY(m_mutex) = false;
};

}  // namespace fusebox::wiring
