#pragma once
// Looks at UTF-8 text by characters: is it valid, how long, blank, does it hold control characters.
// Errors: text that is not valid UTF-8 (overlong forms and surrogates included) has no characters.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace fusebox::base {

/// The characters of the text; nothing when it is not valid UTF-8.
[[nodiscard]] std::optional<std::u32string> decodeUtf8(std::string_view text);

/// Line breaks, tabs and everything else that steers a terminal instead of being seen.
[[nodiscard]] bool isControl(char32_t character);

/// White space of any script, and characters without width.
[[nodiscard]] bool isBlank(char32_t character);

/// True when nothing of the text would be seen. REQUIRES: valid UTF-8, else false.
[[nodiscard]] bool isBlank(std::string_view text);

[[nodiscard]] bool hasControl(std::string_view text);

/// The text, or its beginning of at most so many bytes, which does not end within a character.
[[nodiscard]] std::string_view cutTo(std::string_view text, std::size_t bytes);

/// Without the white space (ASCII and no-break) at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

}  // namespace fusebox::base
