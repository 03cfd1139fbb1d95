#pragma once
// Recovery actions and how calls are handled as JSON, in the manner of snapshot_json.h. Each writes one JSON value.

#include <fusebox/domain/handling_standing.h>
#include <fusebox/domain/json_writer.h>
#include <fusebox/domain/recovery.h>

namespace fusebox::domain {

void writeJson(JsonWriter& out, const RecoveryOutcome& outcome);
void writeJson(JsonWriter& out, const ActionStanding& standing);
void writeJson(JsonWriter& out, const RecoveryReport& report);
/// The strategies stand by the words of their categories.
void writeJson(JsonWriter& out, const HandlingStanding& standing);

}  // namespace fusebox::domain
