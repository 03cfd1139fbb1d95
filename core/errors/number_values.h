#pragma once
// Values that start with a digit or a sign: numbers, addresses, dates and times, sizes, durations, versions, ranges; and
// addresses that start with a hexadecimal letter.

#include <fusebox/errors/value_match.h>

#include <cstdint>

namespace fusebox::errors {

enum class NumberPlace : std::uint8_t {
    free,      ///< a word, or a part of one, starts here
    embedded,  ///< glued to letters before it: node12, IO80211Family
};

/// The number, and all that belongs to it: further groups (10.0.0.1:80, 2024-01-02 03:04:05.678), the unit, a repetition
/// in other units ("18846 bytes (18.4 KB)").
/// REQUIRES: `at` is a digit, or a sign and a digit behind it.
[[nodiscard]] ValueMatch matchNumber(const TextSpan& text, NumberPlace place);

/// UUIDs, MAC addresses and IPv6 addresses.
/// REQUIRES: `at` is a hexadecimal digit or a colon.
[[nodiscard]] ValueMatch matchHexGroups(const TextSpan& text);

/// Behind the name of a month: "24 02:38:22", "10 19:02:14 EST 2004". REQUIRES: `at` is a digit.
[[nodiscard]] ValueMatch matchDayAndTime(const TextSpan& text);

}  // namespace fusebox::errors
