#pragma once
// Where the words of a line end and where something other than plain words stands, one bit a character: all between is
// copied as it is.
// Threads: as any value.
// Limits: kMaxBytes of text.

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace fusebox::errors {

/// Of up to 64 characters, the first in the lowest bit.
struct LineMarks {
    std::uint64_t ends = 0;
    std::uint64_t blanks = 0;
    std::uint64_t events = 0;  ///< but for repeated blanks
};

class LineMap {
public:
    LineMap();

    static constexpr std::size_t kMaxBytes = 4096;
    /// Zeros that follow the text: it is read in blocks, and words end in them.
    static constexpr std::size_t kPadding = 64;

    /// REQUIRES: length <= kMaxBytes, kPadding zeros behind the text.
    void read(const char* text, std::size_t length);

    /// The first place at or behind `at` that needs a look: a digit, one of . : / \ " ' ` = ( <, a control character
    /// (the zero behind the text is one) or a blank that follows a blank. REQUIRES: at <= length.
    [[nodiscard]] std::size_t nextEvent(std::size_t at) const { return firstBit(m_events, at); }

    /// The first blank or boundary (see char_class) at or behind `at`. REQUIRES: at <= length.
    [[nodiscard]] std::size_t wordEnd(std::size_t at) const { return firstBit(m_ends, at); }

    /// Where the word that holds `at` begins. REQUIRES: at <= length.
    [[nodiscard]] std::size_t wordBegin(std::size_t at) const {
        std::size_t block = at / kBlock;
        std::uint64_t before = m_ends[block] & ((std::uint64_t{1} << (at % kBlock)) - 1);
        while (before == 0) {
            if (block == 0) return 0;
            before = m_ends[--block];
        }
        return (block + 1) * kBlock - static_cast<std::size_t>(std::countl_zero(before));
    }

private:
    static constexpr std::size_t kBlock = 64;  ///< characters; what is read may reach to the end of one

    using Bits = std::array<std::uint64_t, kMaxBytes / kBlock + 1>;

    [[nodiscard]] static std::size_t firstBit(const Bits& bits, std::size_t at) {
        std::size_t block = at / kBlock;
        const std::uint64_t rest = bits[block] >> (at % kBlock);
        if (rest != 0) {
            return at + static_cast<std::size_t>(std::countr_zero(rest));
        }
        do {
            ++block;
        } while (bits[block] == 0);
        return block * kBlock + static_cast<std::size_t>(std::countr_zero(bits[block]));
    }

    LineMarks (*m_readBlock)(const char* text, std::size_t count);
    Bits m_ends{};
    Bits m_events{};
};

}  // namespace fusebox::errors
