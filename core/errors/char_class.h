#pragma once
// What the bytes of a message mean to the scanner: one look-up a byte.

#include <array>
#include <cstdint>

namespace fusebox::errors {

/// A set of the marks below.
using CharMarks = std::uint16_t;

namespace char_class {

inline constexpr CharMarks kLetter = 1;     ///< A-Z, a-z and every byte of a character beyond ASCII
inline constexpr CharMarks kDigit = 2;      ///< 0-9
inline constexpr CharMarks kHexLetter = 4;  ///< a-f, A-F
inline constexpr CharMarks kUpper = 8;      ///< A-Z
inline constexpr CharMarks kBoundary = 16;  ///< ends a word: brackets, quotes, = , ; |
inline constexpr CharMarks kBlank = 32;     ///< space and all control characters
inline constexpr CharMarks kClosing = 64;   ///< . : ! ? (and , ;) end a phrase when nothing follows
inline constexpr CharMarks kDot = 128;
inline constexpr CharMarks kColon = 256;
inline constexpr CharMarks kSlash = 512;  ///< / \ ~
inline constexpr CharMarks kAt = 1024;
inline constexpr CharMarks kDash = 2048;
inline constexpr CharMarks kTruthInitial = 4096;  ///< begins true, false, null, undefined, ...
inline constexpr CharMarks kDateInitial = 8192;   ///< begins a month or a weekday, as a capital

/// What can make a word an address, a path or a name.
inline constexpr CharMarks kInner = kDot | kColon | kSlash | kAt;

constexpr std::array<CharMarks, 256> makeTable() {
    std::array<CharMarks, 256> table{};
    const auto mark = [&table](const char* characters, CharMarks marks) {
        for (; *characters != '\0'; ++characters) {
            auto& entry = table[static_cast<unsigned char>(*characters)];
            entry = static_cast<CharMarks>(entry | marks);
        }
    };
    for (std::size_t c = 0; c <= ' '; ++c) {
        table[c] = kBlank;
    }
    table[0x7f] = kBlank;
    for (std::size_t c = 0x80; c < table.size(); ++c) {
        table[c] = kLetter;
    }
    mark("0123456789", kDigit);
    mark("abcdefghijklmnopqrstuvwxyz", kLetter);
    mark("ABCDEFGHIJKLMNOPQRSTUVWXYZ", kLetter | kUpper);
    mark("abcdefABCDEF", kHexLetter);
    mark("()[]{}<>\"'`=,;|", kBoundary);
    mark(".,:;!?", kClosing);
    mark(".", kDot);
    mark(":", kColon);
    mark("/\\~", kSlash);
    mark("@", kAt);
    mark("-", kDash);
    mark("tfnuTFNU", kTruthInitial);
    mark("ADFJMNOSTW", kDateInitial);
    return table;
}

inline constexpr std::array<CharMarks, 256> kTable = makeTable();

}  // namespace char_class

[[nodiscard]] inline CharMarks classOf(char c) {
    return char_class::kTable[static_cast<unsigned char>(c)];
}
[[nodiscard]] inline bool isDigit(char c) {
    return (classOf(c) & char_class::kDigit) != 0;
}
[[nodiscard]] inline bool isLetter(char c) {
    return (classOf(c) & char_class::kLetter) != 0;
}
[[nodiscard]] inline bool isUpper(char c) {
    return (classOf(c) & char_class::kUpper) != 0;
}
[[nodiscard]] inline bool isAlnum(char c) {
    return (classOf(c) & (char_class::kLetter | char_class::kDigit)) != 0;
}
[[nodiscard]] inline bool isHexDigit(char c) {
    return (classOf(c) & (char_class::kHexLetter | char_class::kDigit)) != 0;
}
[[nodiscard]] inline bool isBlank(char c) {
    return (classOf(c) & char_class::kBlank) != 0;
}
[[nodiscard]] inline bool isClosing(char c) {
    return (classOf(c) & char_class::kClosing) != 0;
}
/// Neither blank nor a bracket, quote or separator.
[[nodiscard]] inline bool isWordChar(char c) {
    return (classOf(c) & (char_class::kBlank | char_class::kBoundary)) == 0;
}
[[nodiscard]] inline char lower(char c) {
    return isUpper(c) ? static_cast<char>(c + ('a' - 'A')) : c;
}

}  // namespace fusebox::errors
