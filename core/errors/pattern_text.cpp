#include <fusebox/errors/pattern_text.h>

#include <fusebox/errors/mask.h>
#include <fusebox/errors/template_tokens.h>

#include <cstddef>

namespace fusebox::errors {

namespace {

/// Two spellings of one word that differ in kinds of values only: where they do, any value stands.
void unite(std::string& word, std::string_view other) {
    for (std::size_t i = 0; i < word.size() && i < other.size(); ++i) {
        if (word[i] != other[i]) word[i] = static_cast<char>(Mask::value);
    }
}

}  // namespace

PatternText::PatternText(std::string_view pattern) : m_pattern(pattern) {
    m_words.resize(splitTemplate(m_pattern).words.size());
}

void PatternText::add(std::string_view masked) {
    const std::string even = normalised(masked);
    const TemplateWords pattern = splitTemplate(m_pattern);
    const TemplateWords plain = splitTemplate(even);
    const TemplateWords kinds = splitTemplate(masked);
    if (plain.words.size() != m_words.size() || kinds.words.size() != m_words.size()) {
        return;  // a list was folded: its items cannot be told apart any more
    }
    for (std::size_t i = 0; i < m_words.size(); ++i) {
        const bool same = pattern.words[i].text == plain.words[i].text;
        if (!same || kinds.words[i].text.size() != plain.words[i].text.size()) continue;
        if (m_words[i].empty()) {
            m_words[i] = kinds.words[i].text;
        } else {
            unite(m_words[i], kinds.words[i].text);
        }
    }
}

std::string PatternText::text() const {
    const TemplateWords pattern = splitTemplate(m_pattern);
    std::string text;
    for (std::size_t i = 0; i < pattern.words.size(); ++i) {
        text += pattern.words[i].gap;
        text += m_words[i].empty() ? pattern.words[i].text : std::string_view(m_words[i]);
    }
    return text += pattern.tail;
}

std::string readable(std::string_view masked) {
    const std::size_t head = masked.find(kHeadEnd);
    if (head == std::string_view::npos) {
        return templateText(masked);
    }
    return std::string(masked.substr(0, head)) + ": " + templateText(masked.substr(head + 1));
}

}  // namespace fusebox::errors
