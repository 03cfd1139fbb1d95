#pragma once
// Reads errors from text, one a line: a table with tabs whose first line names the columns, or JSON objects.
// Columns and keys: source (or system), code, name (or type), message (or message_or_description, description); in any order, others are
// ignored. JSON may also have attributes (an object: headers) and cause (an object like the error). Empty lines are skipped.
// Errors: the line and what is wrong with it. Limits: kLongestLine bytes a line, kMostCauses causes.

#include <fusebox/base/result.h>
#include <fusebox/domain/error.h>

#include <cstddef>
#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fusebox::ctl {

inline constexpr std::size_t kLongestLine = 16 * 1024 * 1024;
inline constexpr std::size_t kMostCauses = 16;

class ErrorRecords {
public:
    /// Lifetime: the stream outlives the reader.
    explicit ErrorRecords(std::istream& in) : m_in(in) {}

    /// The next error; nothing at the end.
    [[nodiscard]] base::Result<std::optional<domain::Error>> next();

private:
    enum class Format : std::uint8_t { unknown, table, json };
    enum class Column : std::uint8_t { other, source, code, name, message };

    [[nodiscard]] base::Result<bool> readLine();
    [[nodiscard]] base::Result<bool> readHeader();
    [[nodiscard]] base::Result<domain::Error> fromRow() const;
    [[nodiscard]] base::Result<domain::Error> fromJson() const;
    [[nodiscard]] tl::unexpected<base::Trouble> trouble(std::string what) const;

    std::istream& m_in;
    std::string m_text;
    std::size_t m_line = 0;
    Format m_format = Format::unknown;
    std::vector<Column> m_columns;
};

}  // namespace fusebox::ctl
