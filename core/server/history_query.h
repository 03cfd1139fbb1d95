#pragma once
// What a request asks of the journal, and the answer as JSON.
// Errors: invalidInput, with what is allowed.

#include <fusebox/base/result.h>
#include <fusebox/journal/query.h>
#include <fusebox/server/query.h>

#include <string>
#include <vector>

namespace fusebox::server {

/// ?from_unix_ms&to_unix_ms&breaker&actor&kind&text&before&limit; several kinds with commas; limit 1 to 1,000.
[[nodiscard]] base::Result<journal::EventQuery> eventQueryOf(const Query& query);
/// ?breaker&from_unix_ms&to_unix_ms&points; all but points must be there.
[[nodiscard]] base::Result<journal::RollupQuery> rollupQueryOf(const Query& query);

/// {"events":[...],"more":true}
[[nodiscard]] std::string jsonOf(const journal::EventPage& page);
/// {"points":[...]}
[[nodiscard]] std::string jsonOf(const std::vector<journal::RollupPoint>& points);

}  // namespace fusebox::server
