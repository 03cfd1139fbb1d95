#pragma once
// The colours of the error categories, the same in every chart and tile.

#include <fusebox/domain/category.h>
#include <fusebox/format/theme.h>

namespace fusebox::format {

/// At least 3:1 on the surface of charts; never the only sign, its word stands beside it.
[[nodiscard]] QColor colourOf(domain::Category category, const Theme& theme);

}  // namespace fusebox::format
