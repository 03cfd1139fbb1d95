#pragma once
// How a source stands that is not of this process: an agent that is watched over the network.
// Lifetime: plain values; no text in them holds a secret.

#include <fusebox/base/time.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fusebox::domain {

enum class SourceState : std::uint8_t {
    connecting,    ///< for the first time
    connected,     ///< what is shown of it is of now
    stale,         ///< connected, but nothing has come of late
    reconnecting,  ///< it was connected before
    bad,           ///< it breaks the rules of its stream; it is asked again after a longer wait
};

/// "connecting", "connected", "stale", "reconnecting", "bad"
[[nodiscard]] std::string_view toWord(SourceState state);

struct SourceStanding {
    std::string name;
    std::string url;  ///< scheme, host and port
    SourceState state = SourceState::connecting;
    std::string why;                            ///< what is wrong, in a sentence; empty while it is connected
    std::string version;                        ///< of the agent's program; empty: not known yet
    std::string role;                           ///< "viewer", "operator", "admin"; empty: not known yet
    std::string actor;                          ///< as whom it knows us
    std::optional<base::Duration> clockOffset;  ///< its wall clock minus ours
    std::optional<base::Duration> retryIn;      ///< until it is asked again
    double eventsPerSecond = 0;
    std::uint64_t events = 0;
    std::uint64_t gaps = 0;         ///< how often it told that events are missing
    std::uint64_t badMessages = 0;  ///< messages with values that cannot be
    std::uint64_t connections = 0;  ///< how often it was reached
    std::size_t breakers = 0;

    bool operator==(const SourceStanding&) const = default;
};

}  // namespace fusebox::domain
