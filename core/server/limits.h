#pragma once
// What the server takes on at most, from one peer and from all together.

#include <fusebox/base/time.h>

#include <cstddef>
#include <cstdint>

namespace fusebox::server {

/// No request may have more, whatever the limits say otherwise.
inline constexpr std::size_t kLongestHead = 16 * 1024;
inline constexpr std::size_t kLongestTarget = 4 * 1024;
inline constexpr std::size_t kMostFields = 64;
inline constexpr std::size_t kLongestBody = 64 * 1024;
inline constexpr std::size_t kLongestToken = 512;

struct Limits {
    std::uint32_t connections = 1024;        ///< requests and streams at once
    std::uint32_t connectionsPerPeer = 64;   ///< of one address, with those that have not asked yet
    std::uint32_t waitingForHead = 512;      ///< connections that have not asked yet; beyond it the oldest goes
    std::uint32_t streams = 512;             ///< event streams at once; the other connections stay free for requests
    std::uint32_t waitingCommands = 64;      ///< commands whose answer is awaited
    double requestsPerSecond = 50;           ///< of one peer, on average
    double requestBurst = 200;               ///< of one peer, at once
    double wrongTokensPerSecond = 1;         ///< of one peer, on average
    double wrongTokenBurst = 20;             ///< of one peer, at once
    std::size_t streamMemory = 16ULL << 20;  ///< bytes of events kept for streams that begin again
    base::Duration headTime = std::chrono::seconds(5);
    base::Duration bodyTime = std::chrono::seconds(10);
    base::Duration answerTime = std::chrono::seconds(60);  ///< to take an answer that is no stream
    base::Duration stallTime = std::chrono::seconds(10);   ///< without a byte taken
    base::Duration commandTime = std::chrono::seconds(5);  ///< until a command is answered as pending
};

}  // namespace fusebox::server
