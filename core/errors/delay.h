#pragma once
// Delays that a dependency asks for, as they stand in texts and in headers.
// Errors: what is no delay, is negative or beyond kLongestDelay is nothing. Threads: pure functions.

#include <fusebox/domain/error.h>

#include <chrono>
#include <optional>
#include <string_view>

namespace fusebox::errors {

inline constexpr std::chrono::milliseconds kLongestDelay = std::chrono::hours(24 * 7);

/// What a number without unit counts.
enum class PlainNumber : std::uint8_t { seconds, milliseconds, nothing };

/// The delay at the beginning of a text: "30 seconds", "1m20s", "in 5 minutes", ": 120", "{ seconds: 7 }".
[[nodiscard]] std::optional<std::chrono::milliseconds> delayAt(std::string_view text, PlainNumber plain);

/// From the attributes of an error: Retry-After (seconds, or a date where there is also a Date header), retry-after-ms,
/// X-RateLimit-Reset-After, grpc-retry-pushback-ms.
[[nodiscard]] std::optional<std::chrono::milliseconds> delayInAttributes(const domain::ErrorContext& context);

}  // namespace fusebox::errors
