#pragma once
// Events and transitions as JSON, in the manner of snapshot_json.h.

#include <fusebox/domain/command_json.h>
#include <fusebox/domain/event.h>
#include <fusebox/domain/transition.h>

#include <string>

namespace fusebox::domain {

/// Appends one object. What the event carries stands under its name: "transition", "command", "hold" or "recovery".
void appendJson(std::string& out, const Event& event);
void appendJson(std::string& out, const Transition& transition);

}  // namespace fusebox::domain
