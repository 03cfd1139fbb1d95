#pragma once
// What goes wrong with an agent, told by the step at which it did, so that a person knows where to look.
// Lifetime: plain values; no text in them ever holds the token.

#include <fusebox/base/result.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace fusebox::sources {

/// The steps of reaching an agent, in the order in which they are taken; the last word is for what comes after them.
enum class AgentStep : std::uint8_t {
    address,  ///< what was given cannot be used: URL, token, CA file, fingerprint
    name,     ///< the name of the host is not known
    tcp,      ///< nobody listens there, or nobody answers
    tls,      ///< its certificate is not trusted, or it speaks no TLS that is
    http,     ///< it answers, but not as an agent does
    token,    ///< it does not know the token
    version,  ///< it is an agent of another version
    stream,   ///< its stream ended, fell silent or broke its rules
};

/// "address", "name", "TCP", "TLS", "HTTP", "token", "version", "stream"
[[nodiscard]] std::string_view toWord(AgentStep step);

struct AgentTrouble {
    AgentStep step = AgentStep::address;
    base::Trouble trouble;
    int status = 0;           ///< of HTTP, where there was an answer
    std::string fingerprint;  ///< tls: SHA-256 of the certificate that was shown and not trusted, to pin it

    /// "TLS: the certificate has expired"
    [[nodiscard]] std::string text() const { return std::string(toWord(step)) + ": " + trouble.text(); }
};

template <typename Value>
using AgentResult = tl::expected<Value, AgentTrouble>;

}  // namespace fusebox::sources
