#pragma once
// What is known of the errors of late as JSON, in the manner of snapshot_json.h.

#include <fusebox/domain/error_pattern.h>

#include <string>

namespace fusebox::domain {

/// Appends one object: the report with its patterns, their samples, breakers and trips.
void appendJson(std::string& out, const ErrorReport& report);

}  // namespace fusebox::domain
