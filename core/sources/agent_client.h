#pragma once
// Asks one agent, tells it commands, and listens to its stream. Built on libcurl: HTTP/1.1 only, no redirects, no cookies,
// no proxy unless one was chosen, nothing of the environment. Certificates are always verified: against the system's or
// the given authorities, or by the fingerprint of the one certificate that is trusted.
// Threads: one call at a time; a stop request from any thread ends it soon.
// Errors: AgentTrouble by step. The token goes to the address it was given for alone, and never in the clear to another
// machine.
// Limits: answers up to 8 MiB; Options' times.

#include <fusebox/base/time.h>
#include <fusebox/sources/agent_address.h>
#include <fusebox/sources/sse_reader.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace fusebox::sources {

/// The version of the API that this program speaks.
inline constexpr std::uint64_t kAgentApi = 1;

inline constexpr std::size_t kLargestAnswer = 8U << 20U;

struct AgentAnswer {
    int status = 0;
    std::string contentType;
    std::string body;

    [[nodiscard]] bool isGood() const { return status >= 200 && status < 300; }
    /// What the agent objects to, in its own words where it gave some. REQUIRES: !isGood().
    [[nodiscard]] AgentTrouble objection() const;
};

class AgentClient {
public:
    struct Options {
        base::Duration connect = std::chrono::seconds(5);
        base::Duration answer = std::chrono::seconds(10);   ///< from the first step to the last byte
        base::Duration silence = std::chrono::seconds(10);  ///< of a stream, before it is given up
    };

    [[nodiscard]] static AgentResult<std::unique_ptr<AgentClient>> create(AgentAddress address) {
        return create(std::move(address), Options{});
    }
    [[nodiscard]] static AgentResult<std::unique_ptr<AgentClient>> create(AgentAddress address, Options options);
    ~AgentClient();
    AgentClient(const AgentClient&) = delete;
    AgentClient& operator=(const AgentClient&) = delete;

    [[nodiscard]] const CheckedAddress& address() const;

    /// One request; path begins with "/". Any status is an answer, but 401 and what is no answer of an agent: a
    /// redirect, a compressed body, one beyond the limit.
    [[nodiscard]] AgentResult<AgentAnswer> request(std::string_view method, std::string_view path,
                                                   std::string_view body = {}, std::stop_token stop = {});

    /// As request, but a status other than 2xx is trouble too, and so is a body that is not JSON.
    [[nodiscard]] AgentResult<std::string> get(std::string_view path, std::stop_token stop = {});

    /// Listens to a stream of server-sent events until it ends, falls silent, breaks its rules, or is stopped; says why.
    /// onEvent returns whether to go on. Comments count as signs of life.
    /// Errors: whatever ended it, also a stop: that one is of the step `stream` with the code refused.
    [[nodiscard]] AgentTrouble follow(std::string_view path, std::optional<std::uint64_t> lastEvent,
                                      const std::function<bool(SseEvent&&)>& onEvent, std::stop_token stop = {});

private:
    class Line;
    explicit AgentClient(std::unique_ptr<Line> line);

    const std::unique_ptr<Line> m_line;
};

/// Why an answer that was to be a stream is none.
[[nodiscard]] AgentTrouble streamRefusal(const AgentAnswer& answer, const CheckedAddress& address);

/// `text` as one segment of a path: all but letters, digits and "-._~" as %XX.
[[nodiscard]] std::string pathSegment(std::string_view text);

}  // namespace fusebox::sources
