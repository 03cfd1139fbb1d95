#pragma once
// One row of the table of error patterns: the pattern as reported, and what the table adds to it.

#include <fusebox/domain/error_pattern.h>

#include <QString>

#include <cstdint>
#include <optional>

namespace fusebox::models {

struct PatternRow {
    const domain::ErrorPattern* pattern = nullptr;  ///< in the report that the model keeps
    QString text;                                   ///< made safe
    std::uint64_t here = 0;                         ///< errors of the breaker that is filtered by
    std::optional<double> tripShare;                ///< of the errors before the trip that is looked at; nothing: none
};

}  // namespace fusebox::models
