#pragma once
// Which error patterns are wanted.

#include <fusebox/domain/error_pattern.h>
#include <fusebox/models/pattern_row.h>

#include <QStringList>

#include <bitset>
#include <optional>

namespace fusebox::models {

struct PatternFilter {
    QStringList words;  ///< all must occur in text, category, component or a breaker's name, whatever their case
    std::bitset<domain::kCategoryCount> categories;  ///< none: all
    std::optional<domain::Severity> least;
    std::optional<domain::Trend> trend;
    domain::BreakerId breaker;  ///< empty: all

    bool operator==(const PatternFilter&) const = default;

    [[nodiscard]] bool passes(const PatternRow& row) const;
};

}  // namespace fusebox::models
