#pragma once
// All options of a circuit breaker, as one plain value. What is not set is the preset `balanced`. Each option has one
// name everywhere (TOML key, window, command line): the snake_case of its member, see options().
// Errors: validate() names the option, its value and what is allowed; a breaker refuses a configuration that is not
// valid.
// Limits: 128 buckets, 30,000 calls in a window by count, 60,000 permits in HALF_OPEN.

#include <fusebox/base/result.h>
#include <fusebox/base/time.h>
#include <fusebox/breaker/error_filter.h>
#include <fusebox/domain/snapshot.h>
#include <fusebox/domain/state.h>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace fusebox::breaker {

class RecoveryStrategy;

/// How a value meets its threshold: ">=" or ">".
enum class Compare : std::uint8_t { atLeast, above };

/// Which outcomes make the trip rules look.
enum class EvaluateOn : std::uint8_t { anyOutcome, failure };

enum class WindowKind : std::uint8_t {
    time,             ///< buckets aligned to the breaker's creation; the oldest bucket leaves as a whole
    count,            ///< the last window_calls outcomes
    tumbling,         ///< forgets all when it is older than window_size; begins anew with the next outcome
    tumblingAligned,  ///< forgets all at each whole window_size since creation
    firstEvent,       ///< buckets that begin with their first outcome; each leaves at exactly window_size of age
    unbounded,        ///< everything since the breaker closed
};

enum class Backoff : std::uint8_t { fixed, exponential, adaptive };
enum class Jitter : std::uint8_t { none, full, equal, decorrelated };

/// Who moves OPEN to HALF_OPEN once the wait is over: the next call, or also tick().
enum class HalfOpenBy : std::uint8_t { call, tick };

/// What half_open_max_requests limits.
enum class HalfOpenAdmission : std::uint8_t { total, concurrent, unlimited };

/// HALF_OPEN ends by counts (success_threshold, half_open_failure_threshold), or once by the rates of half_open_sample
/// results.
enum class HalfOpenVerdict : std::uint8_t { counts, rates };

/// Whether the number of calls in flight is limited, and whether the limit learns from outcomes.
enum class ConcurrencyMode : std::uint8_t { off, fixed, adaptive };

enum class CancelledProbe : std::uint8_t { release, reopen };
enum class LateResults : std::uint8_t { ignored, counted };
enum class IgnoredOutcome : std::uint8_t { neutral, success };
enum class LatencyPrecision : std::uint8_t { standard, fine };  ///< relative error at most 1.6 % or 0.8 %
enum class Timing : std::uint8_t { everyCall, sampled, countsOnly };

struct ConfigOption;

struct CircuitBreakerConfig {
    // Trip rules; absent means off. Any of them opens the breaker.
    std::optional<double> failureRateThreshold = 0.5;  ///< share 0..1 of the window's calls
    Compare failureRateCompare = Compare::atLeast;
    std::uint32_t minimumCalls = 10;  ///< in the window, before a rate counts
    std::optional<double> slowCallRateThreshold;
    Compare slowCallRateCompare = Compare::atLeast;
    std::optional<std::uint32_t> slowCallMinimumCalls;           ///< absent: minimumCalls
    base::Duration slowCallDuration = std::chrono::seconds(60);  ///< longer is slow
    std::optional<std::uint32_t> failureThreshold;               ///< failures in the window
    std::uint32_t failureThresholdMinimumCalls = 0;
    std::optional<std::uint32_t> consecutiveFailuresThreshold;
    std::optional<std::uint32_t> totalOutageFailures = 10;     ///< so many failures and no success ...
    base::Duration totalOutageSpan = std::chrono::seconds(2);  ///< ... in so long
    std::optional<double> successAverageThreshold;             ///< trips below; moving average over successAverageCalls
    std::uint32_t successAverageCalls = 100;
    EvaluateOn evaluateOn = EvaluateOn::anyOutcome;

    // The window that the trip rules look at.
    WindowKind windowKind = WindowKind::time;
    base::Duration windowSize = std::chrono::seconds(5);
    std::uint32_t windowBuckets = 10;
    std::uint32_t windowCalls = 100;
    Compare windowExpiry = Compare::atLeast;  ///< tumbling: age >= or > window_size

    // The wait in OPEN.
    Backoff backoff = Backoff::exponential;
    base::Duration openTimeout = std::chrono::seconds(1);  ///< the first wait
    double backoffMultiplier = 3.0;
    base::Duration maxBackoff = std::chrono::seconds(5);
    Jitter jitter = Jitter::decorrelated;
    std::vector<base::Duration> openWaits;  ///< given: the waits one by one, the last for all further ones
    Compare openWaitCompare = Compare::atLeast;
    base::Duration backoffResetAfter{};                       ///< CLOSED for so long makes the next wait a first one
    base::Duration retryAfterCap = std::chrono::seconds(60);  ///< longest Retry-After that is honoured; zero: none
    std::shared_ptr<RecoveryStrategy> recoveryStrategy;       ///< the user's own; overrules the options above
    std::uint64_t jitterSeed = 0;                             ///< zero: from the system

    // HALF_OPEN.
    HalfOpenBy halfOpenBy = HalfOpenBy::call;
    HalfOpenAdmission halfOpenAdmission = HalfOpenAdmission::total;
    std::uint32_t halfOpenMaxRequests = 1;
    HalfOpenVerdict halfOpenVerdict = HalfOpenVerdict::counts;
    std::uint32_t successThreshold = 1;                  ///< successes that close (k)
    std::uint32_t halfOpenFailureThreshold = 1;          ///< failures that open again (n - k + 1)
    std::uint32_t halfOpenSample = 10;                   ///< rates: results that decide
    std::optional<double> halfOpenFailureRateThreshold;  ///< absent: failureRateThreshold
    bool halfOpenSlowCallsFail = false;
    base::Duration halfOpenTimeout = std::chrono::seconds(10);  ///< zero: none
    domain::State halfOpenTimeoutLeadsTo = domain::State::open;
    CancelledProbe cancelledProbe = CancelledProbe::release;
    LateResults lateResults = LateResults::ignored;
    IgnoredOutcome ignoredOutcome = IgnoredOutcome::neutral;

    // After closing: the share of calls let through, step by step; empty: all at once.
    std::vector<double> rampSteps = {0.25, 0.5};
    base::Duration rampStepDuration = std::chrono::seconds(1);

    // How many calls may be in flight at once, apart from probes.
    ConcurrencyMode concurrencyLimit = ConcurrencyMode::off;
    std::uint32_t concurrencyMax = 100;                      ///< fixed: the limit; adaptive: the highest
    std::uint32_t concurrencyMin = 1;                        ///< adaptive: the lowest
    std::uint32_t concurrencyInitial = 20;                   ///< adaptive: where it begins
    double concurrencyShrinkFactor = 0.9;                    ///< adaptive: what a failed or late call leaves of it
    std::optional<base::Duration> concurrencyLatencyTarget;  ///< adaptive: a call that takes longer is late

    // Which errors count.
    ErrorFilter monitoredErrors;  ///< empty: all
    ErrorFilter ignoredErrors = callersOwnFaults();
    ErrorFilter softErrors;  ///< count for the rates, not for runs of consecutive failures

    // Metrics.
    base::Duration metricsWindow = std::chrono::seconds(60);  ///< percentiles over one to two of them
    LatencyPrecision latencyPrecision = LatencyPrecision::standard;
    Timing timing = Timing::everyCall;
    std::uint32_t timingSampleInterval = 16;  ///< sampled: one call in so many is timed; a power of two

    domain::State initialState = domain::State::closed;  ///< closed, open or halfOpen

    bool operator==(const CircuitBreakerConfig&) const = default;

    [[nodiscard]] static CircuitBreakerConfig balanced();
    [[nodiscard]] static CircuitBreakerConfig classic();  ///< the original specification's numbers
    [[nodiscard]] static CircuitBreakerConfig hystrix();
    [[nodiscard]] static CircuitBreakerConfig resilience4j();
    [[nodiscard]] static CircuitBreakerConfig polly();
    [[nodiscard]] static CircuitBreakerConfig gobreaker();
    [[nodiscard]] static CircuitBreakerConfig envoy();

    /// By the names above. Errors: notFound, naming all presets.
    [[nodiscard]] static base::Result<CircuitBreakerConfig> preset(std::string_view name);
    [[nodiscard]] static const std::vector<std::string_view>& presetNames();

    [[nodiscard]] base::Result<void> validate() const;

    /// Every option with its value, ready to be shown, in the order of this struct.
    [[nodiscard]] std::vector<domain::ConfigEntry> entries() const;

    /// Sets one option from text: numbers, "50 %" or 0.5, "250ms", "5s", "1m", "off", the words of the enums, lists by
    /// commas. Does not validate the whole. Errors: notFound (names the nearest option), invalidInput (names what is
    /// allowed).
    [[nodiscard]] base::Result<void> set(std::string_view option, std::string_view text);

    /// All options there are, with help and allowed values.
    [[nodiscard]] static const std::vector<ConfigOption>& options();
};

/// What an editor or a file reader needs to know of one option.
struct ConfigOption {
    std::string_view name;
    std::string_view help;
    std::string allowed;
    std::string (*read)(const CircuitBreakerConfig&);
    bool (*write)(CircuitBreakerConfig&, std::string_view);  ///< false: the text is not allowed
};

}  // namespace fusebox::breaker
