#pragma once
// Reads a text as plain words: letters in lower case, one sign for all digits, one space for everything between words. Compounds are
// taken apart where lower case turns to upper ("TooManyRequests", "IOException"); an apostrophe is left out ("can't" is "cant").
// Threads, Errors: a pure function of its text; any bytes are fine.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace fusebox::errors {

inline constexpr std::uint8_t kDigitSymbol = 26;
inline constexpr std::uint8_t kSpaceSymbol = 27;

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

/// True when the capital in front begins a word although a capital precedes it: the E of "IOException", not the D of "IDs".
[[nodiscard]] constexpr bool beginsWordInCapitals(std::string_view text) {
    const auto kindAt = [&](std::size_t at) {
        return at < text.size() ? kByteKinds[static_cast<unsigned char>(text[at])] : ByteKind::space;
    };
    return kindAt(1) == ByteKind::lower && (text[1] != 's' || kindAt(2) == ByteKind::lower);
}

/// Calls `take`, until it says false, with each symbol (0 to 25 a letter, kDigitSymbol, kSpaceSymbol) and the place where it stands; the text is led in
/// and out by one space.
template <typename Take>
void readWords(std::string_view text, Take&& take) {
    ByteKind last = ByteKind::space;
    if (!take(kSpaceSymbol, std::size_t{0})) return;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const ByteKind kind = kByteKinds[byte];
        switch (kind) {
            case ByteKind::lower:
                if (!take(static_cast<std::uint8_t>(byte - 'a'), i)) return;
                break;
            case ByteKind::upper: {
                const bool startsWord =
                    last == ByteKind::lower || (last == ByteKind::upper && beginsWordInCapitals(text.substr(i)));
                if (startsWord && !take(kSpaceSymbol, i)) return;
                if (!take(static_cast<std::uint8_t>(byte - 'A'), i)) return;
                break;
            }
            case ByteKind::digit:
                if (!take(kDigitSymbol, i)) return;
                break;
            case ByteKind::apostrophe:
                continue;
            case ByteKind::space:
                if (last != ByteKind::space && !take(kSpaceSymbol, i)) return;
                break;
        }
        last = kind;
    }
    if (last != ByteKind::space) take(kSpaceSymbol, text.size());
}

}  // namespace fusebox::errors
