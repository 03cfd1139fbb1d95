#pragma once
// How much of an error is read: of a long message the beginning and the end, of a name its beginning. Stack traces end with the cause.

#include <cstddef>
#include <string_view>

namespace fusebox::errors {

inline constexpr std::size_t kMostText = 4096;
inline constexpr std::size_t kLongestName = 256;

struct Pieces {
    std::string_view head;
    std::string_view tail;  ///< empty when the head is all
};

[[nodiscard]] constexpr Pieces piecesOf(std::string_view message) {
    if (message.size() <= kMostText) return {message, {}};
    constexpr std::size_t kTail = kMostText / 4;
    return {message.substr(0, kMostText - kTail), message.substr(message.size() - kTail)};
}

}  // namespace fusebox::errors
