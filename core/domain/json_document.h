#pragma once
// Parses JSON that comes from elsewhere, within limits: what is too deep or has too many values ends the parsing at once,
// so that a document never takes much more memory than stated.
// Errors: invalidInput for what is no JSON, limitReached for what is beyond a limit.
// Source: nlohmann::json's SAX interface.

#include <fusebox/base/result.h>

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace fusebox::domain {

enum class DuplicateKeys : std::uint8_t { lastOneCounts, refused };

struct JsonLimits {
    std::size_t bytes = 8U << 20U;
    std::size_t values = 300'000;  ///< objects, lists, texts, numbers; each takes up to about 100 bytes
    std::size_t depth = 24;  ///< an error with eight causes and what each knows lies 18 deep in a list of breakers
    DuplicateKeys duplicates = DuplicateKeys::lastOneCounts;
};

[[nodiscard]] base::Result<nlohmann::json> parseJson(std::string_view text, const JsonLimits& limits = {});

}  // namespace fusebox::domain
