#pragma once
// Commands and what became of them as JSON, in the manner of snapshot_json.h, and back.
// Errors: what is read is checked whole: an unknown field, a field twice, one that does not belong to the kind, a wrong
// type, and nothing is taken. The trouble names the place ("options[3].value") and what is allowed there. Whether the
// command makes sense is the gate's affair.
// Limits: 64 KiB, 16 levels, 64 options.

#include <fusebox/base/result.h>
#include <fusebox/domain/command.h>
#include <fusebox/domain/json_writer.h>

#include <string>
#include <string_view>

namespace fusebox::domain {

/// Appends one object. Only the fields that its kind takes are written.
void appendJson(std::string& out, const Command& command);
/// The command's fields with "status", "message", "before" and "after".
void appendJson(std::string& out, const CommandReport& report);
void writeJson(JsonWriter& out, const CommandReport& report);

/// "id" and "kind" must be there. Without "role" it is a viewer's: who does not say what they may do may do nothing.
/// Errors: invalidInput, limitReached.
[[nodiscard]] base::Result<Command> readCommand(std::string_view json);
/// Errors: invalidInput, limitReached.
[[nodiscard]] base::Result<CommandReport> readReport(std::string_view json);

}  // namespace fusebox::domain
