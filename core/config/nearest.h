#pragma once
// Finds what somebody meant who mistyped a word.

#include <optional>
#include <string_view>
#include <vector>

namespace fusebox::config {

/// The candidate with the fewest edits (a swap of neighbours is one), if they are few enough to be a slip.
[[nodiscard]] std::optional<std::string_view> nearest(std::string_view word,
                                                      const std::vector<std::string_view>& candidates);

}  // namespace fusebox::config
