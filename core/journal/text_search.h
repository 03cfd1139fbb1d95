#pragma once
// The SQL function holds(text, needle): whether the needle stands in the text, whatever the case of ASCII letters. LIKE says
// the same, but takes several times as long. Source of the algorithm: R. N. Horspool, Practical fast searching in strings,
// 1980.
// Limits: an empty needle stands in every text, none in NULL.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

struct sqlite3;

namespace fusebox::journal {

class Needle {
public:
    explicit Needle(std::string_view text);

    [[nodiscard]] bool isIn(std::string_view text) const;

private:
    std::string m_folded;
    std::array<std::uint8_t, 256> m_skip{};  ///< by the byte under the needle's end: how far it can move on
};

/// SQLite's result code.
[[nodiscard]] int addTextSearch(sqlite3* database);

}  // namespace fusebox::journal
