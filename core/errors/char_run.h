#pragma once
// Where a run of digits or letters ends, found eight characters at a time: how long such runs are cannot be foreseen, and a
// branch for each of their ends would cost more than looking at eight.
// REQUIRES: of all functions: the text is followed by eight zeros or more.

#include <bit>
#include <cstdint>
#include <cstring>

namespace fusebox::errors {

namespace char_run {

inline constexpr std::uint64_t kOnes = 0x0101010101010101U;
inline constexpr std::uint64_t kHighBits = 0x80U * kOnes;

/// The high bit of each byte that lies within first..last. REQUIRES: both are ASCII.
constexpr std::uint64_t within(std::uint64_t bytes, unsigned char first, unsigned char last) {
    const std::uint64_t ascii = bytes & ~kHighBits;
    const std::uint64_t fromFirst = ascii + (0x80U - first) * kOnes;
    const std::uint64_t beyondLast = ascii + (0x7fU - last) * kOnes;
    return fromFirst & ~beyondLast & ~bytes & kHighBits;
}

constexpr std::uint64_t digits(std::uint64_t bytes) {
    return within(bytes, '0', '9');
}

/// Bytes beyond ASCII are letters.
constexpr std::uint64_t letters(std::uint64_t bytes) {
    return within(bytes | 0x20U * kOnes, 'a', 'z') | (bytes & kHighBits);
}

constexpr std::uint64_t hexDigits(std::uint64_t bytes) {
    return digits(bytes) | within(bytes | 0x20U * kOnes, 'a', 'f');
}

template <typename Members>
const char* end(const char* p, Members members) {
    while (true) {
        std::uint64_t bytes = 0;
        std::memcpy(&bytes, p, sizeof bytes);
        if (const std::uint64_t others = ~members(bytes) & kHighBits; others != 0) {
            const bool little = std::endian::native == std::endian::little;
            return p + (little ? std::countr_zero(others) : std::countl_zero(others)) / 8;
        }
        p += sizeof bytes;
    }
}

}  // namespace char_run

/// The first character at or behind p that is no digit, and so on.
[[nodiscard]] inline const char* digitsEnd(const char* p) {
    return char_run::end(p, char_run::digits);
}
[[nodiscard]] inline const char* lettersEnd(const char* p) {
    return char_run::end(p, char_run::letters);
}
[[nodiscard]] inline const char* alnumEnd(const char* p) {
    return char_run::end(p, [](std::uint64_t bytes) { return char_run::letters(bytes) | char_run::digits(bytes); });
}
[[nodiscard]] inline const char* hexEnd(const char* p) {
    return char_run::end(p, char_run::hexDigits);
}

}  // namespace fusebox::errors
