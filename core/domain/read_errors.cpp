#include <fusebox/domain/read_errors.h>

#include <fusebox/domain/read_parts.h>

#include <algorithm>
#include <limits>
#include <utility>

namespace fusebox::domain {

namespace {

constexpr std::size_t kTrends = 5;
constexpr std::size_t kMostPatterns = 2000;
constexpr std::size_t kMostMinutes = 60;
constexpr std::size_t kMostSamples = 20;
constexpr std::size_t kMostShares = 200;
constexpr std::size_t kMostTrips = 50;
constexpr std::size_t kMostComponents = 1000;
constexpr std::uint64_t kLargestCount = 1ULL << 60U;
constexpr std::uint64_t kLargest32 = std::numeric_limits<std::uint32_t>::max();

ErrorSample readSample(JsonReader in) {
    ErrorSample sample;
    sample.at = in.unixMs("at_unix_ms");
    sample.breaker = BreakerId(readIdOrNone(in, "breaker"));
    if (in.has("error")) sample.error = readError(in.at("error"));
    return sample;
}

TripShare readTripShare(JsonReader in) {
    TripShare trip;
    trip.breaker = BreakerId(readId(in, "breaker"));
    trip.transition = in.number("transition", kLargestCount);
    trip.at = in.unixMs("at_unix_ms");
    trip.count = in.number("count", kLargestCount);
    trip.share = readShare(in, "share");
    return trip;
}

void readPlaces(JsonReader& in, ErrorPattern& pattern) {
    for (const std::uint64_t count : in.numbers("minutes", kMostMinutes, kLargest32)) {
        pattern.minutes.push_back(static_cast<std::uint32_t>(count));
    }
    in.list("samples", kMostSamples, [&](JsonReader each) { pattern.samples.push_back(readSample(std::move(each))); });
    in.list("breakers", kMostShares, [&](JsonReader each) {
        BreakerShare share;
        share.breaker = BreakerId(readId(each, "breaker"));
        share.count = each.number("count", kLargestCount);
        pattern.breakers.push_back(std::move(share));
    });
    in.list("trips", kMostTrips, [&](JsonReader each) { pattern.trips.push_back(readTripShare(std::move(each))); });
}

ErrorPattern readPattern(JsonReader in) {
    ErrorPattern pattern;
    pattern.id = PatternId(in.number("id"));
    pattern.text = readText(in, "text", kLongestReadMessage);
    pattern.category = categoryFromWord(in.text("category")).value_or(Category::unknown);
    pattern.confidence = readShare(in, "confidence");
    pattern.evidence = readText(in, "evidence");
    pattern.component = readText(in, "component");
    // What this program does not know may be worse than all it knows.
    pattern.severity = readWord<Severity>(in, "severity", kSeverities.size()).value_or(Severity::critical);
    pattern.trend = readWord<Trend>(in, "trend", kTrends).value_or(Trend::steady);
    pattern.count = in.number("count", kLargestCount);
    pattern.perMinute = readReal(in, "per_minute");
    pattern.firstSeen = in.unixMs("first_seen_unix_ms");
    pattern.lastSeen = in.unixMs("last_seen_unix_ms");
    readPlaces(in, pattern);
    if (in.has("strategy")) pattern.strategy = strategyFromWord(in.text("strategy"));
    if (in.has("action")) pattern.action = recoveryActionFromWord(in.text("action"));
    return pattern;
}

ErrorMinute readMinute(JsonReader in) {
    ErrorMinute minute;
    minute.begins = in.unixMs("begins_unix_ms");
    const auto counts = readCategories(in.at("counts"));
    std::transform(counts.begin(), counts.end(), minute.counts.begin(),
                   [](std::uint64_t count) { return static_cast<std::uint32_t>(std::min(count, kLargest32)); });
    return minute;
}

std::array<std::uint64_t, kSeverities.size()> readSeverities(JsonReader in) {
    std::array<std::uint64_t, kSeverities.size()> counts{};
    constexpr std::array<const char*, kSeverities.size()> kKeys{"LOW", "MEDIUM", "HIGH", "CRITICAL"};
    for (std::size_t i = 0; i < counts.size(); ++i) counts[i] = readNumber(in, kKeys[i]).value_or(0);
    return counts;
}

}  // namespace

ErrorReport readErrorReport(JsonReader in) {
    ErrorReport report;
    report.version = in.number("version", kLargestCount);
    report.total = in.number("total", kLargestCount);
    report.lost = in.number("lost", kLargestCount);
    report.byCategory = readCategories(in.at("by_category"));
    report.bySeverity = readSeverities(in.at("by_severity"));
    in.list("by_component", kMostComponents, [&](JsonReader each) {
        ComponentCount one;
        one.component = readText(each, "component");
        one.count = each.number("count", kLargestCount);
        report.byComponent.push_back(std::move(one));
    });
    report.perMinute = readReal(in, "per_minute");
    in.list("minutes", kMostMinutes + 1,
            [&](JsonReader each) { report.minutes.push_back(readMinute(std::move(each))); });
    in.list("patterns", kMostPatterns,
            [&](JsonReader each) { report.patterns.push_back(readPattern(std::move(each))); });
    report.recoverySuccessRate = readShareOrNone(in, "recovery_success_rate");
    if (in.has("avg_recovery_time_ms")) report.avgRecoveryTimeMs = readReal(in, "avg_recovery_time_ms");
    return report;
}

}  // namespace fusebox::domain
