#pragma once
// Puts into words what went wrong with an HTTP request.

#include <fusebox/adapters/failure.h>
#include <fusebox/adapters/http_lane.h>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace fusebox::adapters {

/// Delay of a Retry-After header, as seconds or as a date; nothing when it is neither. At most one year, never below zero.
[[nodiscard]] std::optional<std::chrono::milliseconds> retryDelay(std::string_view header, base::WallTime now);

/// The request got no complete answer.
[[nodiscard]] domain::Error transportFailure(const HttpAnswer& answer, const CallWatch& watch,
                                             const std::string& target);

/// The name of the server could not be looked up: curl's words, with the resolver's as the cause.
[[nodiscard]] domain::Error lookupFailure(domain::Error cause);

/// "503 Service Unavailable"
[[nodiscard]] std::string statusText(const HttpAnswer& answer);

/// The answer's status is not among the expected ones.
[[nodiscard]] domain::Error statusFailure(const HttpAnswer& answer, const std::string& expected, base::WallTime now);

}  // namespace fusebox::adapters
