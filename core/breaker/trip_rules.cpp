#include <fusebox/breaker/trip_rules.h>

#include <algorithm>
#include <cmath>

namespace fusebox::breaker {

namespace {

using domain::RuleStanding;
using domain::TripReason;
using domain::TripRule;

constexpr std::uint64_t kFar = 1'000'000;

double share(std::uint64_t part, std::uint64_t whole) {
    return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

/// One rate with its settings, so that failure rate and slow-call rate are judged by the same lines.
struct RateRule {
    TripRule rule;
    double threshold;
    Compare compare;
    std::uint64_t minimum;
    std::uint64_t part;
    std::uint64_t calls;

    [[nodiscard]] bool fires() const {
        return calls > 0 && calls >= minimum && meets(share(part, calls), compare, threshold);
    }

    /// The least number of further bad calls that could fire it if the number of calls did not grow; 1 or more.
    [[nodiscard]] std::uint64_t atLeastNeeded() const {
        const double enough = threshold * static_cast<double>(std::max({calls, minimum, std::uint64_t{1}}));
        const double whole = compare == Compare::atLeast ? std::ceil(enough - 1e-9) : std::floor(enough) + 1;
        return whole > static_cast<double>(part) + 1 ? static_cast<std::uint64_t>(whole) - part : 1;
    }

    [[nodiscard]] bool firesAfter(std::uint64_t more, std::uint64_t windowLimit) const {
        RateRule ahead = *this;
        ahead.part = std::min(part + more, windowLimit);
        ahead.calls = std::min(calls + more, windowLimit);
        return ahead.fires();
    }

    /// Bad calls in a row, from now on, after which it fires; in a window by count they push out good ones first.
    [[nodiscard]] std::optional<std::uint64_t> inARow(std::uint64_t windowLimit) const {
        if (!firesAfter(kFar, windowLimit)) {
            return std::nullopt;
        }
        std::uint64_t tooFew = 0;
        std::uint64_t enough = kFar;
        while (enough - tooFew > 1) {
            const std::uint64_t middle = (tooFew + enough) / 2;
            (firesAfter(middle, windowLimit) ? enough : tooFew) = middle;
        }
        return enough;
    }
};

std::optional<RateRule> failureRate(const CircuitBreakerConfig& config, const Evidence& evidence) {
    if (!config.failureRateThreshold) {
        return std::nullopt;
    }
    return RateRule{TripRule::failureRate, *config.failureRateThreshold, config.failureRateCompare,
                    config.minimumCalls,   evidence.window.failures,     evidence.window.calls};
}

std::optional<RateRule> slowRate(const CircuitBreakerConfig& config, const Evidence& evidence) {
    if (!config.slowCallRateThreshold) {
        return std::nullopt;
    }
    return RateRule{TripRule::slowCallRate,
                    *config.slowCallRateThreshold,
                    config.slowCallRateCompare,
                    slowMinimum(config),
                    evidence.window.slow + evidence.slowInFlight,
                    evidence.window.calls + evidence.slowInFlight};
}

base::Duration windowSpan(const CircuitBreakerConfig& config) {
    const bool byTime = config.windowKind != WindowKind::count && config.windowKind != WindowKind::unbounded;
    return byTime ? config.windowSize : base::Duration::zero();
}

TripReason reason(const CircuitBreakerConfig& config, const RateRule& rate) {
    return {rate.rule,         share(rate.part, rate.calls), rate.threshold, rate.calls, rate.part, rate.minimum,
            windowSpan(config)};
}

bool countFires(const CircuitBreakerConfig& config, const Evidence& evidence) {
    return config.failureThreshold && evidence.window.calls >= config.failureThresholdMinimumCalls &&
           evidence.window.failures >= *config.failureThreshold;
}

bool outageFires(const CircuitBreakerConfig& config, const Evidence& evidence) {
    return config.totalOutageFailures && evidence.outageSpan.failures >= *config.totalOutageFailures &&
           evidence.outageSpan.calls == evidence.outageSpan.failures;
}

bool averageFires(const CircuitBreakerConfig& config, const Evidence& evidence) {
    return config.successAverageThreshold && evidence.averagedCalls >= config.successAverageCalls &&
           evidence.successAverage < *config.successAverageThreshold;
}

std::uint64_t missing(std::uint64_t threshold, std::uint64_t reached) {
    return threshold > reached + 1 ? threshold - reached : 1;
}

std::uint64_t windowLimit(const CircuitBreakerConfig& config) {
    return config.windowKind == WindowKind::count ? config.windowCalls : UINT64_MAX;
}

RuleStanding standing(const CircuitBreakerConfig& config, const RateRule& rate) {
    RuleStanding made{rate.rule, {}, rate.threshold, rate.calls, rate.minimum, {}};
    if (rate.calls > 0 && rate.calls >= rate.minimum) {
        made.value = share(rate.part, rate.calls);
    }
    made.failuresToTrip = rate.inARow(windowLimit(config));
    if (rate.rule == TripRule::slowCallRate) {
        made.failuresToTrip.reset();  // failures alone do not move it
    }
    return made;
}

RuleStanding counted(TripRule rule, std::uint64_t reached, std::uint64_t threshold, std::uint64_t calls,
                     std::uint64_t minimum) {
    return {rule,    static_cast<double>(reached), static_cast<double>(threshold), calls,
            minimum, missing(threshold, reached)};
}

}  // namespace

bool meets(double value, Compare compare, double threshold) {
    // A hair of tolerance: 3 of 10 is meant to reach 0.3, whatever binary fractions say.
    return compare == Compare::atLeast ? value >= threshold - 1e-12 : value > threshold + 1e-12;
}

std::uint64_t slowMinimum(const CircuitBreakerConfig& config) {
    return config.slowCallMinimumCalls.value_or(config.minimumCalls);
}

std::optional<TripReason> firedRule(const CircuitBreakerConfig& config, const Evidence& evidence) {
    const auto& window = evidence.window;
    if (config.consecutiveFailuresThreshold && evidence.run >= *config.consecutiveFailuresThreshold) {
        return TripReason{TripRule::consecutiveFailures,
                          static_cast<double>(evidence.run),
                          static_cast<double>(*config.consecutiveFailuresThreshold),
                          evidence.run,
                          evidence.run,
                          0,
                          {}};
    }
    if (countFires(config, evidence)) {
        return TripReason{TripRule::failureCount,
                          static_cast<double>(window.failures),
                          static_cast<double>(*config.failureThreshold),
                          window.calls,
                          window.failures,
                          config.failureThresholdMinimumCalls,
                          windowSpan(config)};
    }
    if (outageFires(config, evidence)) {
        return TripReason{TripRule::totalOutage,
                          static_cast<double>(evidence.outageSpan.failures),
                          static_cast<double>(*config.totalOutageFailures),
                          evidence.outageSpan.calls,
                          evidence.outageSpan.failures,
                          0,
                          config.totalOutageSpan};
    }
    for (const auto& rate : {failureRate(config, evidence), slowRate(config, evidence)}) {
        if (rate && rate->fires()) {
            return reason(config, *rate);
        }
    }
    if (averageFires(config, evidence)) {
        return TripReason{TripRule::lowSuccessAverage,
                          evidence.successAverage,
                          *config.successAverageThreshold,
                          evidence.averagedCalls,
                          0,
                          config.successAverageCalls,
                          {}};
    }
    return std::nullopt;
}

std::uint64_t surelyWithout(const CircuitBreakerConfig& config, const Evidence& evidence) {
    std::uint64_t least = kFar;
    // All that are in flight may become slow without anyone asking.
    Evidence worst = evidence;
    worst.slowInFlight = std::max(evidence.slowInFlight, evidence.watchedInFlight);
    for (const auto& rate : {failureRate(config, evidence), slowRate(config, worst)}) {
        if (rate) {
            least = std::min(least, rate->atLeastNeeded());
        }
    }
    if (config.failureThreshold) {
        least = std::min(least, missing(*config.failureThreshold, evidence.window.failures));
    }
    // While a success lies in the span, total outage cannot fire; the automaton asks again when that success leaves.
    if (config.totalOutageFailures && evidence.outageSpan.calls == evidence.outageSpan.failures) {
        least = std::min(least, missing(*config.totalOutageFailures, evidence.outageSpan.failures));
    }
    return least;
}

bool successMayTrip(const CircuitBreakerConfig& config, const Evidence& evidence) {
    for (auto rate : {failureRate(config, evidence), slowRate(config, evidence)}) {
        if (rate && rate->part > 0 && rate->calls < rate->minimum) {
            rate->calls = rate->minimum;
            if (rate->fires()) {
                return true;
            }
        }
    }
    return config.failureThreshold && evidence.window.calls < config.failureThresholdMinimumCalls &&
           evidence.window.failures >= *config.failureThreshold;
}

std::vector<RuleStanding> standings(const CircuitBreakerConfig& config, const Evidence& evidence) {
    std::vector<RuleStanding> all;
    all.reserve(6);
    if (config.consecutiveFailuresThreshold) {
        all.push_back(counted(TripRule::consecutiveFailures, evidence.run, *config.consecutiveFailuresThreshold,
                              evidence.run, 0));
    }
    if (config.failureThreshold) {
        all.push_back(counted(TripRule::failureCount, evidence.window.failures, *config.failureThreshold,
                              evidence.window.calls, config.failureThresholdMinimumCalls));
    }
    if (config.totalOutageFailures) {
        auto outage = counted(TripRule::totalOutage, evidence.outageSpan.failures, *config.totalOutageFailures,
                              evidence.outageSpan.calls, 0);
        if (evidence.outageSpan.calls != evidence.outageSpan.failures) {
            outage.failuresToTrip.reset();  // a success lies in the span
        }
        all.push_back(outage);
    }
    for (const auto& rate : {failureRate(config, evidence), slowRate(config, evidence)}) {
        if (rate) {
            all.push_back(standing(config, *rate));
        }
    }
    if (config.successAverageThreshold) {
        RuleStanding average{TripRule::lowSuccessAverage, {}, *config.successAverageThreshold, evidence.averagedCalls,
                             config.successAverageCalls,  {}};
        if (evidence.averagedCalls >= config.successAverageCalls) {
            average.value = evidence.successAverage;
        }
        all.push_back(average);
    }
    return all;
}

}  // namespace fusebox::breaker
