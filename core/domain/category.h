#pragma once
// What kind of trouble an error is. Decides whether it counts against a breaker and how it is handled.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace fusebox::domain {

enum class Category : std::uint8_t { transient, permanent, rateLimit, authentication, dataValidation, unknown };

inline constexpr std::array kCategories{Category::transient,      Category::permanent,      Category::rateLimit,
                                        Category::authentication, Category::dataValidation, Category::unknown};
inline constexpr std::size_t kCategoryCount = kCategories.size();

/// "TRANSIENT", "RATE_LIMIT", ...
[[nodiscard]] std::string_view toWord(Category category);
[[nodiscard]] std::optional<Category> categoryFromWord(std::string_view word);

}  // namespace fusebox::domain
