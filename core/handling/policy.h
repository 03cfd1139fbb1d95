#pragma once
// How the errors of one dependency are handled: which strategy for which category, and the limits of each.
// Lifetime: plain values.

#include <fusebox/base/result.h>
#include <fusebox/base/time.h>
#include <fusebox/breaker/circuit_breaker_config.h>
#include <fusebox/domain/category.h>
#include <fusebox/domain/strategy.h>

#include <array>
#include <cstddef>
#include <cstdint>

namespace fusebox::handling {

/// By category, in the order of domain::kCategories.
using Strategies = std::array<domain::Strategy, domain::kCategoryCount>;

/// What is done about an error where nobody says otherwise.
[[nodiscard]] constexpr domain::Strategy usualStrategy(domain::Category category) {
    switch (category) {
        case domain::Category::transient:
        case domain::Category::rateLimit:
            return domain::Strategy::retryWithBackoff;
        case domain::Category::dataValidation:
            return domain::Strategy::fallbackToDefault;
        case domain::Category::permanent:
        case domain::Category::authentication:
            return domain::Strategy::immediateFail;
        case domain::Category::unknown:
            break;
    }
    return domain::Strategy::fallbackToCache;
}

[[nodiscard]] constexpr Strategies usualStrategies() {
    Strategies all{};
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = usualStrategy(domain::kCategories[i]);
    return all;
}

/// How many retries there may be, whatever the single calls would like: see RetryBudget.
struct BudgetRules {
    double share = 0.2;    ///< of the calls
    double perSecond = 3;  ///< besides, so that rare calls can be retried at all

    bool operator==(const BudgetRules&) const = default;
};

struct RetryRules {
    std::uint32_t attempts = 3;  ///< the first one included
    base::Duration baseDelay = std::chrono::milliseconds(100);
    base::Duration maxDelay = std::chrono::seconds(2);
    double multiplier = 2;
    breaker::Jitter jitter = breaker::Jitter::full;
    /// A Retry-After is waited for up to here; an operation that is to wait longer is not retried.
    base::Duration retryAfterCap = std::chrono::seconds(5);
    base::Duration deadline = std::chrono::seconds(10);  ///< for the call with all its attempts
    bool idempotent = false;                             ///< running the operation twice does no harm
    BudgetRules budget;

    bool operator==(const RetryRules&) const = default;
};

/// What may be kept to fall back to.
struct CacheLimits {
    base::Duration age = std::chrono::minutes(5);  ///< an older value is refused; zero: nothing is kept
    std::size_t values = 1000;
    std::size_t bytes = 16 * 1024 * 1024;

    bool operator==(const CacheLimits&) const = default;
};

struct Policy {
    Strategies strategies = usualStrategies();
    /// When the breaker refuses, and when there are no retries left.
    domain::Strategy lastResort = domain::Strategy::fallbackToCache;
    RetryRules retry;
    CacheLimits cache;

    bool operator==(const Policy&) const = default;
};

/// Errors: invalidInput, with the field in `where`.
[[nodiscard]] base::Result<void> check(const Policy& policy);

/// One that gives something instead of the answer, or nothing at once.
[[nodiscard]] constexpr bool isLastResort(domain::Strategy strategy) {
    return strategy != domain::Strategy::retryWithBackoff && strategy != domain::Strategy::circuitBreaker;
}

}  // namespace fusebox::handling
