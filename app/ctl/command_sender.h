#pragma once
// Gives an agent one command and waits until it is known what became of it.
// A command whose answer was lost is asked about by its id, never given again: that could do it twice if the agent has forgotten it.
// Threads: one. Time: waits up to `patience` for a command that the agent has taken but not answered.

#include <fusebox/base/clock.h>
#include <fusebox/ctl/failure.h>
#include <fusebox/domain/command.h>
#include <fusebox/sources/agent_client.h>

#include <optional>

namespace fusebox::ctl {

/// What became of a command, and what the shell is told.
struct Settled {
    domain::CommandReport report;
    ExitCode code = ExitCode::unknown;
};

class CommandSender {
public:
    /// REQUIRES: client and clock outlive it.
    CommandSender(sources::AgentClient& client, const base::Clock& clock, base::Duration patience)
        : m_client(client), m_clock(clock), m_patience(patience) {}

    /// Errors: what kept the command from being taken at all.
    [[nodiscard]] Attempt<Settled> send(const domain::Command& command);

private:
    [[nodiscard]] Settled findOut(const domain::Command& command, std::string lost);
    [[nodiscard]] std::optional<domain::CommandReport> reportOf(const domain::CommandId& id);

    sources::AgentClient& m_client;
    const base::Clock& m_clock;
    const base::Duration m_patience;
};

}  // namespace fusebox::ctl
