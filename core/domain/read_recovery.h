#pragma once
// Recovery actions and how calls are handled out of JSON, the other way of recovery_json.h, in the manner of read_parts.h.
// What this program does not know (an action, a result) is left out.
// Limits: 10,000 breakers, 16 actions each, 1,000 past actions, 1,000 rates.

#include <fusebox/domain/handling_standing.h>
#include <fusebox/domain/json_reader.h>
#include <fusebox/domain/recovery.h>

#include <optional>

namespace fusebox::domain {

[[nodiscard]] std::optional<RecoveryOutcome> readOutcome(JsonReader in);
[[nodiscard]] RecoveryReport readRecoveryReport(JsonReader in);
[[nodiscard]] HandlingStanding readHandlingStanding(JsonReader in);

}  // namespace fusebox::domain
