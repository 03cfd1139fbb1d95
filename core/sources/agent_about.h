#pragma once
// How an agent introduces itself: the answer of /api/v1/about, and the first event of its stream.

#include <fusebox/base/time.h>
#include <fusebox/sources/agent_client.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fusebox::sources {

struct AgentAbout {
    std::string agent;    ///< its own name
    std::string version;  ///< of its program
    std::uint64_t api = 0;
    std::string boot;  ///< another after each start of the agent
    base::WallTime time{};
    std::string role;   ///< of the token: "viewer", "operator", "admin"
    std::string actor;  ///< whose token it is
    bool isLab = false;
    std::optional<std::uint64_t> lastEvent;  ///< only in the stream
};

/// Errors: http for what is no introduction of an agent, version for another API.
[[nodiscard]] AgentResult<AgentAbout> readAbout(std::string_view json);

/// Takes every step that a connection takes. Errors: of the step that failed.
[[nodiscard]] AgentResult<AgentAbout> introduce(AgentClient& client, std::stop_token stop = {});

}  // namespace fusebox::sources
