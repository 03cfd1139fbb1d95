#pragma once
// The numbers of the summary strip, over all breakers of the last frame.

#include <fusebox/base/time.h>
#include <fusebox/models/state_group.h>

#include <cstddef>
#include <optional>

namespace fusebox::models {

struct FleetSummary {
    std::size_t total = 0;
    std::size_t closed = 0;
    std::size_t open = 0;
    std::size_t halfOpen = 0;
    std::size_t held = 0;
    std::size_t unknown = 0;
    std::optional<double> callsPerSecond;     ///< attempts over the last ~3 s
    std::optional<double> rejectedPerSecond;  ///< over the last ~3 s
    std::optional<double> errorRate;          ///< 0..1: failed of ended calls over the last ~3 s; absent: none ended
    std::optional<base::Duration> p95;        ///< over all breakers, from merged histograms

    [[nodiscard]] std::size_t count(StateGroup group) const;

    bool operator==(const FleetSummary&) const = default;
};

}  // namespace fusebox::models
