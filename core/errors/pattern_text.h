#pragma once
// How a pattern reads: its template, with the kind of each value where all its messages agree in it.

#include <string>
#include <string_view>
#include <vector>

namespace fusebox::errors {

class PatternText {
public:
    /// `pattern` is the text that the pattern's templates were found to share.
    explicit PatternText(std::string_view pattern);

    /// One of the pattern's templates, as it was masked.
    void add(std::string_view masked);

    /// Masked text: Mask::word where words differ, Mask::value where kinds of values do.
    [[nodiscard]] std::string text() const;

private:
    std::string m_pattern;
    std::vector<std::string> m_words;  ///< masked; empty while no template has told
};

/// The text for people: "ConnectTimeout [curl 28]: no answer from <ip>".
[[nodiscard]] std::string readable(std::string_view masked);

}  // namespace fusebox::errors
