#pragma once
// How near a trip rule is to firing, in words and as a share.

#include <fusebox/domain/rule_standing.h>

#include <QString>

namespace fusebox::format {

/// Whether the rule compares shares of calls, not their number.
[[nodiscard]] bool isRate(domain::TripRule rule);

/// How far a rule has come: 0 at rest, 1 where it fires, more beyond; 0 while too few calls are known.
[[nodiscard]] double nearness(const domain::RuleStanding& standing);

/// "62.0 %", "4", "too few calls"
[[nodiscard]] QString standingValue(const domain::RuleStanding& standing);
/// As it was configured: "50 %", "0.5 %" or "5"
[[nodiscard]] QString standingLimit(const domain::RuleStanding& standing);
/// "failure rate 12.0 % of 40 calls, limit 50 %"
[[nodiscard]] QString standingText(const domain::RuleStanding& standing);

}  // namespace fusebox::format
