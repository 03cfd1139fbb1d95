#pragma once
// The concurrency limit of a breaker at one moment.

#include <cstdint>

namespace fusebox::domain {

enum class LimitKind : std::uint8_t { fixed, adaptive };

struct LimitStanding {
    LimitKind kind = LimitKind::fixed;
    std::uint32_t limit = 0;  ///< calls that may be in flight now
    std::uint32_t lowest = 0;
    std::uint32_t highest = 0;
    std::uint32_t inFlight = 0;
    std::uint64_t refused = 0;  ///< since the breaker was made, by the limit alone

    bool operator==(const LimitStanding&) const = default;
};

}  // namespace fusebox::domain
