#pragma once
// What is known of errors out of JSON, the other way of error_report_json.h, in the manner of read_parts.h.
// Limits: 2,000 patterns with 60 minutes, 20 samples, 200 breakers and 50 trips each; 1,000 components.

#include <fusebox/domain/error_pattern.h>
#include <fusebox/domain/json_reader.h>

namespace fusebox::domain {

[[nodiscard]] ErrorReport readErrorReport(JsonReader in);

}  // namespace fusebox::domain
