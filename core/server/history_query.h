#pragma once
// What a request asks of the journal, and the answer as JSON.
// Errors: invalidInput, with what is allowed.

#include <fusebox/base/result.h>
#include <fusebox/journal/query.h>
#include <fusebox/server/history.h>
#include <fusebox/server/query.h>

#include <string>
#include <vector>

namespace fusebox::server {

/// ?from_unix_ms&to_unix_ms&breaker&actor&kind&level&text&before&limit; several kinds with commas; limit 1 to 1,000.
[[nodiscard]] base::Result<journal::EventQuery> eventQueryOf(const Query& query);
/// ?breaker&from_unix_ms&to_unix_ms&points; all but points must be there.
[[nodiscard]] base::Result<journal::RollupQuery> rollupQueryOf(const Query& query);
/// ?from_unix_ms&to_unix_ms&breaker&resolution_ms; both times must be there. Not finer than a 2,000th of the time asked for.
[[nodiscard]] base::Result<journal::BandQuery> bandQueryOf(const Query& query);

/// {"events":[...],"more":true}
[[nodiscard]] std::string jsonOf(const journal::EventPage& page);
/// {"points":[...]}
[[nodiscard]] std::string jsonOf(const std::vector<journal::RollupPoint>& points);
/// {"bands":[{"breaker":"..","from_unix_ms":..,"spans":[{"to_unix_ms":..,"state":"OPEN"}]}]}: each span begins where the one
/// before it ends. Errors: more than 60,000 spans.
[[nodiscard]] base::Result<std::string> jsonOf(const std::vector<journal::Band>& bands);
/// {"breakers":[..],"actors":[..]}, at most 10,000 of each.
[[nodiscard]] std::string jsonOf(const PastNames& names);

}  // namespace fusebox::server
