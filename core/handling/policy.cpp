#include <fusebox/handling/policy.h>

#include <cmath>

namespace fusebox::handling {

namespace {

base::Result<void> require(bool holds, std::string_view field, std::string_view rule) {
    if (holds) return {};
    return base::trouble(base::TroubleCode::invalidInput, std::string(field) + " " + std::string(rule),
                         std::string(field));
}

base::Result<void> check(const RetryRules& retry) {
    constexpr std::uint32_t kMostAttempts = 100;
    const base::Duration zero{};
    const bool fits = retry.attempts >= 1 && retry.attempts <= kMostAttempts;
    return require(fits, "max_attempts", "must be 1 to 100")
        .and_then([&] { return require(retry.baseDelay > zero, "base_delay", "must be above zero"); })
        .and_then(
            [&] { return require(retry.maxDelay >= retry.baseDelay, "max_delay", "must not be below base_delay"); })
        .and_then([&] {
            return require(std::isfinite(retry.multiplier) && retry.multiplier >= 1, "multiplier", "must be 1 or more");
        })
        .and_then([&] { return require(retry.retryAfterCap >= zero, "retry_after_cap", "must not be below zero"); })
        .and_then([&] { return require(retry.deadline > zero, "deadline", "must be above zero"); })
        .and_then([&] {
            return require(retry.budget.share >= 0 && retry.budget.share <= 10, "retry_share", "must be 0 to 1000 %");
        })
        .and_then([&] {
            const bool sound = retry.budget.perSecond >= 0.01 && retry.budget.perSecond <= 1e6;
            return require(sound, "retries_per_second", "must be 0.01 to 1000000");
        });
}

}  // namespace

base::Result<void> check(const Policy& policy) {
    return require(isLastResort(policy.lastResort), "last_resort",
                   "must be FALLBACK_TO_CACHE, FALLBACK_TO_DEFAULT, GRACEFUL_DEGRADATION or IMMEDIATE_FAIL")
        .and_then([&] { return check(policy.retry); })
        .and_then(
            [&] { return require(policy.cache.age >= base::Duration{}, "cache_limit", "must not be below zero"); });
}

}  // namespace fusebox::handling
