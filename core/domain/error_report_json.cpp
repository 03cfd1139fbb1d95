#include <fusebox/domain/error_report_json.h>

#include <fusebox/domain/json_parts.h>
#include <fusebox/domain/json_writer.h>

#include <algorithm>
#include <array>

namespace fusebox::domain {

namespace {

void writeSample(JsonWriter& out, const ErrorSample& sample) {
    out.raw("{\"at_unix_ms\":").unixMs(sample.at);
    out.textField(",\"breaker\":", sample.breaker.value);
    if (sample.error != nullptr) {
        out.raw(",\"error\":");
        writeJson(out, *sample.error);
    }
    out.raw("}");
}

void writeTrip(JsonWriter& out, const TripShare& trip) {
    out.raw("{\"breaker\":").text(trip.breaker.value).raw(",\"transition\":").number(trip.transition);
    out.raw(",\"at_unix_ms\":").unixMs(trip.at).raw(",\"count\":").number(trip.count);
    out.realField(",\"share\":", trip.share);
    out.raw("}");
}

void writePattern(JsonWriter& out, const ErrorPattern& pattern) {
    out.raw("{\"id\":").number(pattern.id.value).raw(",\"text\":").text(pattern.text);
    out.raw(",\"category\":").word(toWord(pattern.category));
    out.realField(",\"confidence\":", pattern.confidence);
    out.textField(",\"evidence\":", pattern.evidence);
    out.textField(",\"component\":", pattern.component);
    out.raw(",\"severity\":").word(toWord(pattern.severity)).raw(",\"trend\":").word(toWord(pattern.trend));
    out.raw(",\"count\":").number(pattern.count);
    out.realField(",\"per_minute\":", pattern.perMinute);
    out.raw(",\"first_seen_unix_ms\":").unixMs(pattern.firstSeen);
    out.raw(",\"last_seen_unix_ms\":").unixMs(pattern.lastSeen);
    out.listField(",\"minutes\":", pattern.minutes, [&](std::uint32_t count) { out.number(count); });
    out.listField(",\"samples\":", pattern.samples, [&](const ErrorSample& sample) { writeSample(out, sample); });
    out.listField(",\"breakers\":", pattern.breakers, [&](const BreakerShare& share) {
        out.raw("{\"breaker\":").text(share.breaker.value).raw(",\"count\":").number(share.count).raw("}");
    });
    out.listField(",\"trips\":", pattern.trips, [&](const TripShare& trip) { writeTrip(out, trip); });
    if (pattern.strategy) {
        out.raw(",\"strategy\":").word(toWord(*pattern.strategy));
    }
    if (pattern.action) {
        out.raw(",\"action\":").word(toWord(*pattern.action));
    }
    out.raw("}");
}

void writeSeverities(JsonWriter& out, const std::array<std::uint64_t, kSeverities.size()>& counts) {
    static_assert(kSeverities.size() == 4);
    out.raw("{\"LOW\":").number(counts[0]).raw(",\"MEDIUM\":").number(counts[1]);
    out.raw(",\"HIGH\":").number(counts[2]).raw(",\"CRITICAL\":").number(counts[3]).raw("}");
}

void writeMinute(JsonWriter& out, const ErrorMinute& minute) {
    std::array<std::uint64_t, kCategoryCount> counts{};
    std::copy(minute.counts.begin(), minute.counts.end(), counts.begin());
    out.raw("{\"begins_unix_ms\":").unixMs(minute.begins).raw(",\"counts\":");
    writeCategories(out, counts);
    out.raw("}");
}

}  // namespace

void appendJson(std::string& to, const ErrorReport& report) {
    JsonWriter out(to);
    out.raw("{\"version\":").number(report.version).raw(",\"total\":").number(report.total);
    out.raw(",\"lost\":").number(report.lost).raw(",\"by_category\":");
    writeCategories(out, report.byCategory);
    out.raw(",\"by_severity\":");
    writeSeverities(out, report.bySeverity);
    out.listField(",\"by_component\":", report.byComponent, [&](const ComponentCount& one) {
        out.raw("{\"component\":").text(one.component).raw(",\"count\":").number(one.count).raw("}");
    });
    out.realField(",\"per_minute\":", report.perMinute);
    out.listField(",\"minutes\":", report.minutes, [&](const ErrorMinute& minute) { writeMinute(out, minute); });
    out.listField(",\"patterns\":", report.patterns, [&](const ErrorPattern& pattern) { writePattern(out, pattern); });
    out.realField(",\"recovery_success_rate\":", report.recoverySuccessRate);
    out.realField(",\"avg_recovery_time_ms\":", report.avgRecoveryTimeMs);
    out.raw("}");
}

}  // namespace fusebox::domain
