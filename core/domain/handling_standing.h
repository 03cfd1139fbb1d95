#pragma once
// How the calls of one breaker are answered when they fail: what the strategies have done of late.
// Lifetime: plain values.

#include <fusebox/base/time.h>
#include <fusebox/domain/category.h>
#include <fusebox/domain/ids.h>
#include <fusebox/domain/strategy.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace fusebox::domain {

/// Where an answer came from.
enum class Served : std::uint8_t { live, cache, defaultValue, reduced, nothing };

/// "live", "cache", "default", "reduced", "nothing"
[[nodiscard]] std::string_view toWord(Served served);

struct HandlingStanding {
    BreakerId breaker;
    std::array<Strategy, kCategoryCount> strategies{};  ///< by category, in the order of kCategories
    Served serving = Served::live;                      ///< how the last call was answered
    std::optional<base::Duration> age;                  ///< of the value served from the cache
    std::uint64_t retries = 0;                          ///< further attempts made
    std::uint64_t retriesRefused = 0;                   ///< not made since the retry budget was spent
    std::uint64_t fromCache = 0;
    std::uint64_t fromDefault = 0;
    std::uint64_t reduced = 0;
    std::uint64_t failed = 0;  ///< calls that got no answer at all
    double retryBudget = 1;    ///< what is left of it, 0 to 1

    bool operator==(const HandlingStanding&) const = default;
};

}  // namespace fusebox::domain
