#pragma once
// What kind of trouble an error is, how sure that is, and why.
// Lifetime: a plain value. The evidence may quote foreign text, cut and without control characters.

#include <fusebox/domain/category.h>

#include <chrono>
#include <optional>
#include <string>

namespace fusebox::errors {

struct Classification {
    domain::Category category = domain::Category::unknown;
    double confidence = 0;  ///< 0 to 1; a rule or a code of its own meaning is near 1, a single weak word near 0.3
    std::string evidence;   ///< "rate limit: HTTP 503 + body 'SlowDown'"
    std::optional<std::chrono::milliseconds> retryAfter;

    bool operator==(const Classification&) const = default;
};

}  // namespace fusebox::errors
