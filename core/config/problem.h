#pragma once
// What is wrong in a configuration file: where, which key, what was given and what is allowed.
// Limits: kMostProblems are kept, the last then says how many more there are. Foreign text in them is escaped and cut.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace fusebox::config {

struct Problem {
    std::string file;
    std::uint32_t line = 0;  ///< from 1; zero: the file as a whole
    std::uint32_t column = 0;
    std::string key;   ///< "dependency 'orders': url"; may be empty
    std::string what;  ///< "is 70000; allowed: 1 to 65535"

    bool operator==(const Problem&) const = default;

    /// "fusebox.toml:12:3: dependency 'orders': port is 70000; allowed: 1 to 65535"
    [[nodiscard]] std::string text() const;
};

using Problems = std::vector<Problem>;

inline constexpr std::size_t kMostProblems = 100;

/// All of them, one a line.
[[nodiscard]] std::string textOf(const Problems& problems);

}  // namespace fusebox::config
