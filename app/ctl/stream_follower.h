#pragma once
// Follows an agent's event stream over breaks of the connection: it comes again by itself and goes on after the last event.
// Threads: one.
// Errors: what keeps it from coming in the first time, and whatever waiting does not mend: a token that does not hold any more, another
// version. All else it waits for.

#include <fusebox/ctl/failure.h>
#include <fusebox/sources/agent_client.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace fusebox::ctl {

class StreamFollower {
public:
    enum class Then : std::uint8_t { goOn, end };

    using OnMessage = std::function<Then(const sources::SseEvent&)>;
    /// The connection is lost: why, and how long it waits before it comes again.
    using OnBreak = std::function<void(const std::string& why, base::Duration wait)>;

    /// REQUIRES: the client outlives it. `after`: goes on after this event; nothing: with what comes.
    StreamFollower(sources::AgentClient& client, std::string path, std::optional<std::uint64_t> after)
        : m_client(client), m_path(std::move(path)), m_after(after) {}

    /// Until onMessage ends it.
    [[nodiscard]] Attempt<void> run(const OnMessage& onMessage, const OnBreak& onBreak);

private:
    void note(const sources::SseEvent& message);

    sources::AgentClient& m_client;
    const std::string m_path;
    std::optional<std::uint64_t> m_after;
    bool m_wasIn = false;
};

}  // namespace fusebox::ctl
