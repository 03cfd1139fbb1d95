#pragma once
// Finds many phrases in a text in one pass. Case, punctuation and spelling of compounds do not matter: "SlowDown", "slow_down" and
// "slow down" are the same words. A phrase matches whole words; a '*' at its end lets the last word go on ("throttl*").
// Threads: immutable once built. Time: one table step for each byte of text.
// Limits: kMostPhraseHits hits a text; 65,535 letters of phrases in all, what is beyond is left out.
// Source: Aho and Corasick, "Efficient string matching", 1975, with all failure steps resolved beforehand.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fusebox::errors {

inline constexpr std::size_t kMostPhraseHits = 32;

struct PhraseHit {
    std::uint16_t phrase = 0;  ///< its index in the list
    std::uint32_t begin = 0;   ///< in the text as it was read: lower case, one space between words
    std::uint32_t end = 0;
    std::uint32_t textEnd = 0;  ///< in the text itself
    std::uint16_t letters = 0;  ///< and digits

    /// The part of the text that was found, without the blanks around it. REQUIRES: the text that was scanned.
    [[nodiscard]] std::string_view in(std::string_view text) const;
};

/// What was found, in the order of the text; a hit within a longer hit is left out.
class PhraseHits {
public:
    void add(PhraseHit hit);

    [[nodiscard]] const PhraseHit* begin() const { return m_hits.data(); }
    [[nodiscard]] const PhraseHit* end() const { return m_hits.data() + m_count; }
    [[nodiscard]] bool empty() const { return m_count == 0; }

private:
    std::array<PhraseHit, kMostPhraseHits> m_hits;
    std::size_t m_count = 0;
};

class PhraseScanner {
public:
    explicit PhraseScanner(std::span<const std::string_view> phrases);

    [[nodiscard]] PhraseHits scan(std::string_view text) const;

private:
    using Node = std::uint16_t;
    // A node is a row of steps, one for each symbol, and the phrase that ends there; with 32 places it fills a cache line.
    static constexpr std::size_t kSymbols = 32;
    static constexpr std::uint8_t kLetters = 28;
    static constexpr std::uint8_t kEndSlot = 31;

    struct End {
        std::uint16_t phrase;
        std::uint16_t length;   ///< in symbols
        std::uint16_t letters;  ///< symbols but blanks
    };

    void addPhrase(std::string_view phrase, std::uint16_t index);
    void resolveFailures();
    [[nodiscard]] Node& step(Node node, std::uint8_t symbol) { return m_steps[node * kSymbols + symbol]; }

    std::vector<Node> m_steps;
    std::vector<End> m_ends;  ///< of the longest phrase that ends at a node; the first is none
};

}  // namespace fusebox::errors
