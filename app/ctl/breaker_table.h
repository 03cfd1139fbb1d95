#pragma once
// Breakers as a table, and a breaker's state in a word.

#include <fusebox/ctl/table.h>
#include <fusebox/domain/snapshot.h>

#include <string>
#include <vector>

namespace fusebox::ctl {

/// "OPEN"; under a hold what rules, and in brackets what the automaton is: "FORCE_CLOSED (OPEN)".
[[nodiscard]] std::string stateText(const domain::Snapshot& snapshot);
[[nodiscard]] Colour stateColour(const domain::Snapshot& snapshot);

/// "FORCE_OPEN by ann, 12 min left: maintenance"
[[nodiscard]] std::string holdText(const domain::Hold& hold);

/// What is going on, in a few words: the next probe, the probes that run, the ramp, the holds.
[[nodiscard]] std::string remarkOn(const domain::Snapshot& snapshot);

/// Sorted by id.
[[nodiscard]] Table breakerTable(std::vector<domain::Snapshot> breakers);

/// "7 breakers: 5 CLOSED, 1 OPEN, 1 HALF_OPEN; 1 held"
[[nodiscard]] std::string summaryOf(const std::vector<domain::Snapshot>& breakers);

}  // namespace fusebox::ctl
