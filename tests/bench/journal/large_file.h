#pragma once
// Makes a journal of millions of events over 30 days, as a long life would have left it, without living it.

#include <cstdint>
#include <string>

namespace fusebox::bench {

inline constexpr std::int64_t kLargeBreakers = 1000;
inline constexpr std::int64_t kLargeBeginMs = 1'700'000'000'000;
inline constexpr std::int64_t kLargeDays = 30;

/// False when the file cannot be made.
[[nodiscard]] bool makeLargeFile(const std::string& file, std::int64_t events);

}  // namespace fusebox::bench
