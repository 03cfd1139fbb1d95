#pragma once
// What a breaker needs to go on after a restart of its program: where it stood, and how long ago.
// Time: spans are as they were at the moment of saving; savedAt is wall time, since no other clock survives a restart.

#include <fusebox/base/time.h>
#include <fusebox/domain/dossier.h>
#include <fusebox/domain/hold.h>
#include <fusebox/domain/ids.h>
#include <fusebox/domain/state.h>
#include <fusebox/domain/transition.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fusebox::domain {

struct SavedBreaker {
    BreakerId id;
    std::string target;  ///< Identity::target: the state of one dependency is not for another of the same name
    base::WallTime savedAt{};
    State state = State::closed;
    base::Duration timeInState{};
    base::Duration untilProbe{};  ///< OPEN: what was left of the wait
    base::Duration openWait{};    ///< the last wait as a whole
    std::uint32_t attempt = 0;    ///< waits in a row, for the next one
    base::Duration outage{};      ///< not CLOSED: since it opened first
    base::Duration lastOutage{};
    bool ramps = false;  ///< CLOSED, and traffic still ramps up
    std::uint32_t generation = 0;
    std::uint64_t revision = 0;
    std::uint64_t transitionCount = 0;
    std::vector<Transition> transitions;  ///< the last ones, newest last; Transition::at means nothing here
    std::vector<Hold> holds;
    std::uint64_t lastHold = 0;       ///< the number of the last hold that was placed
    std::vector<WindowSlice> slices;  ///< oldest first; a span of zero: part of a window that time does not empty
    std::uint32_t failuresInARow = 0;

    bool operator==(const SavedBreaker&) const = default;
};

}  // namespace fusebox::domain
