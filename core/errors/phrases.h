#pragma once
// What words say about an error: phrases with the category they speak for and how loudly, in names ("TooManyRequestsException") and in
// running text.

#include <fusebox/domain/category.h>

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace fusebox::errors {

/// Phrases of one meaning. Weights are 0 (nothing) to 10 (proof).
struct PhraseLine {
    domain::Category category;
    std::uint8_t inNames;
    std::uint8_t inText;
    std::string_view phrases;  ///< separated by '|'; a '*' at the end lets the last word go on
};

[[nodiscard]] std::span<const PhraseLine> transientPhrases();
[[nodiscard]] std::span<const PhraseLine> rateLimitPhrases();
[[nodiscard]] std::span<const PhraseLine> authenticationPhrases();
[[nodiscard]] std::span<const PhraseLine> dataValidationPhrases();
[[nodiscard]] std::span<const PhraseLine> permanentPhrases();
/// Phrases that announce a delay, separated by '|'.
[[nodiscard]] std::string_view delayPhrases();

struct Phrase {
    domain::Category category = domain::Category::unknown;
    std::uint8_t inNames = 0;
    std::uint8_t inText = 0;
    bool announcesDelay = false;
};

struct PhraseList {
    std::vector<std::string_view> texts;
    std::vector<Phrase> phrases;  ///< by the same index
};

[[nodiscard]] PhraseList allPhrases();

}  // namespace fusebox::errors
