#pragma once
// Recovery actions and what became of them, in words. Foreign text in them is made safe.

#include <fusebox/domain/recovery.h>

#include <QString>

namespace fusebox::format {

/// "Running: stopping nginx", "Proposed: no answer from 5 calls", "Locked after 2 failures in a row",
/// "Cools down, 0:42 left", "Ready", ...
[[nodiscard]] QString standingText(const domain::ActionStanding& standing);

/// "running", "failed", "succeeded, closed after 3 s", "succeeded, it did not close in time", ...
[[nodiscard]] QString recoveryVerdict(const domain::RecoveryOutcome& outcome);

/// All about one run, several lines: who, why, what was done, what it printed.
[[nodiscard]] QString outcomeText(const domain::RecoveryOutcome& outcome);

}  // namespace fusebox::format
