#pragma once
// Events, transitions and what became of commands as JSON, in the manner of snapshot_json.h.

#include <fusebox/domain/command.h>
#include <fusebox/domain/event.h>
#include <fusebox/domain/transition.h>

#include <string>

namespace fusebox::domain {

/// Appends one object. What the event carries stands under its name: "transition", "command", "hold" or "recovery".
void appendJson(std::string& out, const Event& event);
void appendJson(std::string& out, const Transition& transition);
/// The command's fields with "status", "message", "before" and "after".
void appendJson(std::string& out, const CommandReport& report);

}  // namespace fusebox::domain
