#pragma once
// How near one trip rule is to firing, by the code that decides.

#include <fusebox/domain/transition.h>

#include <cstdint>
#include <optional>

namespace fusebox::domain {

struct RuleStanding {
    TripRule rule = TripRule::failureRate;
    std::optional<double> value;  ///< absent: too few calls
    double threshold = 0;
    std::uint64_t calls = 0;
    std::uint64_t minimumCalls = 0;
    std::optional<std::uint64_t>
        failuresToTrip;  ///< further failures in a row, now, that would trip it; absent: none would

    bool operator==(const RuleStanding&) const = default;
};

}  // namespace fusebox::domain
