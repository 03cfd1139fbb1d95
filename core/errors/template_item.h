#pragma once
// A template taken apart into numbered words, or several that have been found to be one.
// Lifetime: the numbers are those of a WordPool.

#include <fusebox/errors/word_pool.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace fusebox::errors {

struct TemplateItem {
    std::vector<WordId> words;
    std::vector<WordId> gaps;  ///< before each word, and behind the last
    std::uint32_t member = 0;  ///< one of the templates in it
};

/// Spreads the bits of a number over all of it.
[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t x) {
    x ^= x >> 32U;
    x *= 0xd6e8feb86659fd93U;
    x ^= x >> 32U;
    x *= 0xd6e8feb86659fd93U;
    return x ^ (x >> 32U);
}

[[nodiscard]] std::uint64_t wordHash(const TemplateItem& item, std::size_t place);

/// Of the number of words and of what stands between them.
[[nodiscard]] std::uint64_t shapeHash(const TemplateItem& item);

/// The shape and, added to it, the words: single ones can be taken out again.
[[nodiscard]] std::uint64_t wholeHash(const TemplateItem& item);

/// One item for several: where words differ, any may stand. REQUIRES: at least one member.
[[nodiscard]] TemplateItem merged(const std::vector<const TemplateItem*>& members, const WordPool& pool);

[[nodiscard]] std::string textOf(const TemplateItem& item, const WordPool& pool);

}  // namespace fusebox::errors
