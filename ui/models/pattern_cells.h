#pragma once
// What the table of error patterns says in each cell, and by what it sorts.

#include <fusebox/base/time.h>
#include <fusebox/models/pattern_row.h>
#include <fusebox/models/patterns_model.h>

#include <QString>

#include <optional>

namespace fusebox::models::pattern_cells {

[[nodiscard]] QString text(const PatternRow& row, PatternsModel::Column column, base::WallTime now);
/// Plain text, not yet made a tooltip; empty: the cell says it all.
[[nodiscard]] QString toolTip(const PatternRow& row, PatternsModel::Column column);
[[nodiscard]] QString title(PatternsModel::Column column);
[[nodiscard]] QString titleToolTip(PatternsModel::Column column);
[[nodiscard]] bool isNumber(PatternsModel::Column column);
/// Nothing: unknown, sorts last. The text column has none: texts are compared.
[[nodiscard]] std::optional<double> sortKey(const PatternRow& row, PatternsModel::Column column);

}  // namespace fusebox::models::pattern_cells
