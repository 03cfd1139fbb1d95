#pragma once
// What a candidate configuration would have done with the outcomes of the live one. It never refuses a call.

#include <fusebox/base/time.h>
#include <fusebox/domain/config_entry.h>
#include <fusebox/domain/rule_standing.h>
#include <fusebox/domain/state.h>
#include <fusebox/domain/transition.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fusebox::domain {

struct ShadowReport {
    std::string owner;  ///< who set it
    base::WallTime since{};
    base::Duration age{};
    std::vector<ConfigEntry> differences;  ///< the candidate's options that differ from the live ones
    State state = State::closed;
    std::uint64_t calls = 0;  ///< outcomes it has seen
    std::uint64_t trips = 0;
    std::uint64_t wouldRefuse = 0;   ///< calls that it would have refused ...
    std::uint64_t refusedGood = 0;   ///< ... that succeeded
    std::uint64_t liveTrips = 0;     ///< trips of the live one in the same time
    std::uint64_t liveRefused = 0;   ///< calls that the live one refused in the same time
    base::Duration notClosed{};      ///< time it spent outside CLOSED
    base::Duration liveNotClosed{};  ///< time the live one did
    std::optional<TripReason> lastTrip;
    std::vector<RuleStanding> standings;

    bool operator==(const ShadowReport&) const = default;
};

}  // namespace fusebox::domain
