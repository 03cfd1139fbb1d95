#pragma once
// An operator's lock on a breaker: which mode, who placed it, why, and until when.

#include <fusebox/base/time.h>
#include <fusebox/domain/ids.h>
#include <fusebox/domain/state.h>

#include <optional>
#include <string>

namespace fusebox::domain {

struct Hold {
    HoldId id;
    HoldMode mode = HoldMode::forceOpen;
    std::string who;
    std::string why;
    base::WallTime since{};
    std::optional<base::WallTime> until;      ///< for people; nothing: until it is released
    std::optional<base::Duration> remaining;  ///< at the moment of the snapshot, by the monotonic clock

    bool operator==(const Hold&) const = default;
};

}  // namespace fusebox::domain
