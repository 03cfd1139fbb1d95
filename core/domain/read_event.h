#pragma once
// Events and what became of commands out of JSON, the other way of event_json.h, in the manner of read_parts.h.

#include <fusebox/domain/event.h>
#include <fusebox/domain/json_reader.h>

#include <optional>

namespace fusebox::domain {

/// What this program does not know becomes a notice: its sentence stays, its body goes.
[[nodiscard]] Event readEvent(JsonReader in);

/// Nothing for a command that this program does not know. A status that it does not know is `unknown`.
/// Limits: 64 options.
[[nodiscard]] std::optional<CommandReport> readCommandReport(JsonReader in);

}  // namespace fusebox::domain
