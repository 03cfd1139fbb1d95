#include <fusebox/wiring/remote_agents.h>

#include <algorithm>
#include <utility>

namespace fusebox::wiring {

namespace {

sources::AgentTrouble refused(std::string what) {
    sources::AgentTrouble trouble;
    trouble.step = sources::AgentStep::address;
    trouble.trouble = {base::TroubleCode::conflict, std::move(what), {}, {}};
    return trouble;
}

}  // namespace

RemoteAgents::RemoteAgents(const base::Clock& clock, collector::BackgroundCollector& collector, MakeGate makeGate)
    : m_clock(clock),
      m_collector(collector),
      m_makeGate(std::move(makeGate)),
      m_budget(std::make_shared<sources::ConnectBudget>()) {}

RemoteAgents::~RemoteAgents() {
    stop();
}

std::vector<RemoteAgents::Agent> RemoteAgents::agents() const {
    base::Lock lock(m_mutex);
    return m_agents;
}

std::vector<std::string> RemoteAgents::names() const {
    std::vector<std::string> names;
    for (const Agent& agent : agents()) names.push_back(agent.name);
    return names;
}

std::optional<sources::AgentAddress> RemoteAgents::addressOf(const std::string& name) const {
    for (const Agent& agent : agents()) {
        if (agent.name == name) return agent.source->address();
    }
    return std::nullopt;
}

sources::AgentResult<void> RemoteAgents::attach(sources::AgentAddress address) {
    const std::vector<Agent> known = agents();
    const auto isSame = [&](const Agent& agent) { return agent.name == address.name; };
    if (std::any_of(known.begin(), known.end(), isSame)) {
        return tl::unexpected(refused("an agent of this name is attached already"));
    }
    if (known.size() >= kMost) return tl::unexpected(refused("64 agents are attached already"));
    auto source = sources::AgentSource::create(std::move(address), m_clock, m_budget, sources::AgentSource::Options());
    if (!source) return tl::unexpected(source.error());
    const Agent agent{(*source)->name(), std::move(*source), m_makeGate()};
    agent.gate->addTarget(agent.source);
    bool isStarted = false;
    {
        base::Lock lock(m_mutex);
        m_agents.push_back(agent);
        m_detached.erase(agent.name);
        isStarted = m_isStarted;
    }
    m_collector.addSource(agent.source);
    m_collector.addSource(agent.gate);
    if (isStarted) begin(agent);
    return {};
}

bool RemoteAgents::detach(const std::string& name) {
    std::optional<Agent> gone;
    {
        base::Lock lock(m_mutex);
        const auto found =
            std::find_if(m_agents.begin(), m_agents.end(), [&](const Agent& agent) { return agent.name == name; });
        if (found == m_agents.end()) return false;
        gone = std::move(*found);
        m_agents.erase(found);
        m_detached.insert(name);
    }
    end(*gone);
    m_collector.removeSource(*gone->source);
    m_collector.removeSource(*gone->gate);
    return true;
}

void RemoteAgents::retryNow(const std::string& name) {
    for (const Agent& agent : agents()) {
        if (agent.name == name) agent.source->retryNow();
    }
}

bool RemoteAgents::submit(const domain::Command& command) {
    const std::string& aim = command.group.empty() ? command.breaker.value : command.group;
    for (const Agent& agent : agents()) {
        if (!sources::idAtAgent(agent.name, aim)) continue;
        agent.gate->submit(command);
        return true;
    }
    base::Lock lock(m_mutex);
    return std::any_of(m_detached.begin(), m_detached.end(),
                       [&](const std::string& name) { return sources::idAtAgent(name, aim).has_value(); });
}

void RemoteAgents::submitToAll(const domain::Command& command) {
    std::size_t number = 0;
    for (const Agent& agent : agents()) {
        domain::Command own = command;
        own.id.value += "@" + std::to_string(++number);  // a name might make the id too long
        agent.gate->submit(std::move(own));
    }
}

void RemoteAgents::begin(const Agent& agent) {
    agent.gate->start();
    agent.source->start();
}

// The source first: it ends a command that waits for its answer, which the gate would wait for.
void RemoteAgents::end(const Agent& agent) {
    agent.source->stop();
    agent.gate->stop();
}

void RemoteAgents::start() {
    {
        base::Lock lock(m_mutex);
        m_isStarted = true;
    }
    for (const Agent& agent : agents()) begin(agent);
}

void RemoteAgents::stop() {
    for (const Agent& agent : agents()) end(agent);
}

}  // namespace fusebox::wiring
