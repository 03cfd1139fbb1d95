#pragma once
// Names errors by category, type or code: which ones count against a breaker and which do not.

#include <fusebox/domain/error.h>

#include <string>
#include <vector>

namespace fusebox::breaker {

struct ErrorFilter {
    std::vector<domain::Category> categories;
    std::vector<std::string> types;  ///< Error::type, exactly
    std::vector<std::string> codes;  ///< "404", "http 404", "http 5xx" (x: any digit), "!http 408": but not this one

    bool operator==(const ErrorFilter&) const = default;

    [[nodiscard]] bool empty() const { return categories.empty() && types.empty() && codes.empty(); }

    /// An error without category counts as UNKNOWN.
    [[nodiscard]] bool matches(const domain::Error& error) const;
    [[nodiscard]] bool matches(domain::Category category) const;
};

/// AUTHENTICATION, DATA_VALIDATION and HTTP 4xx but 408 and 429: they say nothing about the dependency's health.
[[nodiscard]] ErrorFilter callersOwnFaults();

}  // namespace fusebox::breaker
