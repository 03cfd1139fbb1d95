#pragma once
// Foreign text (names, messages, targets) on its way to the screen. It is never markup, never more than it should be,
// and it cannot reorder or hide what stands beside it.
// Errors: invalid UTF-8 becomes U+FFFD; control characters become visible pictures; bidirectional controls become
// U+FFFD.
// Limits: every function cuts at its limit (in UTF-16 units, never inside a surrogate pair) and marks the cut with
// "…".

#include <QString>

#include <string_view>

namespace fusebox::format::SafeText {

inline constexpr qsizetype kNameLimit = 120;
inline constexpr qsizetype kLineLimit = 500;
inline constexpr qsizetype kBlockLimit = 20'000;

/// One line: newlines become "⏎", tabs become spaces.
[[nodiscard]] QString oneLine(std::string_view utf8, qsizetype limit = kLineLimit);
[[nodiscard]] QString oneLine(const QString& text, qsizetype limit = kLineLimit);

/// Several lines of plain text; newlines stay. Only for widgets that show plain text.
[[nodiscard]] QString block(std::string_view utf8, qsizetype limit = kBlockLimit);
[[nodiscard]] QString block(const QString& text, qsizetype limit = kBlockLimit);

/// For setToolTip and Qt::ToolTipRole, where Qt guesses whether a text is markup: escaped, so the guess does not
/// matter.
[[nodiscard]] QString toolTip(std::string_view utf8, qsizetype limit = 2'000);
[[nodiscard]] QString toolTip(const QString& text, qsizetype limit = 2'000);

/// One line for menus, buttons and tabs, where "&" would make a shortcut.
[[nodiscard]] QString caption(std::string_view utf8, qsizetype limit = kNameLimit);
[[nodiscard]] QString caption(const QString& text, qsizetype limit = kNameLimit);

/// One cell of a table that is pasted elsewhere: what a spreadsheet would take for a formula gets an apostrophe before
/// it, tabs and newlines are gone. Numbers stay numbers.
[[nodiscard]] QString cell(const QString& text, qsizetype limit = kLineLimit);

}  // namespace fusebox::format::SafeText
