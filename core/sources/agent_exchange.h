#pragma once
// One request to an agent and what came back, on a curl handle of its own; and the line that carries several of them.
// Threads: one at a time; AgentLine::wake() from any.
// Limits: kLargestAnswer bytes of an answer, 64 KiB of its head.

#include <fusebox/base/time.h>
#include <fusebox/sources/agent_address.h>
#include <fusebox/sources/agent_client.h>
#include <fusebox/sources/agent_trust.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fusebox::sources {

/// What is asked of an agent.
struct AgentRequest {
    std::string method = "GET";
    std::string path;
    std::string body;
    std::optional<std::uint64_t> lastEvent;  ///< a stream that goes on after this one
    bool isStream = false;                   ///< its body is given out as it comes, and may last for ever
    base::Duration connect = std::chrono::seconds(5);
    base::Duration answer = std::chrono::seconds(10);  ///< not for streams
    base::Duration silence{};                          ///< streams: without a byte; zero: no limit
};

class AgentExchange {
public:
    /// Takes the next bytes of a stream; false ends it.
    using OnBytes = std::function<bool(std::string_view)>;

    /// REQUIRES: address and trust outlive it.
    AgentExchange(const CheckedAddress& address, AgentTrust& trust, AgentRequest request, OnBytes onBytes = {});
    ~AgentExchange();
    AgentExchange(const AgentExchange&) = delete;
    AgentExchange& operator=(const AgentExchange&) = delete;

    /// Judges what came, once the line says that it ended. A stream has no good end.
    [[nodiscard]] AgentResult<AgentAnswer> finish(int curlCode);

    /// The head of the answer was that of an agent's stream, and its bytes are coming.
    [[nodiscard]] bool isStreaming() const { return m_isStreaming; }

private:
    friend class AgentLine;
    struct Callbacks;
    struct Handles;
    enum class Objection : std::uint8_t { none, setUp, localLink, inTheClear, head, compressed, tooLarge, unwanted };

    void setUp();
    [[nodiscard]] bool acceptHead();
    [[nodiscard]] AgentTrouble objectionTrouble() const;
    [[nodiscard]] AgentTrouble transportTrouble(int curlCode) const;
    [[nodiscard]] AgentTrouble trouble(AgentStep step, base::TroubleCode code, std::string what,
                                       std::string cause = {}) const;

    const CheckedAddress& m_address;
    AgentTrust& m_trust;
    const AgentRequest m_request;
    const OnBytes m_onBytes;
    std::unique_ptr<Handles> m_handles;
    AgentAnswer m_answer;
    std::size_t m_headBytes = 0;
    std::string m_location;
    Objection m_objection = Objection::none;
    bool m_isStreaming = false;
};

/// Carries exchanges and keeps their connections for the next ones.
class AgentLine {
public:
    struct Ended {
        AgentExchange* exchange = nullptr;
        int curlCode = 0;
    };

    AgentLine();
    ~AgentLine();
    AgentLine(const AgentLine&) = delete;
    AgentLine& operator=(const AgentLine&) = delete;

    void add(AgentExchange& exchange);
    /// Ends it when it has not ended.
    void remove(AgentExchange& exchange);
    /// Carries on for at most so long, until something ends or wake() is called.
    [[nodiscard]] std::vector<Ended> turn(base::Duration atMost);
    void wake() noexcept;

private:
    struct Multi;
    const std::unique_ptr<Multi> m_multi;
};

}  // namespace fusebox::sources
