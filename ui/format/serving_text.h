#pragma once
// How failing calls are answered now, in words.

#include <fusebox/domain/handling_standing.h>

#include <QString>

namespace fusebox::format {

/// "serving cache, 42 s old", "serving default value", "serving reduced form"; empty while calls are answered by the
/// dependency itself, or not at all.
[[nodiscard]] QString servingText(const domain::HandlingStanding& standing);

/// What the strategies have done so far, line by line, for a tooltip.
[[nodiscard]] QString servingDetails(const domain::HandlingStanding& standing);

}  // namespace fusebox::format
