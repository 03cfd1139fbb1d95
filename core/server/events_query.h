#pragma once
// What the follower of an event stream asks for: ?with=snapshots,patterns&interval_ms=500, and Last-Event-ID.
// Errors: invalidInput, with what is allowed.

#include <fusebox/base/result.h>
#include <fusebox/server/broadcast.h>
#include <fusebox/server/request.h>

#include <optional>
#include <string_view>

namespace fusebox::server {

inline constexpr std::uint64_t kShortestIntervalMs = 100;
inline constexpr std::uint64_t kLongestIntervalMs = 60'000;
/// Ids stay below it, so that every reader of JSON gets them right.
inline constexpr std::uint64_t kLargestEventId = (std::uint64_t{1} << 53) - 1;

/// Without Wishes::about.
[[nodiscard]] base::Result<Wishes> wishesOf(const Request& request);

/// The field Last-Event-ID.
[[nodiscard]] base::Result<std::uint64_t> lastEventIdOf(std::string_view field);

}  // namespace fusebox::server
