#pragma once
// A histogram in few bytes: which cells hold something, and how much. Most seconds of a breaker take 10 to 60 bytes.
// Errors: bytes that are no such blob, as a damaged file may hold, give what could be read before.

#include <fusebox/latency/histogram.h>

#include <string>
#include <string_view>

namespace fusebox::journal {

/// Empty for an empty histogram.
[[nodiscard]] std::string blobOf(const latency::Histogram& histogram);

/// Adds a blob to a histogram; from another precision, the errors of both add up.
void addBlob(latency::Histogram& sum, std::string_view blob);

}  // namespace fusebox::journal
