#pragma once
// What the terminal can do, if there is one, and questions to the person who sits at it.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

namespace fusebox::ctl {

/// How output may look.
struct Look {
    bool colours = false;                ///< a terminal that knows them, and NO_COLOR is not set
    std::optional<std::size_t> columns;  ///< of the terminal; nothing: there is none
};

[[nodiscard]] Look lookOf(std::FILE* stream);

enum class Colour : std::uint8_t { none, red, yellow, green, blue, faint, bold };

/// The text in that colour, where there are colours.
[[nodiscard]] std::string painted(std::string_view text, Colour colour, const Look& look);

/// A person sits at standard input and sees standard error.
[[nodiscard]] bool canAsk();

/// Asks there and gives the line without blanks around it; nothing at the end of the input.
[[nodiscard]] std::optional<std::string> ask(const std::string& question);

}  // namespace fusebox::ctl
