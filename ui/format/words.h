#pragma once
// The domain's words as people read them on the screen: "Half-open" where JSON says "HALF_OPEN".

#include <fusebox/domain/category.h>
#include <fusebox/domain/command.h>
#include <fusebox/domain/error_pattern.h>
#include <fusebox/domain/event.h>
#include <fusebox/domain/recovery.h>
#include <fusebox/domain/state.h>
#include <fusebox/domain/strategy.h>
#include <fusebox/domain/transition.h>

#include <QString>

#include <optional>

namespace fusebox::format {

/// "Closed", "Open", "Half-open", "Unknown", "Stale"
[[nodiscard]] QString word(domain::State state);
/// "Forced open", "Forced closed", "Metrics only"
[[nodiscard]] QString word(domain::HoldMode mode);
/// What rules now: the hold's word if one lies on the breaker, else the state's.
[[nodiscard]] QString word(domain::State state, std::optional<domain::HoldMode> heldAs);
/// "Failure rate", "Consecutive failures", ...
[[nodiscard]] QString word(domain::TripRule rule);
/// "Trip rule", "Wait elapsed", "Probes succeeded", ...
[[nodiscard]] QString word(domain::TransitionCause cause);
/// "Transient", "Rate limit", ...
[[nodiscard]] QString word(domain::Category category);
/// "Transition", "Command", "Hold placed", ...
[[nodiscard]] QString word(domain::EventKind kind);
/// "Info", "Warning", "Error"
[[nodiscard]] QString word(domain::Level level);
/// "Trip", "Reset", "Hold", "Release", "Probe now", ...
[[nodiscard]] QString word(domain::CommandKind kind);
/// "Pending", "Applied", "Refused", "Failed", "Unknown"
[[nodiscard]] QString word(domain::CommandStatus status);
/// "Low", "Medium", "High", "Critical"
[[nodiscard]] QString word(domain::Severity severity);
/// "New", "Rising", "Steady", "Resolved", "Regressed"
[[nodiscard]] QString word(domain::Trend trend);
/// "Retry", "Cached value", "Default value", ...
[[nodiscard]] QString word(domain::Strategy strategy);
/// "Restart service", "Clear cache", ...
[[nodiscard]] QString word(domain::RecoveryAction action);
/// "Manual", "Proposed", "Automatic"
[[nodiscard]] QString word(domain::ActionMode mode);
/// "Running", "Succeeded", "Failed", "Timed out", "Cancelled"
[[nodiscard]] QString word(domain::RecoveryResult result);

}  // namespace fusebox::format
