#pragma once
// When an action of a breaker runs, who starts it, and how often it may.
// Lifetime: plain values; the action is shared.

#include <fusebox/base/time.h>
#include <fusebox/recovery/action.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fusebox::recovery {

struct ActionLimits {
    base::Duration timeout = std::chrono::seconds(30);   ///< then it is stopped
    base::Duration coolDown = std::chrono::seconds(60);  ///< from its end to its next start, whoever starts it
    std::uint32_t budgetPerHour = 6;                     ///< starts by itself in any hour
    base::Duration verdictWithin =
        std::chrono::seconds(60);  ///< from its start: the breaker is CLOSED, or it did not help

    bool operator==(const ActionLimits&) const = default;
};

struct ActionPlan {
    std::shared_ptr<Action> action;
    domain::ActionMode mode = domain::ActionMode::manual;
    ActionLimits limits;
    std::vector<domain::Category> causes;  ///< the leading category of the errors behind an outage that calls for it
    std::string errorText;                 ///< the newest of these errors must contain it; empty: any
};

/// What the action is for where nobody says otherwise: RATE_LIMIT reduce load, AUTHENTICATION and PERMANENT alert, DATA_VALIDATION
/// clear cache; the others are asked for by name.
[[nodiscard]] std::vector<domain::Category> usualCauses(domain::RecoveryAction action);

/// The action for errors of a category where nobody says otherwise: the other way round.
[[nodiscard]] domain::RecoveryAction usualAction(domain::Category category);

}  // namespace fusebox::recovery
