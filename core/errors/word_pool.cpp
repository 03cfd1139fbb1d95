#include <fusebox/errors/word_pool.h>

#include <fusebox/errors/mask.h>

namespace fusebox::errors {

namespace {

constexpr char kAnyWordText[] = {static_cast<char>(Mask::word)};
constexpr char kAnyValueText[] = {static_cast<char>(Mask::id)};

}  // namespace

WordPool::WordPool()
    : m_anyWord(idOf({kAnyWordText, 1}, WordKind::any)), m_anyValue(idOf({kAnyValueText, 1}, WordKind::value)) {}

WordId WordPool::idOf(std::string_view text, WordKind kind) {
    const auto [entry, added] = m_ids.try_emplace(text, static_cast<WordId>(m_words.size()));
    if (added) m_words.push_back({text, kind});
    return entry->second;
}

}  // namespace fusebox::errors
