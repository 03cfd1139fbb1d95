#pragma once
// An error pattern in words: to be read on the screen, and to be pasted into a ticket as text or as JSON.
// Foreign parts of the texts are made safe; in JSON they stand as they are.

#include <fusebox/domain/error_pattern.h>

#include <QString>

namespace fusebox::format {

/// "Rate limit, 92 % sure: HTTP 503 + body 'SlowDown'"
[[nodiscard]] QString categoryText(const domain::ErrorPattern& pattern);
/// "Retry; last action: reduce load", or that nothing is done.
[[nodiscard]] QString handlingText(const domain::ErrorPattern& pattern);
/// The pattern itself; where the rest was put together it says so.
[[nodiscard]] QString patternName(const domain::ErrorPattern& pattern);

/// One error as it came, line by line: when, where, what, for whom, and its causes.
[[nodiscard]] QString sampleText(const domain::ErrorSample& sample);

/// All of it as lines of plain text.
[[nodiscard]] QString plainText(const domain::ErrorPattern& pattern);
/// All of it as indented JSON.
[[nodiscard]] QString jsonText(const domain::ErrorPattern& pattern);

}  // namespace fusebox::format
