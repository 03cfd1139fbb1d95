#include <fusebox/errors/known_templates.h>

#include <fusebox/errors/template_table.h>

#include <algorithm>
#include <utility>

namespace fusebox::errors {

namespace {

std::uint64_t shapeOf(const TemplateWords& split) {
    std::string gaps;
    for (const TemplateWord& word : split.words) {
        gaps += word.gap;
        gaps += kHeadEnd;  // stands in no gap: keeps "a, b" and "a ,b" apart
    }
    gaps += split.tail;
    return textHash(gaps);
}

}  // namespace

void KnownTemplates::add(std::string_view text, std::uint32_t entry) {
    const std::string even = normalised(text);
    const TemplateWords split = splitTemplate(even);
    Known known;
    known.entry = entry;
    for (const TemplateWord& word : split.words) {
        known.words.emplace_back(word.kind == WordKind::any ? std::string_view() : word.text);
    }
    m_shapes[shapeOf(split)].push_back(std::move(known));
}

std::optional<std::uint32_t> KnownTemplates::find(std::string_view masked) const {
    if (m_shapes.empty()) {
        return std::nullopt;
    }
    const std::string even = normalised(masked);
    const TemplateWords split = splitTemplate(even);
    const auto shape = m_shapes.find(shapeOf(split));
    if (shape == m_shapes.end()) {
        return std::nullopt;
    }
    for (const Known& known : shape->second) {
        const bool fits = std::equal(known.words.begin(), known.words.end(), split.words.begin(), split.words.end(),
                                     [](const std::string& a, const TemplateWord& b) {
                                         return a.empty() ? b.kind != WordKind::head : a == b.text;
                                     });
        if (fits) return known.entry;
    }
    return std::nullopt;
}

}  // namespace fusebox::errors
