#pragma once
// Durations counted in a few fixed ranges since ever: what a histogram of Prometheus shows.
// Lifetime: a plain value.
// Limits: a duration near a bound may be counted on its other side, by the relative error of the scale it was recorded on.

#include <fusebox/base/time.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace fusebox::latency {

/// The upper ends of the ranges, in nanoseconds: half a millisecond to ten seconds.
inline constexpr std::array<std::uint64_t, 14> kDurationBounds{
    500'000,     1'000'000,   2'500'000,   5'000'000,     10'000'000,    25'000'000,    50'000'000,
    100'000'000, 250'000'000, 500'000'000, 1'000'000'000, 2'500'000'000, 5'000'000'000, 10'000'000'000};

struct DurationCounts {
    std::array<std::uint64_t, kDurationBounds.size() + 1> counts{};  ///< the last: beyond all bounds
    std::uint64_t sumNs = 0;

    void add(std::uint64_t nanoseconds, std::uint64_t count) {
        const auto bound = std::lower_bound(kDurationBounds.begin(), kDurationBounds.end(), nanoseconds);
        counts[static_cast<std::size_t>(bound - kDurationBounds.begin())] += count;
        sumNs += nanoseconds * count;
    }

    DurationCounts& operator+=(const DurationCounts& other) {
        for (std::size_t i = 0; i < counts.size(); ++i) counts[i] += other.counts[i];
        sumNs += other.sumNs;
        return *this;
    }

    bool operator==(const DurationCounts&) const = default;
};

}  // namespace fusebox::latency
