#pragma once
// A fixed set of words, each with a meaning, found in one look: no branch of the look-up depends on the word but by its
// length class. Capitals do not count.
// Limits: words of up to 16 bytes.
// Errors: a foreign word that hashes like one in the table is taken for it: one in 2^60 or so, and harmless here.

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

namespace fusebox::errors {

namespace word_table {

inline constexpr std::size_t kLongestWord = 16;

/// The bytes from `at` on, the first the lowest; set bit 5 makes small letters of capitals and keeps digits.
constexpr std::uint64_t bytesOf(std::string_view word, std::size_t at, std::size_t count) {
    std::uint64_t bytes = 0;
    for (std::size_t i = count; i > 0; --i) {
        bytes = bytes << 8U | static_cast<unsigned char>(word[at + i - 1]);
    }
    return bytes;
}

template <typename Integer>
constexpr std::uint64_t load(std::string_view word, std::size_t at) {
    if (std::is_constant_evaluated()) {
        return bytesOf(word, at, sizeof(Integer));
    }
    Integer bytes = 0;
    std::memcpy(&bytes, word.data() + at, sizeof bytes);
    return bytes;
}

constexpr std::uint64_t mix(std::uint64_t a, std::uint64_t b, std::size_t length) {
    constexpr std::uint64_t small = 0x2020202020202020U;
    std::uint64_t key = ((a | small) ^ length) * 0x9e3779b97f4a7c15U;
    key ^= key >> 32U;
    key = (key ^ (b | small)) * 0xc2b2ae3d27d4eb4fU;
    return (key ^ key >> 29U) | 1U;
}

/// REQUIRES: 1 to kLongestWord bytes.
constexpr std::uint64_t keyOf(std::string_view word) {
    const std::size_t n = word.size();
    if (n >= 8) return mix(load<std::uint64_t>(word, 0), load<std::uint64_t>(word, n - 8), n);
    if (n >= 4) return mix(load<std::uint32_t>(word, 0), load<std::uint32_t>(word, n - 4), n);
    return mix(bytesOf(word, 0, 1) << 16U | bytesOf(word, n / 2, 1) << 8U | bytesOf(word, n - 1, 1), 0, n);
}

}  // namespace word_table

/// REQUIRES: at most half of the slots are used. Meaning{} says that the word is not in the table.
template <typename Meaning, std::size_t kSlots>
class WordTable {
public:
    template <std::size_t kWords>
    constexpr WordTable& add(const std::array<std::string_view, kWords>& words, Meaning meaning) {
        for (const std::string_view word : words) {
            const std::uint64_t key = word_table::keyOf(word);
            std::size_t at = key / 2 % kSlots;
            while (m_keys[at] != 0) at = (at + 1) % kSlots;
            m_keys[at] = key;
            m_meanings[at] = meaning;
        }
        return *this;
    }

    [[nodiscard]] Meaning meaningOf(std::string_view word) const {
        if (word.empty() || word.size() > word_table::kLongestWord) return Meaning{};
        const std::uint64_t key = word_table::keyOf(word);
        std::size_t at = key / 2 % kSlots;
        while (m_keys[at] != 0 && m_keys[at] != key) at = (at + 1) % kSlots;
        return m_meanings[at];
    }

private:
    std::array<std::uint64_t, kSlots> m_keys{};
    std::array<Meaning, kSlots> m_meanings{};
};

}  // namespace fusebox::errors
