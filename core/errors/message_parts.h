#pragma once
// How the parts of a message end: lines, escapes, quotes, phrases.
// Threads: pure functions.

#include <fusebox/errors/char_class.h>

#include <string_view>

namespace fusebox::errors {

/// The first line that holds anything.
[[nodiscard]] std::string_view firstLine(std::string_view message);

/// Where a terminal escape ends: "[31m" and its like. REQUIRES: p is behind the escape character.
[[nodiscard]] const char* skipEscape(const char* p, const char* end);

/// The quote that closes the one at `open`; null when none does within 1 KiB. An apostrophe in a word does not.
[[nodiscard]] const char* closingQuote(const char* open, const char* end);

/// Without the punctuation that ends a phrase: "failed:", "done.".
[[nodiscard]] inline const char* withoutClosing(const char* begin, const char* end) {
    while (end != begin && isClosing(end[-1])) --end;
    return end;
}

/// Base64 and its like end with one or two "=".
[[nodiscard]] const char* skipPadding(const char* p, const char* end);

}  // namespace fusebox::errors
