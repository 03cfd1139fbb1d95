#pragma once
// A snapshot as JSON, for the agent's API, streams and files. Written by hand: a million of them a second.
//
// The words are those of the domain ("HALF_OPEN", "failure rate"). Spans of time end in _ms: milliseconds, with up to
// six decimals. Wall time ends in _unix_ms: milliseconds since 1970, UTC. Shares are 0..1. What is not known is left
// out, never null, -1 or NaN. Lists are always there, also when they are empty, unless their owner is left out.
// Threads: any; a string belongs to one thread.

#include <fusebox/domain/snapshot.h>

#include <string>

namespace fusebox::domain {

/// Appends one object. Without Snapshot::detail, which changes seldom: see detail_json.h.
void appendJson(std::string& out, const Snapshot& snapshot);

}  // namespace fusebox::domain
