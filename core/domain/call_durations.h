#pragma once
// How long the calls of a breaker took since it was made, counted in fixed ranges: only those that were timed.
// Lifetime: plain values.

#include <fusebox/base/time.h>
#include <fusebox/domain/ids.h>

#include <array>
#include <cstdint>

namespace fusebox::domain {

struct CallDurations {
    BreakerId breaker;
    std::array<std::uint64_t, 15>
        counts{};  ///< by the ranges of latency/duration_counts.h; the last: beyond all bounds
    base::Duration sum{};

    bool operator==(const CallDurations&) const = default;
};

}  // namespace fusebox::domain
