#pragma once
// How much room text takes on a terminal, by columns: most characters one, those of East Asia and pictures two, marks that are laid over
// others none.
// Limits: a text is cut where it has more than four characters a column, so that a pile of marks has an end.

#include <cstddef>
#include <string>
#include <string_view>

namespace fusebox::ctl {

/// REQUIRES: the text is printable(). What is not UTF-8 counts by bytes.
[[nodiscard]] std::size_t columnsOf(std::string_view text);

/// The text if it fits, else its beginning with "…". REQUIRES: printable; columns > 0.
[[nodiscard]] std::string cutTo(std::string_view text, std::size_t columns);

/// With blanks up to so many columns; cut where it is wider.
[[nodiscard]] std::string padded(std::string_view text, std::size_t columns);
[[nodiscard]] std::string paddedLeft(std::string_view text, std::size_t columns);

}  // namespace fusebox::ctl
