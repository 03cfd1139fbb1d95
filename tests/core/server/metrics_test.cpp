#include "server_bench.h"

#include <fusebox/domain/call_durations.h>
#include <fusebox/domain/error_pattern.h>
#include <fusebox/server/breaker_metrics.h>
#include <fusebox/server/metric_lines.h>
#include <fusebox/server/metrics.h>
#include <fusebox/support/test_case.h>

#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

using namespace std::chrono_literals;
using server::ProgramFigures;

namespace {

std::string contentOf(const std::string& path) {
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

/// The first line in which they differ.
std::string differenceOf(const std::string& actual, const std::string& expected) {
    std::istringstream one(actual);
    std::istringstream other(expected);
    std::string line;
    std::string wanted;
    do {
        line = wanted = "(the end)";
        std::getline(one, line);
        std::getline(other, wanted);
    } while (line == wanted && one && other);
    return "is: " + line + "\nshould be: " + wanted;
}

domain::Snapshot breaker(const std::string& id) {
    domain::Snapshot snapshot;
    snapshot.identity = std::make_shared<const domain::Identity>(
        domain::Identity{domain::BreakerId(id), id, "http", "http://x", "shop", "local"});
    snapshot.state = domain::State::halfOpen;
    snapshot.heldAs = domain::HoldMode::metricsOnly;
    snapshot.holds.resize(2);
    snapshot.metrics.totals = {100, 11, 50, 30, 12, 5, 6, 3, 4, {1, 2, 3, 4, 5, 15}};
    snapshot.metrics.transitions = 7;
    snapshot.metrics.timeInState = 1500ms;
    snapshot.metrics.window.failureRate = 0.375;
    snapshot.metrics.window.slowRate = 0.0625;
    snapshot.metrics.latency.p50 = 2ms;
    snapshot.metrics.latency.p95 = 20ms;
    snapshot.metrics.latency.p99 = 200ms;
    snapshot.limit = domain::LimitStanding{domain::LimitKind::adaptive, 20, 5, 50, 3, 9};
    return snapshot;
}

ProgramFigures figures(std::vector<domain::Snapshot> breakers, const server::Tally* tally = nullptr) {
    auto frame = std::make_shared<domain::Frame>();
    frame->snapshots = std::move(breakers);
    frame->health = {3ms, 4ms, 5, 2, 1, 6, 7};
    auto durations = std::make_shared<std::vector<domain::CallDurations>>();
    for (const auto& each : frame->snapshots) {
        durations->push_back({each.identity->id, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, 2500ms});
    }
    frame->durations = durations;
    auto errors = std::make_shared<domain::ErrorReport>();
    errors->total = 41;
    errors->lost = 1;
    errors->patterns.resize(3);
    frame->errors = errors;
    auto recovery = std::make_shared<domain::RecoveryReport>();
    recovery->rates = {{domain::RecoveryAction::restartService, std::nullopt, 5, 3, 2s},
                       {domain::RecoveryAction::restartService, domain::PatternId(1), 2, 1, 2s}};
    frame->recovery = recovery;
    ProgramFigures figures;
    figures.version = "1.2.3";
    figures.frame = frame;
    figures.frameAge = 50ms;
    journal::JournalHealth journal;
    journal.standing = journal::JournalStanding::writing;
    journal.writtenEvents = 1234;
    journal.lostEvents = 1;
    journal.waitingEvents = 2;
    journal.bytes = 65536;
    journal.lastBatchTook = 8ms;
    figures.journal = journal;
    figures.tally = tally;
    figures.connections = 12;
    figures.streams = 5;
    figures.waitingCommands = 1;
    figures.waitingQuestions = 4;
    figures.streamGaps = 9;
    return figures;
}

/// The labels of a sample line, without escapes; nothing for what is no sample.
std::optional<std::map<std::string, std::string>> labelsOf(const std::string& line) {
    const std::size_t open = line.find('{');
    std::map<std::string, std::string> labels;
    for (std::size_t at = open + 1; at < line.size() && line[at] != '}';) {
        const std::size_t equals = line.find("=\"", at);
        if (equals == std::string::npos) return std::nullopt;
        const std::string name = line.substr(at, equals - at);
        std::string value;
        for (at = equals + 2; at < line.size() && line[at] != '"'; ++at) {
            if (line[at] == '\\') {
                ++at;
                value += line[at] == 'n' ? '\n' : line[at];
            } else {
                value += line[at];
            }
        }
        labels[name] = value;
        at += line[at + 1] == ',' ? 2 : 1;
    }
    return labels;
}

std::set<std::string> namesIn(const std::string& text) {
    static const std::regex kName(R"(\b(circuit_breaker|fusebox)_\w+)");
    std::set<std::string> names;
    for (std::sregex_iterator it(text.begin(), text.end(), kName), end; it != end; ++it) {
        names.insert(std::regex_replace(it->str(), std::regex("_(bucket|sum|count)$"), ""));
    }
    return names;
}

}  // namespace

class MetricsTest : public QObject {
    Q_OBJECT
private slots:
    // Dashboards and alerts are built on these names: a change here breaks them.
    void the_metrics_are_those_of_the_golden_file() {
        const server::Tally tally;
        const std::string text = metricsText(figures({breaker("orders")}, &tally));
        const std::string golden = contentOf(FUSEBOX_TEST_DATA "/metrics.golden");
        QVERIFY2(text == golden, differenceOf(text, golden).c_str());
    }

    void what_is_not_known_has_no_sample() {
        domain::Snapshot quiet;
        quiet.identity = breaker("quiet").identity;
        ProgramFigures known;
        auto frame = std::make_shared<domain::Frame>();
        frame->snapshots = {quiet};
        known.frame = frame;
        const std::string text = metricsText(known);
        for (const char* name : {"circuit_breaker_failure_ratio", "circuit_breaker_window_latency_seconds",
                                 "circuit_breaker_call_duration_seconds", "circuit_breaker_concurrency_limit",
                                 "fusebox_journal_up", "fusebox_errors_total", "circuit_breaker_held"}) {
            QVERIFY2(text.find(name) == std::string::npos, name);
        }
        QVERIFY(text.find("circuit_breaker_state{breaker=\"quiet\",state=\"closed\"} 1\n") != std::string::npos);
    }

    // A26
    void beyond_two_thousand_breakers_the_rest_is_added_up() {
        std::vector<domain::Snapshot> many;
        for (int i = 0; i < 2'010; ++i) many.push_back(breaker("b" + std::to_string(i)));
        const std::string text = metricsText(figures(std::move(many)));
        const auto has = [&](const char* line) { return text.find(line) != std::string::npos; };
        QVERIFY(has("circuit_breaker_calls_total{breaker=\"b1999\",outcome=\"success\"} 50\n"));
        QVERIFY(!has("breaker=\"b2000\""));
        QVERIFY(has("circuit_breaker_calls_total{breaker=\"_overflow\",outcome=\"success\"} 500\n"));
        QVERIFY(has("circuit_breaker_state{breaker=\"_overflow\",state=\"half_open\"} 10\n"));
        QVERIFY(has("circuit_breaker_call_duration_seconds_count{breaker=\"_overflow\"} 1200\n"));
        QVERIFY(!has("circuit_breaker_failure_ratio{breaker=\"_overflow\""));
        QVERIFY(has("fusebox_breakers 2010\n"));
    }

    // A27
    void a_label_gives_back_what_was_put_in() {
        for (const std::string id :
             {"plain", "quote\"d", "back\\slash", "line\nbreak", "\\n", "umlaut ä €", "a,b=\"c\"} 1"}) {
            const std::string text = metricsText(figures({breaker(id)}));
            const std::string start = "circuit_breaker_in_flight{";
            const std::size_t at = text.find(start);
            QVERIFY(at != std::string::npos);
            const auto labels = labelsOf(text.substr(at, text.find('\n', at) - at));
            QVERIFY(labels && labels->at("breaker") == id);
        }
        QCOMPARE(server::labelText("\xff"
                                   "a"),
                 std::string("?a"));
    }

    void the_dashboard_and_the_alerts_ask_for_metrics_that_exist() {
        const server::Tally tally;
        const std::set<std::string> known = namesIn(metricsText(figures({breaker("orders")}, &tally)));
        for (const char* file : {"/prometheus/fusebox-alerts.yml", "/grafana/fusebox-dashboard.json"}) {
            for (const std::string& name : namesIn(contentOf(std::string(FUSEBOX_RESOURCES) + file))) {
                QVERIFY2(known.contains(name) || name == "fusebox_recovery_stopped", name.c_str());
            }
        }
    }

    void the_server_hands_them_out() {
        ServerBench bench;
        bench.tell();
        QTRY_VERIFY(bench.get("/metrics").body.find("breaker=\"orders\"") != std::string::npos);
        const peers::Answer answer = bench.get("/metrics");
        QCOMPARE(answer.header("Content-Type"), std::string("text/plain; version=0.0.4; charset=utf-8"));
        QVERIFY(answer.body.find("fusebox_http_requests_total{code=\"200\"} ") != std::string::npos);
        QVERIFY(answer.body.find("fusebox_build_info{version=\"1.2.3\"} 1\n") != std::string::npos);
    }

    void what_streams_do_not_get_is_counted() {
        ServerBench bench;
        const auto value = [&](const std::string& name) {
            const std::string body = bench.get("/metrics").body;
            const std::size_t at = body.find("\n" + name + " ");
            return at == std::string::npos ? -1 : std::stoi(body.substr(at + name.size() + 2));
        };
        QCOMPARE(value("fusebox_http_stream_gaps_total"), 0);
        QCOMPARE(value("fusebox_http_frames_lost_total"), 0);
        bench.skipEventsTo(1010);
        bench.tell({ServerBench::event("after a gap")}, 3);
        QTRY_COMPARE(value("fusebox_http_stream_gaps_total"), 2);
        // While the first is made a text more come than may wait.
        bench.tell(std::vector<domain::Event>(20'000, ServerBench::event(std::string(1000, 'x'))));
        for (int i = 0; i < 1'000; ++i) bench.tell();
        QTRY_VERIFY(value("fusebox_http_frames_lost_total") > 0);
    }
};

FUSEBOX_TEST(MetricsTest)
#include "metrics_test.moc"
