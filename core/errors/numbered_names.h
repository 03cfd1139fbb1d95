#pragma once
// Words of letters with digits at their end, told apart at a glance: eth0, r00=, blk_1073742828.
// REQUIRES: of all functions: the text is followed by eight zeros or more.

#include <fusebox/errors/char_run.h>

#include <cstddef>

namespace fusebox::errors {

/// Two or more letters and a few digits behind them, not all hexadecimal: neither a label (R30) nor an id.
/// REQUIRES: letters in [begin, digits).
[[nodiscard]] inline bool isNumberedName(const char* begin, const char* digits, const char* stop) {
    constexpr std::ptrdiff_t most = 5;
    return digits - begin >= 2 && stop != digits && stop - digits <= most && digitsEnd(digits) == stop &&
           !(stop - begin >= 6 && hexEnd(begin) >= digits);
}

/// A name of few letters and digits right before an equals sign: the key of a value, r00=0x1f.
[[nodiscard]] inline bool isNumberedKey(const char* begin, const char* stop) {
    constexpr std::ptrdiff_t longest = 8;
    constexpr std::ptrdiff_t mostDigits = 2;
    if (*stop != '=' || stop - begin > longest) return false;
    const char* const digits = lettersEnd(begin);
    return digits != begin && stop - digits <= mostDigits && digitsEnd(digits) == stop;
}

/// A name and a number too long to count things: blk_-1608999687919862906. (Names do this for any word; it is frequent.)
[[nodiscard]] inline bool isNumberedId(const char* nameEnd, const char* stop) {
    constexpr std::ptrdiff_t longNumber = 9;  // digits that count nothing any more
    const char* p = nameEnd;
    if (*p != '_' && *p != '-') return false;
    ++p;
    if (*p == '-') ++p;
    return stop - p >= longNumber && digitsEnd(p) == stop;
}

}  // namespace fusebox::errors
