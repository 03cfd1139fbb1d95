#include <fusebox/breaker/circuit_breaker_config.h>
#include <fusebox/breaker/recovery_strategy.h>

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

namespace fusebox::breaker {

namespace {

using base::Duration;
using base::Result;
using base::trouble;
using base::TroubleCode;

constexpr Duration kLongest = std::chrono::hours(24 * 365);

const ConfigOption* find(std::string_view name) {
    const auto& all = CircuitBreakerConfig::options();
    const auto found = std::ranges::find(all, name, &ConfigOption::name);
    return found == all.end() ? nullptr : &*found;
}

std::size_t editDistance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0]++;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row[b.size()];
}

/// Collects the first thing that is wrong.
class Check {
public:
    explicit Check(const CircuitBreakerConfig& config) : m_config(config) {}

    void that(bool holds, std::string_view option, std::string_view instead = {}) {
        if (holds || !m_result) {
            return;
        }
        const ConfigOption* known = find(option);
        m_result = trouble(TroubleCode::invalidInput,
                           fmt::format("{} is {}; allowed: {}", option, known->read(m_config),
                                       instead.empty() ? std::string_view(known->allowed) : instead));
    }

    void share(const std::optional<double>& value, std::string_view option) {
        that(!value || (*value >= 0.0 && *value <= 1.0), option);  // NaN fails both
    }
    void within(Duration value, Duration low, Duration high, std::string_view option) {
        that(value >= low && value <= high, option);
    }
    template <typename Number>
    void within(Number value, std::type_identity_t<Number> low, std::type_identity_t<Number> high,
                std::string_view option) {
        that(value >= low && value <= high, option);
    }
    void count(const std::optional<std::uint32_t>& value, std::string_view option) {
        that(!value || (*value >= 1 && *value <= kMostCalls), option);
    }

    static constexpr std::uint32_t kMostCalls = 1'000'000'000;

    Result<void> result() && { return std::move(m_result); }

private:
    const CircuitBreakerConfig& m_config;
    Result<void> m_result;
};

void checkRules(Check& check, const CircuitBreakerConfig& config) {
    using namespace std::chrono_literals;
    check.share(config.failureRateThreshold, "failure_rate_threshold");
    check.that(config.failureRateThreshold != 0.0 || config.failureRateCompare == Compare::above,
               "failure_rate_threshold", "above 0 where failure_rate_compare is at_least");
    check.within(config.minimumCalls, 0, Check::kMostCalls, "minimum_calls");
    check.share(config.slowCallRateThreshold, "slow_call_rate_threshold");
    check.that(config.slowCallRateThreshold != 0.0 || config.slowCallRateCompare == Compare::above,
               "slow_call_rate_threshold", "above 0 where slow_call_rate_compare is at_least");
    check.that(!config.slowCallRateThreshold || config.timing == Timing::everyCall, "slow_call_rate_threshold",
               "off, unless timing is every_call");
    check.count(config.slowCallMinimumCalls, "slow_call_minimum_calls");
    check.within(config.slowCallDuration, 0ns, kLongest, "slow_call_duration");
    check.count(config.failureThreshold, "failure_threshold");
    check.within(config.failureThresholdMinimumCalls, 0, Check::kMostCalls, "failure_threshold_minimum_calls");
    check.count(config.consecutiveFailuresThreshold, "consecutive_failures_threshold");
    check.count(config.totalOutageFailures, "total_outage_failures");
    check.within(config.totalOutageSpan, 1ms, kLongest, "total_outage_span");
    const bool byTime = config.windowKind == WindowKind::time || config.windowKind == WindowKind::firstEvent;
    check.that(!config.totalOutageFailures || byTime, "total_outage_failures",
               "off, unless window_kind is time or first_event");
    check.that(!config.totalOutageFailures || config.totalOutageSpan <= config.windowSize, "total_outage_span",
               "at most window_size");
    check.share(config.successAverageThreshold, "success_average_threshold");
    check.within(config.successAverageCalls, 1, 30'000, "success_average_calls");
}

void checkWindowAndWaits(Check& check, const CircuitBreakerConfig& config) {
    using namespace std::chrono_literals;
    check.within(config.windowSize, 1ms, kLongest, "window_size");
    check.within(config.windowBuckets, 1, 128, "window_buckets");
    check.within(config.windowCalls, 1, 30'000, "window_calls");
    check.that(config.windowKind != WindowKind::count || !config.failureThreshold ||
                   *config.failureThreshold <= config.windowCalls,
               "failure_threshold", "at most window_calls");
    check.that(config.windowKind != WindowKind::count || !config.failureRateThreshold ||
                   config.minimumCalls <= config.windowCalls,
               "minimum_calls", "at most window_calls");
    check.within(config.openTimeout, 0ns, kLongest, "open_timeout");
    check.within(config.backoffMultiplier, 1.0, 100.0, "backoff_multiplier");
    check.within(config.maxBackoff, 0ns, kLongest, "max_backoff");
    check.that(config.backoff == Backoff::fixed || !config.openWaits.empty() || config.maxBackoff >= config.openTimeout,
               "max_backoff", "at least open_timeout");
    check.that(config.openWaits.size() <= 64 &&
                   std::ranges::all_of(config.openWaits, [](Duration wait) { return wait >= 0ns && wait <= kLongest; }),
               "open_waits", "at most 64 durations of 0s to 365d");
    check.within(config.backoffResetAfter, 0ns, kLongest, "backoff_reset_after");
    check.within(config.retryAfterCap, 0ns, kLongest, "retry_after_cap");
}

void checkHalfOpen(Check& check, const CircuitBreakerConfig& config) {
    using namespace std::chrono_literals;
    check.within(config.halfOpenMaxRequests, 1, 60'000, "half_open_max_requests");
    check.within(config.successThreshold, 1, 60'000, "success_threshold");
    check.within(config.halfOpenFailureThreshold, 1, 60'000, "half_open_failure_threshold");
    check.within(config.halfOpenSample, 1, 60'000, "half_open_sample");
    check.share(config.halfOpenFailureRateThreshold, "half_open_failure_rate_threshold");
    const std::uint32_t deciding = config.halfOpenVerdict == HalfOpenVerdict::rates
                                       ? config.halfOpenSample
                                       : config.successThreshold + config.halfOpenFailureThreshold - 1;
    check.that(config.halfOpenAdmission != HalfOpenAdmission::total || config.halfOpenMaxRequests >= deciding,
               "half_open_max_requests", fmt::format("at least {}, the number of results that decide", deciding));
    check.within(config.halfOpenTimeout, 0ns, kLongest, "half_open_timeout");
    check.that(
        config.halfOpenTimeoutLeadsTo == domain::State::open || config.halfOpenTimeoutLeadsTo == domain::State::closed,
        "half_open_timeout_leads_to");
}

void checkConcurrency(Check& check, const CircuitBreakerConfig& config) {
    using namespace std::chrono_literals;
    constexpr std::uint32_t kMost = 1'000'000;
    const bool adaptive = config.concurrencyLimit == ConcurrencyMode::adaptive;
    check.within(config.concurrencyMax, 1, kMost, "concurrency_max");
    check.within(config.concurrencyMin, 1, kMost, "concurrency_min");
    check.within(config.concurrencyInitial, 1, kMost, "concurrency_initial");
    check.that(!adaptive || config.concurrencyMin <= config.concurrencyMax, "concurrency_min",
               "at most concurrency_max");
    check.that(!adaptive || (config.concurrencyInitial >= config.concurrencyMin &&
                             config.concurrencyInitial <= config.concurrencyMax),
               "concurrency_initial", "concurrency_min to concurrency_max");
    check.within(config.concurrencyShrinkFactor, 0.1, 0.99, "concurrency_shrink_factor");
    check.within(config.concurrencyLatencyTarget.value_or(1ms), 1ms, kLongest, "concurrency_latency_target");
    check.that(!config.concurrencyLatencyTarget || config.timing != Timing::countsOnly, "concurrency_latency_target",
               "off where timing is counts_only");
}

void checkRest(Check& check, const CircuitBreakerConfig& config) {
    using namespace std::chrono_literals;
    check.that(config.rampSteps.size() <= 32 &&
                   std::ranges::all_of(config.rampSteps, [](double share) { return share > 0.0 && share < 1.0; }),
               "ramp_steps", "at most 32 shares above 0 and below 1");
    check.within(config.rampStepDuration, 1ms, kLongest, "ramp_step_duration");
    check.within(config.metricsWindow, 1s, std::chrono::hours(24), "metrics_window");
    check.that(std::has_single_bit(config.timingSampleInterval) && config.timingSampleInterval >= 2 &&
                   config.timingSampleInterval <= 1024,
               "timing_sample_interval");
    check.that(config.initialState <= domain::State::halfOpen, "initial_state");
}

}  // namespace

Result<void> CircuitBreakerConfig::validate() const {
    Check check(*this);
    checkWindowAndWaits(check, *this);
    checkRules(check, *this);
    checkHalfOpen(check, *this);
    checkConcurrency(check, *this);
    checkRest(check, *this);
    return std::move(check).result();
}

std::vector<domain::ConfigEntry> CircuitBreakerConfig::entries() const {
    std::vector<domain::ConfigEntry> all;
    all.reserve(options().size() + 1);
    for (const ConfigOption& option : options()) {
        all.push_back({std::string(option.name), option.read(*this)});
    }
    if (recoveryStrategy) {
        all.push_back({"recovery_strategy", std::string(recoveryStrategy->name())});
    }
    return all;
}

Result<void> CircuitBreakerConfig::set(std::string_view option, std::string_view text) {
    const ConfigOption* known = find(option);
    if (known == nullptr) {
        const auto& all = options();
        const auto nearest = std::ranges::min_element(
            all, {}, [&](const ConfigOption& other) { return editDistance(option, other.name); });
        return trouble(TroubleCode::notFound, fmt::format("there is no option {}; nearest: {}", option, nearest->name));
    }
    if (!known->write(*this, text)) {
        return trouble(TroubleCode::invalidInput,
                       fmt::format("{} cannot be {}; allowed: {}", option, text, known->allowed));
    }
    return {};
}

}  // namespace fusebox::breaker
