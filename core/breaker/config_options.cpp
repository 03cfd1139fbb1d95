// The table of all options: name, help, what is allowed, and how each is read and written.

#include <fusebox/breaker/config_text.h>

#include <fmt/format.h>

namespace fusebox::breaker {

namespace {

constexpr std::string_view kShareOrOff = "0 to 1, or 0 % to 100 %, or off";
constexpr std::string_view kSpan = "1ms to 365d";
constexpr std::string_view kSpanOrZero = "0s to 365d";
constexpr std::string_view kCountOrZero = "0 to 1000000000";
constexpr std::string_view kCountOrOff = "1 to 1000000000, or off";
constexpr std::string_view kErrors = "a list of categories, type:NAME and code:CODE; or none";

template <auto Member>
std::string readMember(const CircuitBreakerConfig& config) {
    return write(config.*Member);
}

template <auto Member>
bool writeMember(CircuitBreakerConfig& config, std::string_view text) {
    using Value = std::remove_reference_t<decltype(config.*Member)>;
    auto value = parse<Value>(text);
    if (value) {
        config.*Member = std::move(*value);
    }
    return value.has_value();
}

template <auto Member>
ConfigOption option(std::string_view name, std::string_view allowed, std::string_view help) {
    return {name, help, std::string(allowed), &readMember<Member>, &writeMember<Member>};
}

/// An option whose values are the words of an enum.
template <auto Member>
ConfigOption choice(std::string_view name, std::string_view help) {
    using Value = std::remove_cvref_t<decltype(CircuitBreakerConfig{}.*Member)>;
    return option<Member>(name, fmt::format("{}", fmt::join(wordsOf(Value{}), ", ")), help);
}

using Config = CircuitBreakerConfig;

void addTripRules(std::vector<ConfigOption>& all) {
    all.push_back(option<&Config::failureRateThreshold>("failure_rate_threshold", kShareOrOff,
                                                        "Share of failed calls in the window that opens"));
    all.push_back(choice<&Config::failureRateCompare>("failure_rate_compare",
                                                      "Whether the rate must reach or exceed its threshold"));
    all.push_back(
        option<&Config::minimumCalls>("minimum_calls", kCountOrZero, "Calls in the window before a rate counts"));
    all.push_back(option<&Config::slowCallRateThreshold>("slow_call_rate_threshold", kShareOrOff,
                                                         "Share of slow calls in the window that opens"));
    all.push_back(choice<&Config::slowCallRateCompare>("slow_call_rate_compare",
                                                       "Whether the slow rate must reach or exceed its threshold"));
    all.push_back(option<&Config::slowCallMinimumCalls>("slow_call_minimum_calls", kCountOrOff,
                                                        "Calls before the slow rate counts; off: minimum_calls"));
    all.push_back(
        option<&Config::slowCallDuration>("slow_call_duration", kSpanOrZero, "A call that takes longer is slow"));
    all.push_back(
        option<&Config::failureThreshold>("failure_threshold", kCountOrOff, "Failures in the window that open"));
    all.push_back(option<&Config::failureThresholdMinimumCalls>("failure_threshold_minimum_calls", kCountOrZero,
                                                                "Calls in the window before failure_threshold counts"));
    all.push_back(option<&Config::consecutiveFailuresThreshold>("consecutive_failures_threshold", kCountOrOff,
                                                                "Failures in a row that open"));
    all.push_back(option<&Config::totalOutageFailures>(
        "total_outage_failures", kCountOrOff, "Failures without any success within total_outage_span that open"));
    all.push_back(option<&Config::totalOutageSpan>("total_outage_span", kSpan,
                                                   "How far back the total-outage rule looks; at most the window"));
    all.push_back(option<&Config::successAverageThreshold>("success_average_threshold", kShareOrOff,
                                                           "Opens when the moving average of successes falls below"));
    all.push_back(
        option<&Config::successAverageCalls>("success_average_calls", "1 to 30000",
                                             "Calls over which successes are averaged, and before the average counts"));
    all.push_back(choice<&Config::evaluateOn>("evaluate_on", "Which outcomes make the trip rules look"));
}

void addWindow(std::vector<ConfigOption>& all) {
    all.push_back(choice<&Config::windowKind>("window_kind", "What the trip rules look at"));
    all.push_back(option<&Config::windowSize>("window_size", kSpan, "Length of a window by time"));
    all.push_back(option<&Config::windowBuckets>("window_buckets", "1 to 128", "Parts of a window by time"));
    all.push_back(option<&Config::windowCalls>("window_calls", "1 to 30000", "Calls in a window by count"));
    all.push_back(
        choice<&Config::windowExpiry>("window_expiry", "Whether a tumbling window ends at or after its length"));
}

void addWaits(std::vector<ConfigOption>& all) {
    all.push_back(choice<&Config::backoff>("backoff", "How the wait in OPEN grows"));
    all.push_back(option<&Config::openTimeout>("open_timeout", kSpanOrZero, "The first wait in OPEN"));
    all.push_back(
        option<&Config::backoffMultiplier>("backoff_multiplier", "1 to 100", "Factor from one wait to the next"));
    all.push_back(option<&Config::maxBackoff>("max_backoff", kSpanOrZero, "The longest wait; at least open_timeout"));
    all.push_back(choice<&Config::jitter>("jitter", "How waits are spread"));
    all.push_back(option<&Config::openWaits>("open_waits", "a list of durations, or none",
                                             "The waits one by one; replaces backoff"));
    all.push_back(
        choice<&Config::openWaitCompare>("open_wait_compare", "Whether the wait is over at or after its length"));
    all.push_back(option<&Config::backoffResetAfter>("backoff_reset_after", kSpanOrZero,
                                                     "Time in CLOSED after which waits start anew"));
    all.push_back(
        option<&Config::retryAfterCap>("retry_after_cap", kSpanOrZero, "Longest Retry-After that is honoured"));
    all.push_back(
        option<&Config::jitterSeed>("jitter_seed", "a whole number; 0: from the system", "Seed of the jitter"));
}

void addHalfOpen(std::vector<ConfigOption>& all) {
    all.push_back(choice<&Config::halfOpenBy>("half_open_by", "Who ends the wait: the next call, or also the tick"));
    all.push_back(choice<&Config::halfOpenAdmission>("half_open_admission", "What half_open_max_requests limits"));
    all.push_back(
        option<&Config::halfOpenMaxRequests>("half_open_max_requests", "1 to 60000", "Calls let through in HALF_OPEN"));
    all.push_back(choice<&Config::halfOpenVerdict>("half_open_verdict", "Whether counts or rates end HALF_OPEN"));
    all.push_back(option<&Config::successThreshold>("success_threshold", "1 to 60000", "Successes that close"));
    all.push_back(option<&Config::halfOpenFailureThreshold>("half_open_failure_threshold", "1 to 60000",
                                                            "Failures that open again"));
    all.push_back(option<&Config::halfOpenSample>("half_open_sample", "1 to 60000", "Results that decide by rates"));
    all.push_back(option<&Config::halfOpenFailureRateThreshold>(
        "half_open_failure_rate_threshold", kShareOrOff, "Failure rate that opens again; off: failure_rate_threshold"));
    all.push_back(option<&Config::halfOpenSlowCallsFail>("half_open_slow_calls_fail", "true, false",
                                                         "Whether a slow probe has failed"));
    all.push_back(
        option<&Config::halfOpenTimeout>("half_open_timeout", kSpanOrZero, "Longest stay in HALF_OPEN; 0s: no limit"));
    all.push_back(option<&Config::halfOpenTimeoutLeadsTo>("half_open_timeout_leads_to", "closed, open",
                                                          "The state after half_open_timeout"));
    all.push_back(choice<&Config::cancelledProbe>("cancelled_probe",
                                                  "Whether a cancelled probe gives its place back or opens again"));
    all.push_back(
        choice<&Config::lateResults>("late_results", "What becomes of results from before the last change of state"));
    all.push_back(
        choice<&Config::ignoredOutcome>("ignored_outcome", "Whether ignored outcomes count for nothing or as success"));
}

void addConcurrency(std::vector<ConfigOption>& all) {
    constexpr std::string_view kCalls = "1 to 1000000";
    all.push_back(
        choice<&Config::concurrencyLimit>("concurrency_limit", "Whether and how the calls in flight are limited"));
    all.push_back(option<&Config::concurrencyMax>("concurrency_max", kCalls,
                                                  "fixed: the limit of calls in flight; adaptive: the highest limit"));
    all.push_back(option<&Config::concurrencyMin>("concurrency_min", kCalls, "adaptive: the lowest limit"));
    all.push_back(option<&Config::concurrencyInitial>("concurrency_initial", kCalls, "adaptive: the first limit"));
    all.push_back(option<&Config::concurrencyShrinkFactor>("concurrency_shrink_factor", "0.1 to 0.99",
                                                           "adaptive: what a failed or late call leaves of the limit"));
    all.push_back(option<&Config::concurrencyLatencyTarget>(
        "concurrency_latency_target", "1ms to 365d, or off",
        "adaptive: a call that takes longer shrinks the limit, as a slow one does"));
}

void addRest(std::vector<ConfigOption>& all) {
    all.push_back(option<&Config::rampSteps>("ramp_steps", "a list of shares above 0 and below 1, or none",
                                             "Share of calls let through after closing, step by step"));
    all.push_back(option<&Config::rampStepDuration>("ramp_step_duration", kSpan, "Length of one step of the ramp"));
    all.push_back(option<&Config::monitoredErrors>("monitored_errors", kErrors,
                                                   "Only these errors count as failures; none: all"));
    all.push_back(option<&Config::ignoredErrors>("ignored_errors", kErrors, "These errors do not count"));
    all.push_back(
        option<&Config::softErrors>("soft_errors", kErrors, "These count for rates, not for failures in a row"));
    all.push_back(
        option<&Config::metricsWindow>("metrics_window", "1s to 1d", "Percentiles cover one to two of these"));
    all.push_back(
        choice<&Config::latencyPrecision>("latency_precision", "Error of percentiles: at most 1.6 % or 0.8 %"));
    all.push_back(choice<&Config::timing>("timing", "Which calls are timed"));
    all.push_back(option<&Config::timingSampleInterval>("timing_sample_interval", "a power of two, 2 to 1024",
                                                        "One call in so many is timed"));
    all.push_back(choice<&Config::initialState>("initial_state", "The state in which it begins"));
}

}  // namespace

const std::vector<ConfigOption>& CircuitBreakerConfig::options() {
    static const std::vector<ConfigOption> all = [] {
        std::vector<ConfigOption> made;
        addTripRules(made);
        addWindow(made);
        addWaits(made);
        addHalfOpen(made);
        addConcurrency(made);
        addRest(made);
        return made;
    }();
    return all;
}

}  // namespace fusebox::breaker
