#include <fusebox/simulate/scenario_config.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <cmath>
#include <initializer_list>
#include <utility>

namespace fusebox::simulate {

namespace {

using breaker::Compare;
using breaker::EvaluateOn;
using breaker::WindowKind;
using nlohmann::json;

/// A scenario's "never": longer than any scenario lasts.
constexpr base::Duration kNever = std::chrono::hours(24 * 365);

class ConfigReader {
public:
    explicit ConfigReader(Scenario& scenario) : m_scenario(scenario), m_config(scenario.config) {}

    void read(const json& object) {
        startFromNothing();
        refuseUnknown(object, "config",
                      {"window", "trip", "slow", "ema", "open", "half_open", "ignored", "cancelled_probe", "stale",
                       "state_read", "closed_to_half_open_allowed", "window_reset_is_generation"});
        readWindow(part(object, "window"));
        readEma(object);
        readRules(object);
        readOpen(part(object, "open"));
        readHalfOpen(part(object, "half_open"));
        readOutcomes(object);
        if (const auto valid = m_config.validate(); !valid && m_scenario.missing.empty()) {
            missing(valid.error().text());
        }
    }

private:
    void missing(std::string what) { m_scenario.missing.push_back(std::move(what)); }

    /// Everything that a scenario does not ask for is off.
    void startFromNothing() {
        m_config.failureRateThreshold.reset();
        m_config.totalOutageFailures.reset();
        m_config.rampSteps.clear();
        m_config.ignoredErrors = {};
        m_config.retryAfterCap = base::Duration::zero();
        m_config.backoff = breaker::Backoff::fixed;
        m_config.jitter = breaker::Jitter::none;
        m_config.halfOpenTimeout = base::Duration::zero();
        m_config.softErrors.types = {std::string(kSoftFailureType)};
        m_config.evaluateOn = EvaluateOn::failure;
    }

    static json part(const json& object, const char* key) {
        const auto found = object.find(key);
        return found == object.end() || !found->is_object() ? json::object() : *found;
    }

    void refuseUnknown(const json& object, const std::string& where, std::initializer_list<std::string_view> known) {
        for (const auto& [key, value] : object.items()) {
            bool isKnown = false;
            for (const std::string_view name : known) {
                isKnown = isKnown || name == key;
            }
            if (!isKnown) {
                missing(where + "." + key);
            }
        }
    }

    /// The value of a key that holds one of the given words; else it is noted as missing and the fallback is given.
    template <typename Value>
    Value word(const json& object, const std::string& where, const char* key, Value fallback,
               std::initializer_list<std::pair<std::string_view, Value>> words) {
        const auto found = object.find(key);
        if (found == object.end()) {
            return fallback;
        }
        for (const auto& [name, value] : words) {
            if (*found == std::string(name)) {
                return value;
            }
        }
        missing(fmt::format("{}.{} {}", where, key, found->dump()));
        return fallback;
    }

    static base::Duration milliseconds(const json& object, const char* key, base::Duration fallback = {}) {
        const auto found = object.find(key);
        return found == object.end() || !found->is_number()
                   ? fallback
                   : std::chrono::duration_cast<base::Duration>(
                         std::chrono::duration<double, std::milli>(found->get<double>()));
    }

    static std::uint32_t count(const json& object, const char* key, std::uint32_t fallback) {
        const auto found = object.find(key);
        return found == object.end() || !found->is_number() ? fallback : found->get<std::uint32_t>();
    }

    Compare compare(const json& object, const std::string& where, const char* key, Compare fallback) {
        return word<Compare>(object, where, key, fallback, {{">=", Compare::atLeast}, {">", Compare::above}});
    }

    void readWindow(const json& window) {
        refuseUnknown(window, "window", {"kind", "size", "size_ms", "buckets", "expire_cmp"});
        m_config.windowKind = word<WindowKind>(window, "window", "kind", WindowKind::unbounded,
                                               {{"time", WindowKind::time},
                                                {"count", WindowKind::count},
                                                {"tumbling", WindowKind::tumbling},
                                                {"tumbling_aligned", WindowKind::tumblingAligned},
                                                {"bucketed_first_event", WindowKind::firstEvent},
                                                {"unbounded", WindowKind::unbounded}});
        m_config.windowSize = milliseconds(window, "size_ms", m_config.windowSize);
        m_config.windowBuckets = count(window, "buckets", m_config.windowBuckets);
        m_config.windowCalls = count(window, "size", m_config.windowCalls);
        m_config.windowExpiry = compare(window, "window", "expire_cmp", Compare::atLeast);
    }

    void readEma(const json& object) {
        const json ema = part(object, "ema");
        refuseUnknown(ema, "ema", {"window"});
        m_config.successAverageCalls = count(ema, "window", m_config.successAverageCalls);
    }

    void readRules(const json& object) {
        const json slow = part(object, "slow");
        refuseUnknown(slow, "slow", {"over_ms"});
        m_config.slowCallDuration = milliseconds(slow, "over_ms", m_config.slowCallDuration);
        const auto rules = object.find("trip");
        if (rules == object.end() || !rules->is_array()) {
            return;
        }
        for (const json& rule : *rules) {
            readRule(rule);
        }
        readEvaluation(*rules);
    }

    void readRule(const json& rule) {
        refuseUnknown(rule, "trip", {"rule", "threshold", "cmp", "min_calls", "on", "reason"});
        const std::string name = rule.value("rule", "");
        const double threshold = rule.value("threshold", 0.0);
        const Compare cmp = compare(rule, "trip", "cmp", Compare::atLeast);
        // Counts are whole: more than n is at least n + 1.
        const auto atLeast =
            static_cast<std::uint32_t>(cmp == Compare::above ? std::floor(threshold) + 1 : std::ceil(threshold));
        const std::uint32_t minimum = count(rule, "min_calls", 0);
        if (name == "failure_rate") {
            setOnce(m_config.failureRateThreshold, threshold, name);
            m_config.failureRateCompare = cmp;
            m_config.minimumCalls = std::max(minimum, 1U);
            nameReason(rule, domain::TripRule::failureRate);
        } else if (name == "slow_rate") {
            setOnce(m_config.slowCallRateThreshold, threshold, name);
            m_config.slowCallRateCompare = cmp;
            m_config.slowCallMinimumCalls = std::max(minimum, 1U);
            nameReason(rule, domain::TripRule::slowCallRate);
        } else if (name == "consecutive_failures") {
            setOnce(m_config.consecutiveFailuresThreshold, atLeast, name);
            nameReason(rule, domain::TripRule::consecutiveFailures);
        } else if (name == "failure_count" || name == "failures_since_close") {
            if (name == "failures_since_close" && m_config.windowKind != WindowKind::unbounded) {
                missing("failures_since_close beside a window that forgets");
            }
            setOnce(m_config.failureThreshold, atLeast, name);
            m_config.failureThresholdMinimumCalls = minimum;
            nameReason(rule, domain::TripRule::failureCount);
        } else if (name == "ema_success_below") {
            setOnce(m_config.successAverageThreshold, threshold, name);
            nameReason(rule, domain::TripRule::lowSuccessAverage);
        } else {
            missing("trip.rule " + name);
        }
    }

    template <typename Value>
    void setOnce(std::optional<Value>& option, Value value, const std::string& rule) {
        if (option) {
            missing("two rules " + rule);
        }
        option = value;
    }

    void nameReason(const json& rule, domain::TripRule tripRule) {
        if (const auto reason = rule.find("reason"); reason != rule.end() && reason->is_string()) {
            m_scenario.reasons[reason->get<std::string>()] = tripRule;
        }
    }

    /// We have one option for all rules. A rule that only a failure can fulfil does not care.
    void readEvaluation(const json& rules) {
        std::optional<EvaluateOn> chosen;
        for (const json& rule : rules) {
            const std::string name = rule.value("rule", "");
            const bool minds = name == "failure_rate" || name == "slow_rate" ||
                               (name == "failure_count" && count(rule, "min_calls", 0) > 1);
            const EvaluateOn on = word<EvaluateOn>(rule, "trip", "on", EvaluateOn::anyOutcome,
                                                   {{"any", EvaluateOn::anyOutcome}, {"failure", EvaluateOn::failure}});
            if (minds && chosen && *chosen != on) {
                missing("rules that differ in when they are evaluated");
            }
            if (minds) {
                chosen = on;
            }
        }
        m_config.evaluateOn = chosen.value_or(EvaluateOn::anyOutcome);
    }

    void readOpen(const json& open) {
        refuseUnknown(open, "open", {"wait_ms", "cmp", "backoff", "auto_half_open", "reset_backoff_on_close"});
        m_config.openTimeout = milliseconds(open, "wait_ms", m_config.openTimeout);
        m_config.openWaitCompare = compare(open, "open", "cmp", Compare::atLeast);
        if (open.value("auto_half_open", false)) {
            m_config.halfOpenBy = breaker::HalfOpenBy::tick;
        }
        if (!open.value("reset_backoff_on_close", true)) {
            m_config.backoffResetAfter = kNever;
        }
        const json backoff = part(open, "backoff");
        refuseUnknown(backoff, "open.backoff", {"multiplier", "max_ms", "list_ms"});
        if (backoff.contains("multiplier")) {
            m_config.backoff = breaker::Backoff::exponential;
            m_config.backoffMultiplier = backoff["multiplier"].get<double>();
            m_config.maxBackoff = milliseconds(backoff, "max_ms", kNever);
        } else {
            m_config.maxBackoff = std::max(m_config.maxBackoff, m_config.openTimeout);
        }
        for (const json& wait : backoff.value("list_ms", json::array())) {
            m_config.openWaits.push_back(std::chrono::milliseconds(wait.get<std::int64_t>()));
        }
    }

    void readHalfOpen(const json& halfOpen) {
        refuseUnknown(halfOpen, "half_open",
                      {"mode", "successes", "decide_at", "of", "close_at", "open_at", "by_rate", "calls", "threshold",
                       "admit", "max_wait_ms", "after_max_wait", "slow_fails"});
        readVerdict(halfOpen);
        const json admit = part(halfOpen, "admit");
        refuseUnknown(admit, "half_open.admit", {"kind", "n"});
        using breaker::HalfOpenAdmission;
        m_config.halfOpenAdmission = word<HalfOpenAdmission>(admit, "half_open.admit", "kind", HalfOpenAdmission::total,
                                                             {{"total", HalfOpenAdmission::total},
                                                              {"concurrent", HalfOpenAdmission::concurrent},
                                                              {"unlimited", HalfOpenAdmission::unlimited}});
        m_config.halfOpenMaxRequests = count(admit, "n", 1);
        m_config.halfOpenTimeout = milliseconds(halfOpen, "max_wait_ms");
        m_config.halfOpenTimeoutLeadsTo =
            word<domain::State>(halfOpen, "half_open", "after_max_wait", domain::State::open,
                                {{"OPEN", domain::State::open}, {"CLOSED", domain::State::closed}});
        m_config.halfOpenSlowCallsFail = halfOpen.value("slow_fails", false);
    }

    void readVerdict(const json& halfOpen) {
        const std::string mode = halfOpen.value("mode", "probe");
        if (mode == "successes") {
            m_config.successThreshold = count(halfOpen, "successes", 1);
        } else if (mode == "ratio" && !halfOpen.contains("by_rate")) {
            m_config.successThreshold = count(halfOpen, "close_at", 1);
            m_config.halfOpenFailureThreshold = count(halfOpen, "open_at", 1);
        } else if (mode == "ratio" || mode == "sample" || mode == "sample_fail_ratio") {
            const char* size = mode == "ratio" ? "of" : mode == "sample" ? "decide_at" : "calls";
            m_config.halfOpenVerdict = breaker::HalfOpenVerdict::rates;
            m_config.halfOpenSample = count(halfOpen, size, m_config.halfOpenSample);
            const char* rate = mode == "ratio" ? "by_rate" : "threshold";
            if (halfOpen.contains(rate)) {
                m_config.halfOpenFailureRateThreshold = halfOpen[rate].get<double>();
            }
        } else if (mode != "probe") {
            missing("half_open.mode " + mode);
        }
    }

    void readOutcomes(const json& object) {
        using breaker::CancelledProbe;
        using breaker::IgnoredOutcome;
        using breaker::LateResults;
        m_config.ignoredOutcome = word<IgnoredOutcome>(object, "config", "ignored", IgnoredOutcome::neutral,
                                                       {{"none", IgnoredOutcome::neutral},
                                                        {"release", IgnoredOutcome::neutral},
                                                        {"as_success", IgnoredOutcome::success}});
        m_config.cancelledProbe =
            word<CancelledProbe>(object, "config", "cancelled_probe", CancelledProbe::release,
                                 {{"release", CancelledProbe::release}, {"reopen", CancelledProbe::reopen}});
        m_config.lateResults = word<LateResults>(object, "config", "stale", LateResults::ignored,
                                                 {{"ignore", LateResults::ignored}, {"count", LateResults::counted}});
        // Our reads change nothing; that a look sees HALF_OPEN as soon as the wait is over is what tick() gives.
        m_config.halfOpenBy =
            word<breaker::HalfOpenBy>(object, "config", "state_read", m_config.halfOpenBy,
                                      {{"lazy", breaker::HalfOpenBy::tick}, {"passive", m_config.halfOpenBy}});
    }

    Scenario& m_scenario;
    breaker::CircuitBreakerConfig& m_config;
};

}  // namespace

void readConfig(const nlohmann::json& json, Scenario& into) {
    ConfigReader(into).read(json);
}

}  // namespace fusebox::simulate
