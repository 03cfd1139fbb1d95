#pragma once
// Reads text line by line, whatever it holds: NUL bytes, invalid UTF-8, a last line without an end, lines of any length.
// Limits: of a line kLongestLine bytes are kept, the rest is passed over.

#include <array>
#include <cstddef>
#include <istream>
#include <optional>
#include <string>
#include <string_view>

namespace fusebox::ctl {

class LogLines {
public:
    static constexpr std::size_t kLongestLine = 64 * 1024;

    /// Lifetime: the stream outlives the reader.
    explicit LogLines(std::istream& in) : m_in(in) {}

    /// The next line, without what ends it ("\n" or "\r\n"); nothing at the end. Lifetime: until the next call.
    [[nodiscard]] std::optional<std::string_view> next();

private:
    [[nodiscard]] bool fill();
    void keep(std::string_view part);

    std::istream& m_in;
    std::array<char, 64 * 1024> m_block{};
    std::string_view m_rest;  ///< of the block
    std::string m_line;
};

}  // namespace fusebox::ctl
