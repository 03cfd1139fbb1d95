#include <fusebox/domain/read_parts.h>

#include <memory>
#include <utility>

namespace fusebox::domain {

namespace {

constexpr double kLargestReal = 1e15;
constexpr std::uint64_t kLargestCount = 1ULL << 60U;
constexpr std::size_t kStates = 5;
constexpr std::size_t kHoldModes = 4;
constexpr std::size_t kTripRules = 6;
constexpr std::size_t kCauses = 11;
constexpr std::size_t kMostStandings = 16;
constexpr std::size_t kMostAttributes = 64;
constexpr int kDeepestCause = 8;

std::string cut(std::string text, std::size_t most) {
    if (text.size() <= most) {
        return text;
    }
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xc0U) == 0x80U) {
        --most;
    }
    text.resize(most);
    return text;
}

double readBetween(JsonReader& in, const char* key, double least, double most, const char* rule) {
    const double value = in.real(key);
    if (!(value >= least && value <= most)) {
        in.complain(key, rule);
        return least > 0 ? least : 0;
    }
    return value;
}

ErrorContext readContext(JsonReader in) {
    ErrorContext context;
    context.component = readText(in, "component");
    context.operation = readText(in, "operation");
    context.requestId = readText(in, "request_id");
    context.user = readText(in, "user");
    if (in.has("attributes")) {
        in.list("attributes", kMostAttributes, [&](JsonReader each) {
            std::string name = readText(each, "name");
            context.attributes.emplace_back(std::move(name), readText(each, "value"));
        });
    }
    return context;
}

ErrorRef readErrorAt(JsonReader in, int depth) {
    auto error = std::make_shared<Error>();
    error->type = readText(in, "type");
    error->message = readText(in, "message", kLongestReadMessage);
    if (in.has("code_system")) {
        if (const auto system = codeSystemFromWord(in.text("code_system"))) {
            error->codeSystem = *system;
            error->code = readText(in, "code");
        }
    }
    if (in.has("category")) {
        error->category = categoryFromWord(in.text("category")).value_or(Category::unknown);
    }
    if (in.has("retry_after_ms")) {
        error->retryAfter = std::chrono::duration_cast<std::chrono::milliseconds>(in.ms("retry_after_ms"));
    }
    if (in.has("context")) {
        error->context = readContext(in.at("context"));
    }
    if (in.has("cause") && depth < kDeepestCause) {
        error->cause = readErrorAt(in.at("cause"), depth + 1);
    }
    return error;
}

}  // namespace

std::string readText(JsonReader& in, const char* key, std::size_t most) {
    return in.has(key) ? cut(in.text(key), most) : std::string();
}

std::string readId(JsonReader& in, const char* key) {
    std::string id = in.text(key);
    if (id.empty() || id.size() > kLongestReadId) {
        in.complain(key, "must be 1 to " + std::to_string(kLongestReadId) + " bytes");
        return {};
    }
    return id;
}

std::string readIdOrNone(JsonReader& in, const char* key) {
    std::string id = in.has(key) ? in.text(key) : std::string();
    if (id.size() > kLongestReadId) {
        in.complain(key, "must be at most " + std::to_string(kLongestReadId) + " bytes");
        return {};
    }
    return id;
}

std::optional<base::Duration> readMs(JsonReader& in, const char* key) {
    return in.has(key) ? std::optional(in.ms(key)) : std::nullopt;
}

std::optional<std::uint64_t> readNumber(JsonReader& in, const char* key) {
    return in.has(key) ? std::optional(in.number(key, kLargestCount)) : std::nullopt;
}

double readShare(JsonReader& in, const char* key) {
    return readBetween(in, key, 0, 1, "must be 0 to 1");
}

std::optional<double> readShareOrNone(JsonReader& in, const char* key) {
    return in.has(key) ? std::optional(readShare(in, key)) : std::nullopt;
}

double readReal(JsonReader& in, const char* key) {
    return readBetween(in, key, -kLargestReal, kLargestReal, "must be between -1e15 and 1e15");
}

State readState(JsonReader& in, const char* key) {
    return readWord<State>(in, key, kStates).value_or(State::unknown);
}

Totals readTotals(JsonReader in) {
    Totals totals;
    totals.permitted = in.number("permitted", kLargestCount);
    totals.rejected = in.number("rejected", kLargestCount);
    totals.success = in.number("success", kLargestCount);
    totals.failure = in.number("failure", kLargestCount);
    totals.ignored = in.number("ignored", kLargestCount);
    totals.cancelled = in.number("cancelled", kLargestCount);
    totals.slow = in.number("slow", kLargestCount);
    totals.inFlight = in.number("in_flight", kLargestCount);
    totals.wouldReject = readNumber(in, "would_reject").value_or(0);
    totals.failuresByCategory = readCategories(in.at("failures_by_category"));
    return totals;
}

WindowMetrics readWindow(JsonReader in) {
    WindowMetrics window;
    window.span = in.ms("span_ms");
    window.calls = in.number("calls", kLargestCount);
    window.failures = in.number("failures", kLargestCount);
    window.slow = in.number("slow", kLargestCount);
    window.minimumCalls = in.number("minimum_calls", kLargestCount);
    window.failureRate = readShareOrNone(in, "failure_rate");
    window.slowRate = readShareOrNone(in, "slow_rate");
    return window;
}

LatencyMetrics readLatency(JsonReader in) {
    LatencyMetrics latency;
    latency.samples = in.number("samples", kLargestCount);
    latency.mean = readMs(in, "mean_ms");
    latency.p50 = readMs(in, "p50_ms");
    latency.p95 = readMs(in, "p95_ms");
    latency.p99 = readMs(in, "p99_ms");
    latency.max = readMs(in, "max_ms");
    latency.relativeError = readShareOrNone(in, "relative_error").value_or(0);
    return latency;
}

InFlight readInFlight(JsonReader in) {
    InFlight inFlight;
    inFlight.calls = in.number("calls", kLargestCount);
    inFlight.slow = readNumber(in, "slow");
    inFlight.oldest = readMs(in, "oldest_ms");
    return inFlight;
}

std::optional<Hold> readHold(JsonReader in) {
    Hold hold;
    hold.id = HoldId(in.number("id"));
    const auto mode = readWord<HoldMode>(in, "mode", kHoldModes);
    hold.who = readText(in, "who");
    hold.why = readText(in, "why");
    hold.since = in.unixMs("since_unix_ms");
    if (in.has("until_unix_ms")) {
        hold.until = in.unixMs("until_unix_ms");
    }
    hold.remaining = readMs(in, "remaining_ms");
    if (!mode) {
        return std::nullopt;
    }
    hold.mode = *mode;
    return hold;
}

ConfigEntry readEntry(JsonReader in) {
    ConfigEntry entry;
    entry.option = readText(in, "option");
    entry.value = readText(in, "value");
    return entry;
}

std::optional<TripReason> readTrip(JsonReader in) {
    TripReason trip;
    const auto rule = readWord<TripRule>(in, "rule", kTripRules);
    trip.value = readReal(in, "value");
    trip.threshold = readReal(in, "threshold");
    trip.calls = in.number("calls", kLargestCount);
    trip.failures = in.number("failures", kLargestCount);
    trip.minimumCalls = in.number("minimum_calls", kLargestCount);
    trip.span = in.ms("span_ms");
    if (!rule) {
        return std::nullopt;
    }
    trip.rule = *rule;
    return trip;
}

std::optional<Transition> readTransition(JsonReader in) {
    Transition transition;
    transition.sequence = in.number("sequence", kLargestCount);
    transition.generation = in.number32("generation");
    transition.from = readState(in, "from");
    transition.to = readState(in, "to");
    const auto cause = readWord<TransitionCause>(in, "cause", kCauses);
    if (in.has("trip")) {
        transition.trip = readTrip(in.at("trip"));
    }
    transition.actor = readText(in, "actor");
    transition.reason = readText(in, "reason");
    transition.wall = in.unixMs("at_unix_ms");
    transition.at = base::Time(transition.wall.time_since_epoch());
    if (!cause) {
        return std::nullopt;
    }
    transition.cause = *cause;
    return transition;
}

ErrorRef readError(JsonReader in) {
    return readErrorAt(std::move(in), 0);
}

std::vector<RuleStanding> readStandings(JsonReader& in, const char* key) {
    std::vector<RuleStanding> standings;
    in.list(key, kMostStandings, [&](JsonReader each) {
        RuleStanding standing;
        const auto rule = readWord<TripRule>(each, "rule", kTripRules);
        if (each.has("value")) {
            standing.value = readReal(each, "value");
        }
        standing.threshold = readReal(each, "threshold");
        standing.calls = each.number("calls", kLargestCount);
        standing.minimumCalls = each.number("minimum_calls", kLargestCount);
        standing.failuresToTrip = readNumber(each, "failures_to_trip");
        if (rule) {
            standing.rule = *rule;
            standings.push_back(standing);
        }
    });
    return standings;
}

std::array<std::uint64_t, kCategoryCount> readCategories(JsonReader in) {
    std::array<std::uint64_t, kCategoryCount> counts{};
    constexpr std::array<const char*, kCategoryCount> kKeys{"TRANSIENT",      "PERMANENT",       "RATE_LIMIT",
                                                            "AUTHENTICATION", "DATA_VALIDATION", "UNKNOWN"};
    for (std::size_t i = 0; i < kCategoryCount; ++i) {
        counts[i] = readNumber(in, kKeys[i]).value_or(0);
    }
    return counts;
}

}  // namespace fusebox::domain
