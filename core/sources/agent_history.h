#pragma once
// What happened at an agent, out of its own journal, asked over its API.
// Threads: one question at a time, on any thread, which waits for the answer; giveUp() from any.
// Errors: a Trouble that can be shown to a person; notFound where the agent keeps no journal or is too old to tell of it.
// Names: breakers under the ids that they have at the agent.
// Limits: those of AgentClient; an answer that would be too long is asked for once more, coarser. Whoever is told to ask less
// often waits Options::pause and asks again, kMostTries times in all.

#include <fusebox/base/result.h>
#include <fusebox/journal/query.h>
#include <fusebox/sources/agent_address.h>
#include <fusebox/sources/agent_client.h>

#include <chrono>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace fusebox::sources {

class AgentHistory {
public:
    struct Names {
        std::vector<domain::BreakerId> breakers;
        std::vector<std::string> actors;
    };

    struct Options {
        base::Duration pause = std::chrono::seconds(1);
    };
    static constexpr int kMostTries = 5;

    /// Errors: an address that cannot be used.
    [[nodiscard]] static AgentResult<std::unique_ptr<AgentHistory>> create(AgentAddress address, Options options);
    [[nodiscard]] static AgentResult<std::unique_ptr<AgentHistory>> create(AgentAddress address) {
        return create(std::move(address), Options());
    }

    /// The question that is being asked ends soon, and no other is asked any more.
    void giveUp() { m_stop.request_stop(); }

    [[nodiscard]] base::Result<journal::EventPage> events(const journal::EventQuery& query);
    [[nodiscard]] base::Result<std::vector<journal::Band>> bands(const journal::BandQuery& query);
    [[nodiscard]] base::Result<std::vector<journal::RollupPoint>> rollups(const journal::RollupQuery& query);
    [[nodiscard]] base::Result<Names> names();

private:
    AgentHistory(std::unique_ptr<AgentClient> client, Options options)
        : m_client(std::move(client)), m_options(options) {}

    [[nodiscard]] AgentResult<std::string> ask(const std::string& path);
    void pause();
    [[nodiscard]] base::Result<journal::EventPage> page(const journal::EventQuery& query, std::size_t limit);

    const std::unique_ptr<AgentClient> m_client;
    const Options m_options;
    std::stop_source m_stop;
};

}  // namespace fusebox::sources
