#pragma once
// Reads a text as plain words: letters in lower case, digits, and one space for everything between words. Compounds are taken apart
// where lower case turns to upper ("TooManyRequests", "IOException"); an apostrophe is left out ("can't" is "cant").
// Threads, Errors: a pure function of its text; any bytes are fine.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace fusebox::errors {

inline constexpr std::uint8_t kSpaceSymbol = 36;

enum class ByteKind : std::uint8_t { space, lower, upper, digit, apostrophe };

[[nodiscard]] constexpr ByteKind kindOfByte(unsigned char byte) {
    if (byte >= 'a' && byte <= 'z') return ByteKind::lower;
    if (byte >= 'A' && byte <= 'Z') return ByteKind::upper;
    if (byte >= '0' && byte <= '9') return ByteKind::digit;
    return byte == '\'' ? ByteKind::apostrophe : ByteKind::space;
}

inline constexpr std::array<ByteKind, 256> kByteKinds = [] {
    std::array<ByteKind, 256> kinds{};
    for (std::size_t byte = 0; byte < kinds.size(); ++byte) {
        kinds[byte] = kindOfByte(static_cast<unsigned char>(byte));
    }
    return kinds;
}();

/// Calls `take` with each symbol: 0 to 25 a letter, 26 to 35 a digit, kSpaceSymbol; the text is led in and out by one space.
template <typename Take>
void readWords(std::string_view text, Take&& take) {
    ByteKind last = ByteKind::space;
    take(kSpaceSymbol);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const ByteKind kind = kByteKinds[byte];
        switch (kind) {
            case ByteKind::lower:
                take(static_cast<std::uint8_t>(byte - 'a'));
                break;
            case ByteKind::upper: {
                const bool startsWord =
                    last == ByteKind::lower ||
                    (last == ByteKind::upper && i + 1 < text.size() &&
                     kByteKinds[static_cast<unsigned char>(text[i + 1])] == ByteKind::lower &&
                     !(text[i + 1] == 's' && (i + 2 == text.size() ||
                                              kByteKinds[static_cast<unsigned char>(text[i + 2])] == ByteKind::space)));
                if (startsWord) take(kSpaceSymbol);
                take(static_cast<std::uint8_t>(byte - 'A'));
                break;
            }
            case ByteKind::digit:
                take(static_cast<std::uint8_t>(byte - '0' + 26));
                break;
            case ByteKind::apostrophe:
                continue;
            case ByteKind::space:
                if (last != ByteKind::space) take(kSpaceSymbol);
                break;
        }
        last = kind;
    }
    if (last != ByteKind::space) take(kSpaceSymbol);
}

}  // namespace fusebox::errors
