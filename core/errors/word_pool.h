#pragma once
// The words of many templates, each kept once and known by a number.
// Lifetime: the texts are those that were given; they outlive the pool.

#include <fusebox/errors/template_tokens.h>

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace fusebox::errors {

using WordId = std::uint32_t;

class WordPool {
public:
    WordPool();

    [[nodiscard]] WordId idOf(std::string_view text, WordKind kind);
    [[nodiscard]] std::string_view text(WordId word) const { return m_words[word].text; }
    [[nodiscard]] WordKind kind(WordId word) const { return m_words[word].kind; }

    /// What stands in a place that varies: any value when both were values, else any word.
    [[nodiscard]] WordId any(WordKind a, WordKind b) const {
        return a == WordKind::value && b == WordKind::value ? m_anyValue : m_anyWord;
    }
    [[nodiscard]] WordId anyWord() const { return m_anyWord; }

private:
    struct Word {
        std::string_view text;
        WordKind kind;
    };

    std::unordered_map<std::string_view, WordId> m_ids;
    std::vector<Word> m_words;
    WordId m_anyWord;
    WordId m_anyValue;
};

}  // namespace fusebox::errors
