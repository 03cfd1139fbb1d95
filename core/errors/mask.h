#pragma once
// What the scanner puts in place of a value: one byte below the printable ones, so that a masked message stays a plain
// string. Foreign text cannot forge one: the scanner reads control characters as blanks.

#include <string>
#include <string_view>

namespace fusebox::errors {

enum class Mask : char {
    none = 0,
    number = 1,
    decimal,
    hex,
    id,  ///< letters and digits mixed, versions, ranges: what has no meaning of its own
    size,
    duration,
    time,
    uuid,
    ip,
    mac,
    host,
    url,
    email,
    path,
    quoted,
    boolean,
    value,  ///< values of several kinds
    word,   ///< any text: put by the miner where messages of one template differ
    tail,   ///< the message goes on beyond the scanner's limits
};

/// Parts a masked message from what is put before it and never varies: the type and code of its error.
inline constexpr char kHeadEnd = '\x1f';

[[nodiscard]] constexpr bool isMask(char c) {
    return c > static_cast<char>(Mask::none) && c <= static_cast<char>(Mask::tail);
}

/// "num", "ip", ...
[[nodiscard]] std::string_view toWord(Mask mask);

/// The template as people read it: "dial tcp <ip>: i/o timeout".
[[nodiscard]] std::string templateText(std::string_view masked);

}  // namespace fusebox::errors
