#include "samples.h"

#include <fusebox/domain/detail_json.h>
#include <fusebox/domain/event_json.h>
#include <fusebox/domain/snapshot_json.h>
#include <fusebox/support/test_case.h>

#include <nlohmann/json.hpp>

#include <limits>

using namespace fusebox;
using nlohmann::json;

namespace {

template <typename Value>
json parsed(const Value& value) {
    std::string text;
    domain::appendJson(text, value);
    return json::parse(text);
}

/// What differs first, in words for the test's log.
void compare(const json& is, const json& expected) {
    const json patch = json::diff(expected, is);
    QVERIFY2(patch.empty(), patch.dump().c_str());
}

const json kCategories = {{"TRANSIENT", 1},      {"PERMANENT", 2},       {"RATE_LIMIT", 3},
                          {"AUTHENTICATION", 4}, {"DATA_VALIDATION", 5}, {"UNKNOWN", 15}};
const json kTotals = {
    {"permitted", 100}, {"rejected", 11}, {"success", 50},  {"failure", 30},     {"ignored", 12},
    {"cancelled", 5},   {"slow", 6},      {"in_flight", 3}, {"would_reject", 4}, {"failures_by_category", kCategories}};
const json kLatency = {{"samples", 40},           {"mean_ms", 1}, {"p50_ms", 2},
                       {"p95_ms", 3.5},           {"p99_ms", 4},  {"max_ms", 5},
                       {"relative_error", 0.0157}};
const json kStandings = {{{"rule", "failure rate"},
                          {"value", 0.3},
                          {"threshold", 0.5},
                          {"calls", 20},
                          {"minimum_calls", 10},
                          {"failures_to_trip", 4}},
                         {{"rule", "total outage"}, {"threshold", 10}, {"calls", 2}, {"minimum_calls", 8}}};
const json kTrip = {{"rule", "slow-call rate"}, {"value", 0.75},       {"threshold", 0.6}, {"calls", 21},
                    {"failures", 16},           {"minimum_calls", 10}, {"span_ms", 5000}};
const json kTransition = {{"sequence", 3},
                          {"generation", 9},
                          {"from", "CLOSED"},
                          {"to", "OPEN"},
                          {"cause", "trip rule"},
                          {"trip", kTrip},
                          {"actor", "bob"},
                          {"reason", "said \"no\""},
                          {"at_unix_ms", 1'700'000'000'003},
                          {"text", "slow-call rate 75 % of 21 calls, limit 60 % by bob: said \"no\""}};
const json kHold = {{"id", 7},
                    {"mode", "FORCE_OPEN"},
                    {"who", "ann"},
                    {"why", "maintenance"},
                    {"since_unix_ms", 1'700'000'000'001},
                    {"until_unix_ms", 1'700'000'009'002},
                    {"remaining_ms", 8000}};
const json kError = {{"type", "ConnectTimeout"},
                     {"message", "no answer"},
                     {"code_system", "curl"},
                     {"code", "28"},
                     {"category", "TRANSIENT"},
                     {"retry_after_ms", 1500},
                     {"context",
                      {{"component", "shop"},
                       {"operation", "GET /orders"},
                       {"request_id", "r-1"},
                       {"user", "ann"},
                       {"attributes", {{{"name", "region"}, {"value", "eu"}}}}}},
                     {"cause", {{"type", "Root"}, {"message", "line 1\nline 2"}}}};

}  // namespace

class SnapshotJsonTest : public QObject {
    Q_OBJECT
private slots:
    void every_field_of_a_snapshot_is_written() {
        json expected = {{"id", "orders"},
                         {"name", "Orders"},
                         {"kind", "http"},
                         {"target", "http://127.0.0.1:8081/"},
                         {"group", "shop"},
                         {"source", "local"},
                         {"revision", 17},
                         {"generation", 9},
                         {"state", "HALF_OPEN"},
                         {"held_as", "FORCE_OPEN"},
                         {"holds", {kHold}},
                         {"time_in_state_ms", 12.345678},
                         {"transitions", 3},
                         {"totals", kTotals},
                         {"latency", kLatency},
                         {"standings", kStandings},
                         {"until_probe_ms", 250},
                         {"open_wait_ms", 2000},
                         {"half_open_limit_ms", 9000}};
        expected["window"] = {{"span_ms", 5000},     {"calls", 20},         {"failures", 6},   {"slow", 2},
                              {"minimum_calls", 10}, {"failure_rate", 0.3}, {"slow_rate", 0.1}};
        expected["probes"] = {{"admitted", 5}, {"in_flight", 1}, {"succeeded", 3},
                              {"failed", 2},   {"needed", 4},    {"of", 6}};
        expected["ramp"] = {{"share", 0.25}, {"step", 1}, {"of", 2}, {"step_left_ms", 700}};
        expected["in_flight"] = {{"calls", 8}, {"slow", 2}, {"oldest_ms", 1200}};
        expected["limit"] = {{"kind", "adaptive"}, {"limit", 32},    {"lowest", 4},
                             {"highest", 64},      {"in_flight", 8}, {"refused", 13}};
        expected["shadow"] = {{"owner", "eve"},
                              {"since_unix_ms", 1'700'000'000'004},
                              {"age_ms", 61'000},
                              {"differences", {{{"option", "open_timeout"}, {"value", "5s"}}}},
                              {"state", "OPEN"},
                              {"calls", 71},
                              {"trips", 2},
                              {"would_refuse", 12},
                              {"refused_good", 3},
                              {"live_trips", 1},
                              {"live_refused", 9},
                              {"not_closed_ms", 7000},
                              {"live_not_closed_ms", 4000},
                              {"last_trip", kTrip},
                              {"standings", kStandings}};
        compare(parsed(samples::snapshot()), expected);
    }

    void what_is_not_known_is_left_out() {
        const json snapshot = parsed(domain::Snapshot());
        const json expected = {
            {"revision", 0},
            {"generation", 0},
            {"state", "CLOSED"},
            {"holds", json::array()},
            {"time_in_state_ms", 0},
            {"transitions", 0},
            {"totals", snapshot["totals"]},
            {"window", {{"span_ms", 0}, {"calls", 0}, {"failures", 0}, {"slow", 0}, {"minimum_calls", 0}}},
            {"latency", {{"samples", 0}, {"relative_error", 0}}},
            {"in_flight", {{"calls", 0}}},
            {"standings", json::array()}};
        compare(snapshot, expected);
    }

    void a_number_that_is_none_never_reaches_the_text() {
        domain::Snapshot snapshot = samples::snapshot();
        snapshot.metrics.window.failureRate = std::numeric_limits<double>::quiet_NaN();
        snapshot.metrics.latency.relativeError = std::numeric_limits<double>::infinity();
        snapshot.standings[0].value = -std::numeric_limits<double>::infinity();
        const json written = parsed(snapshot);
        QVERIFY(!written["window"].contains("failure_rate"));
        QVERIFY(!written["latency"].contains("relative_error"));
        QVERIFY(!written["standings"][0].contains("value"));
    }

    void hostile_names_stay_inside_their_quotes() {
        domain::Snapshot snapshot = samples::snapshot();
        domain::Identity identity = *snapshot.identity;
        identity.name = "\",\"state\":\"OPEN\xff";
        snapshot.identity = std::make_shared<const domain::Identity>(identity);
        const json written = parsed(snapshot);
        QCOMPARE(written["name"].get<std::string>(), std::string("\",\"state\":\"OPEN\xef\xbf\xbd"));
        QCOMPARE(written["state"].get<std::string>(), std::string("HALF_OPEN"));
    }

    void every_field_of_a_detail_is_written() {
        const json expected = {
            {"preset", "classic, 1 option changed"},
            {"config", {{{"option", "open_timeout"}, {"value", "1s"}}, {{"option", "jitter"}, {"value", "none"}}}},
            {"transitions", {kTransition}},
            {"recent_errors",
             {{{"at_unix_ms", 1'700'000'000'005}, {"took_ms", 20}, {"counted", false}, {"error", kError}}}},
            {"dossiers", {3}}};
        compare(parsed(samples::detail()), expected);
    }

    void every_field_of_a_dossier_is_written() {
        json categories = kCategories;
        categories["UNKNOWN"] = 6;
        const json expected = {{"transition", kTransition},
                               {"standings", kStandings},
                               {"window",
                                {{"span_ms", 5000},
                                 {"calls", 20},
                                 {"failures", 6},
                                 {"slow", 2},
                                 {"minimum_calls", 10},
                                 {"failure_rate", 0.3}}},
                               {"slices",
                                {{{"age_ms", 4000}, {"span_ms", 500}, {"calls", 9}, {"failures", 3}, {"slow", 1}},
                                 {{"age_ms", 500}, {"span_ms", 250}, {"calls", 11}, {"failures", 3}, {"slow", 0}}}},
                               {"last_outcomes",
                                {{{"age_ms", 30}, {"took_ms", 12}, {"failed", true}, {"slow", true}, {"error", kError}},
                                 {{"age_ms", 20}, {"failed", false}, {"slow", false}}}},
                               {"latency", kLatency},
                               {"failures_by_category", categories},
                               {"totals", kTotals},
                               {"in_flight", {{"calls", 3}}},
                               {"calls_per_second", 4.2},
                               {"time_in_closed_ms", 90'000},
                               {"open_wait_ms", 3000},
                               {"retry_after_ms", 2500}};
        compare(parsed(samples::dossier()), expected);
    }

    void an_event_carries_its_transition_command_or_hold_by_name() {
        domain::Event event;
        event.id = domain::EventId(12);
        event.kind = domain::EventKind::transition;
        event.level = domain::Level::error;
        event.at = samples::wall(1'700'000'000'006);
        event.breaker = domain::BreakerId("orders");
        event.actor = "bob";
        event.text = "CLOSED to OPEN";
        event.body = samples::transition();
        json expected = {{"id", 12},
                         {"kind", "transition"},
                         {"level", "error"},
                         {"actor", "bob"},
                         {"breaker", "orders"},
                         {"at_unix_ms", 1'700'000'000'006},
                         {"transition", kTransition},
                         {"text", "CLOSED to OPEN"}};
        compare(parsed(event), expected);
        expected.erase("transition");
        event.kind = domain::EventKind::holdPlaced;
        event.body = samples::hold();
        expected["kind"] = "hold placed";
        expected["hold"] = kHold;
        compare(parsed(event), expected);
        expected.erase("hold");
        event.kind = domain::EventKind::command;
        event.body = samples::commandReport();
        expected["kind"] = "command";
        expected["command"] = parsed(samples::commandReport());
        compare(parsed(event), expected);
        event = {};
        compare(parsed(event), {{"id", 0}, {"kind", "notice"}, {"level", "info"}, {"at_unix_ms", 0}, {"text", ""}});
    }

    void every_field_of_a_command_report_is_written() {
        domain::CommandReport report = samples::commandReport();
        json expected = {{"id", "c-1"},
                         {"kind", "configure"},
                         {"breaker", "orders"},
                         {"actor", "ann"},
                         {"reason", "slow"},
                         {"options", {{{"option", "open_timeout"}, {"value", "5s"}}}},
                         {"seen_revision", 16},
                         {"status", "applied"},
                         {"message", "open_timeout 1 s -> 5 s"},
                         {"before", "CLOSED"},
                         {"after", "OPEN"},
                         {"role", "operator"},
                         {"origin", "http 127.0.0.1:40312"}};
        compare(parsed(report), expected);
        domain::CommandReport hold;
        hold.command.id = domain::CommandId("c-2");
        hold.command.kind = domain::CommandKind::hold;
        hold.command.group = "shop";
        hold.command.actor = "ann";
        hold.command.reason = "maintenance";
        hold.command.holdMode = domain::HoldMode::metricsOnly;
        hold.command.duration = std::chrono::seconds(90);
        expected = {{"id", "c-2"},
                    {"kind", "hold"},
                    {"group", "shop"},
                    {"actor", "ann"},
                    {"role", "admin"},
                    {"duration_ms", 90'000},
                    {"reason", "maintenance"},
                    {"status", "pending"},
                    {"hold_mode", "METRICS_ONLY"},
                    {"message", ""}};
        compare(parsed(hold), expected);
    }

    void a_long_chain_of_causes_is_cut() {
        domain::ErrorRef last;
        for (int i = 0; i < 30; ++i) {
            domain::Error error;
            error.message = std::to_string(i);
            error.cause = last;
            last = std::make_shared<const domain::Error>(std::move(error));
        }
        domain::Detail detail;
        detail.recentErrors = {{{}, {}, true, last}};
        json error = parsed(detail)["recent_errors"][0]["error"];
        int causes = 0;
        for (; error.contains("cause"); ++causes) {
            error = json(error["cause"]);
        }
        QCOMPARE(causes, 8);
    }
};

FUSEBOX_TEST(SnapshotJsonTest)
#include "snapshot_json_test.moc"
