#include <fusebox/errors/line_map.h>

#include <fusebox/errors/char_class.h>

#include <algorithm>

#if defined(__x86_64__) && defined(__GNUC__)
#define FUSEBOX_HAS_BYTE_SHUFFLE
#include <immintrin.h>
#endif

namespace fusebox::errors {

namespace {

constexpr bool isEnd(char c) {
    using namespace char_class;
    return (kTable[static_cast<unsigned char>(c)] & (kBlank | kBoundary)) != 0;
}

constexpr bool isBlankChar(char c) {
    return (char_class::kTable[static_cast<unsigned char>(c)] & char_class::kBlank) != 0;
}

constexpr bool isEvent(char c) {
    using namespace char_class;
    const bool mark = c == '"' || c == '`' || c == '\'' || c == '(' || c == '<' || c == '=' || c == '/' || c == '\\';
    return mark || (kTable[static_cast<unsigned char>(c)] & (kDigit | kDot | kColon)) != 0 ||
           (isBlankChar(c) && c != ' ');
}

LineMarks readPlainly(const char* p, std::size_t count) {
    LineMarks marks;
    for (std::size_t i = 0; i < count; ++i) {
        marks.ends |= std::uint64_t{isEnd(p[i])} << i;
        marks.blanks |= std::uint64_t{isBlankChar(p[i])} << i;
        marks.events |= std::uint64_t{isEvent(p[i])} << i;
    }
    return marks;
}

#if defined(FUSEBOX_HAS_BYTE_SHUFFLE)

/// A set of ASCII characters as two tables of 16 bytes: a character is in it when what they hold for its lower and its upper
/// four bits has a bit in common. Each bit stands for one row of the ASCII table, so the second table is the same for all
/// sets. Twice each, for registers of 32 bytes.
struct NibbleSet {
    alignas(32) std::array<char, 32> lower{};

    constexpr explicit NibbleSet(bool (*isMember)(char)) {
        for (unsigned row = 0; row < 8; ++row) {
            for (unsigned column = 0; column < 16; ++column) {
                if (!isMember(static_cast<char>(row * 16 + column))) continue;
                lower[column] = static_cast<char>(lower[column] | static_cast<char>(1U << row));
                lower[column + 16] = lower[column];
            }
        }
    }
};

struct Rows {
    alignas(32) std::array<char, 32> bits{};

    constexpr Rows() {
        for (unsigned row = 0; row < 8; ++row) {
            bits[row] = bits[row + 16] = static_cast<char>(1U << row);
        }
    }
};

constexpr NibbleSet kEnds(isEnd);
constexpr NibbleSet kBlanks(isBlankChar);
constexpr NibbleSet kEvents(isEvent);
constexpr Rows kRows;

[[gnu::target("ssse3")]] inline std::uint64_t members(const NibbleSet& set, __m128i text, __m128i rows) {
    const __m128i lowerBits =
        _mm_shuffle_epi8(_mm_load_si128(reinterpret_cast<const __m128i*>(set.lower.data())), text);
    const __m128i others = _mm_cmpeq_epi8(_mm_and_si128(lowerBits, rows), _mm_setzero_si128());
    return static_cast<std::uint64_t>(~_mm_movemask_epi8(others) & 0xffff);
}

/// Source: the classification of Langdale and Lemire, "Parsing Gigabytes of JSON per Second" (VLDB J. 2019).
[[gnu::target("ssse3")]] LineMarks readShuffled(const char* p, std::size_t count) {
    constexpr std::size_t step = 16;
    LineMarks marks;
    for (std::size_t i = 0; i < count; i += step) {
        const __m128i text = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p + i));
        const __m128i upper = _mm_and_si128(_mm_srli_epi16(text, 4), _mm_set1_epi8(0x0f));
        const __m128i rows =
            _mm_shuffle_epi8(_mm_load_si128(reinterpret_cast<const __m128i*>(kRows.bits.data())), upper);
        marks.ends |= members(kEnds, text, rows) << i;
        marks.blanks |= members(kBlanks, text, rows) << i;
        marks.events |= members(kEvents, text, rows) << i;
    }
    return marks;
}

[[gnu::target("avx2")]] inline std::uint64_t members(const NibbleSet& set, __m256i text, __m256i rows) {
    const __m256i lowerBits =
        _mm256_shuffle_epi8(_mm256_load_si256(reinterpret_cast<const __m256i*>(set.lower.data())), text);
    const __m256i others = _mm256_cmpeq_epi8(_mm256_and_si256(lowerBits, rows), _mm256_setzero_si256());
    return ~static_cast<std::uint32_t>(_mm256_movemask_epi8(others));
}

/// The same, 32 bytes at a time.
[[gnu::target("avx2")]] LineMarks readShuffledWide(const char* p, std::size_t count) {
    constexpr std::size_t step = 32;
    LineMarks marks;
    for (std::size_t i = 0; i < count; i += step) {
        const __m256i text = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p + i));
        const __m256i upper = _mm256_and_si256(_mm256_srli_epi16(text, 4), _mm256_set1_epi8(0x0f));
        const __m256i rows =
            _mm256_shuffle_epi8(_mm256_load_si256(reinterpret_cast<const __m256i*>(kRows.bits.data())), upper);
        marks.ends |= members(kEnds, text, rows) << i;
        marks.blanks |= members(kBlanks, text, rows) << i;
        marks.events |= members(kEvents, text, rows) << i;
    }
    return marks;
}

#endif

}  // namespace

LineMap::LineMap() : m_readBlock(readPlainly) {
#if defined(FUSEBOX_HAS_BYTE_SHUFFLE)
    if (__builtin_cpu_supports("avx2") != 0) {
        m_readBlock = readShuffledWide;
    } else if (__builtin_cpu_supports("ssse3") != 0) {
        m_readBlock = readShuffled;
    }
#endif
}

void LineMap::read(const char* text, std::size_t length) {
    std::uint64_t blankBefore = 0;
    // The zero behind the text is read too: it ends the last word.
    for (std::size_t at = 0; at <= length; at += kBlock) {
        const LineMarks block = m_readBlock(text + at, std::min(kBlock, length + 1 - at));
        m_ends[at / kBlock] = block.ends;
        m_events[at / kBlock] = block.events | (block.blanks & (block.blanks << 1U | blankBefore));
        blankBefore = block.blanks >> (kBlock - 1);
    }
}

}  // namespace fusebox::errors
