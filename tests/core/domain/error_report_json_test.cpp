#include "samples.h"

#include <fusebox/domain/error_report_json.h>
#include <fusebox/support/test_case.h>

#include <nlohmann/json.hpp>

using namespace fusebox;
using nlohmann::json;

namespace {

json parsed(const domain::ErrorReport& report) {
    std::string text;
    domain::appendJson(text, report);
    return json::parse(text);
}

domain::ErrorPattern pattern() {
    domain::ErrorPattern pattern;
    pattern.id = domain::PatternId(0xfedcba9876543210);
    pattern.text = "dial tcp <*>: \"i/o\" timeout";
    pattern.category = domain::Category::transient;
    pattern.confidence = 0.95;
    pattern.evidence = "phrase \"timeout\"";
    pattern.component = "shop";
    pattern.severity = domain::Severity::high;
    pattern.trend = domain::Trend::regressed;
    pattern.count = 41;
    pattern.perMinute = 1.5;
    pattern.firstSeen = samples::wall(1'700'000'000'101);
    pattern.lastSeen = samples::wall(1'700'000'000'202);
    pattern.minutes = {0, 7};
    pattern.samples = {{samples::wall(1'700'000'000'303), domain::BreakerId("orders"), samples::error()}};
    pattern.breakers = {{domain::BreakerId("orders"), 40}};
    pattern.trips = {{domain::BreakerId("orders"), 3, samples::wall(1'700'000'000'404), 12, 0.8}};
    pattern.strategy = domain::Strategy::fallbackToCache;
    pattern.action = domain::RecoveryAction::reduceLoad;
    return pattern;
}

}  // namespace

class ErrorReportJsonTest : public QObject {
    Q_OBJECT
private slots:
    void a_report_says_all_that_is_known_of_the_errors() {
        domain::ErrorReport report;
        report.version = 9;
        report.total = 50;
        report.lost = 2;
        report.byCategory = {1, 2, 3, 4, 5, 35};
        report.bySeverity = {6, 7, 8, 9};
        report.byComponent = {{"shop", 44}};
        report.perMinute = 2.25;
        report.minutes = {{samples::wall(1'700'000'000'000), {1, 0, 0, 0, 0, 2}}};
        report.recoverySuccessRate = 0.5;
        report.avgRecoveryTimeMs = 1200;
        const json is = parsed(report);
        const json expected = json::parse(R"({"version":9,"total":50,"lost":2,
            "by_category":{"TRANSIENT":1,"PERMANENT":2,"RATE_LIMIT":3,"AUTHENTICATION":4,"DATA_VALIDATION":5,"UNKNOWN":35},
            "by_severity":{"LOW":6,"MEDIUM":7,"HIGH":8,"CRITICAL":9},
            "by_component":[{"component":"shop","count":44}],"per_minute":2.25,
            "minutes":[{"begins_unix_ms":1700000000000,"counts":
            {"TRANSIENT":1,"PERMANENT":0,"RATE_LIMIT":0,"AUTHENTICATION":0,"DATA_VALIDATION":0,"UNKNOWN":2}}],
            "patterns":[],"recovery_success_rate":0.5,"avg_recovery_time_ms":1200})");
        QVERIFY2(is == expected, json::diff(expected, is).dump().c_str());
    }

    void a_pattern_comes_with_its_samples_breakers_and_trips() {
        domain::ErrorReport report;
        report.patterns = {pattern()};
        const json is = parsed(report).at("patterns").at(0);
        QVERIFY(is.at("id").get<std::uint64_t>() == 0xfedcba9876543210);
        QCOMPARE(is.at("text").get<std::string>(), std::string("dial tcp <*>: \"i/o\" timeout"));
        QCOMPARE(is.at("samples").at(0).at("error").at("cause").at("type").get<std::string>(), std::string("Root"));
        json rest = is;
        for (const char* key : {"id", "text", "samples", "evidence"}) rest.erase(key);
        const json expected =
            json::parse(R"({"category":"TRANSIENT","confidence":0.95,"component":"shop","severity":"HIGH",
            "trend":"regressed","count":41,"per_minute":1.5,"first_seen_unix_ms":1700000000101,
            "last_seen_unix_ms":1700000000202,"minutes":[0,7],"breakers":[{"breaker":"orders","count":40}],
            "trips":[{"breaker":"orders","transition":3,"at_unix_ms":1700000000404,"count":12,"share":0.8}],
            "strategy":"FALLBACK_TO_CACHE","action":"REDUCE_LOAD"})");
        QVERIFY2(rest == expected, json::diff(expected, rest).dump().c_str());
    }

    void what_is_not_known_is_left_out() {
        domain::ErrorReport report;
        report.patterns = {domain::ErrorPattern()};
        const json is = parsed(report);
        QVERIFY(!is.contains("recovery_success_rate") && !is.contains("avg_recovery_time_ms"));
        const json& pattern = is.at("patterns").at(0);
        QVERIFY(!pattern.contains("strategy") && !pattern.contains("action") && !pattern.contains("component"));
        QVERIFY(pattern.at("samples").is_array() && pattern.at("trips").is_array());
    }
};

FUSEBOX_TEST(ErrorReportJsonTest)
#include "error_report_json_test.moc"
