#pragma once
// A masked message taken apart into words and what stands between them, so that messages can be compared place by place.
// Limits: 128 words; further ones tell no more about which message it is.

#include <fusebox/errors/mask.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fusebox::errors {

/// All kinds of values become one and lists of any form one item, so that "3 KB" and "4711", or one address and five,
/// do not make different templates. Only decimal fractions stay what they are: where one statement prints whole numbers
/// and another fractions, they can be told apart.
[[nodiscard]] std::string normalised(std::string_view masked);

/// What can be seen of a word without its neighbours.
enum class WordKind : std::uint8_t {
    prose,   ///< small letters, perhaps a capital first
    name,    ///< with digits, dots, underscores or capitals inside
    caps,    ///< capitals only: mostly the name of a state or a constant
    letter,  ///< one letter
    state,   ///< started, paused, up, failed, ...
    value,   ///< nothing but values and signs
    any,     ///< a place already known to vary
    sign,    ///< punctuation that stands alone
    head,    ///< see kHeadEnd
};

struct TemplateWord {
    std::string_view text;
    std::string_view gap;  ///< what stands before it
    WordKind kind = WordKind::prose;
};

struct TemplateWords {
    std::vector<TemplateWord> words;
    std::string_view tail;  ///< what stands after the last word
};

/// Lifetime: the words point into the text.
[[nodiscard]] TemplateWords splitTemplate(std::string_view normalisedText);

}  // namespace fusebox::errors
