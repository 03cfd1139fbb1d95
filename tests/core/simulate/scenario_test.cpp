#include <fusebox/simulate/scenario_file.h>
#include <fusebox/simulate/scenario_report.h>
#include <fusebox/simulate/scenario_run.h>
#include <fusebox/support/test_case.h>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include <algorithm>
#include <string>
#include <vector>

using namespace fusebox;
using simulate::Verdict;

namespace {

/// One scenario: three failures in a row open it, the wait is one second.
std::string scenario(const std::string& steps, const std::string& furtherConfig = {}) {
    return R"([{"id": "one", "portable": true, "config": {"window": {"kind": "unbounded"},
        "trip": [{"rule": "consecutive_failures", "threshold": 3, "cmp": ">=", "on": "failure"}],
        "open": {"wait_ms": 1000, "cmp": ">="}, "half_open": {"mode": "probe", "admit": {"kind": "total", "n": 1}},
        "state_read": "passive")" +
           furtherConfig + R"(}, "steps": [)" + steps + "]}]";
}

constexpr const char* kThreeFailures = R"({"t_ms": 0, "event": "failure", "repeat": 3, "expect_permitted": true,
                                           "expect_state": "OPEN"})";

simulate::ScenarioResult result(const std::string& json) {
    const auto scenarios = simulate::parseScenarios(json, "test.json");
    if (!scenarios) {
        qFatal("%s", scenarios.error().text().c_str());
    }
    return simulate::runScenario(scenarios->front());
}

}  // namespace

class ScenarioTest : public QObject {
    Q_OBJECT

private slots:
    void a_scenario_that_the_breaker_follows_agrees() {
        const auto got = result(scenario(std::string(kThreeFailures) + R"(,
            {"t_ms": 999, "event": "try", "expect_permitted": false, "expect_retry_after_ms": 1},
            {"t_ms": 1000, "event": "try", "id": "p", "expect_permitted": true, "expect_state": "HALF_OPEN"},
            {"t_ms": 1001, "event": "success", "of": "p", "expect_state": "CLOSED", "expect_opens": 1})"));
        QCOMPARE(got.verdict, Verdict::agrees);
    }

    void a_disagreement_names_the_step_and_both_sides() {
        const auto got = result(scenario(std::string(kThreeFailures) + R"(,
            {"t_ms": 500, "event": "observe", "expect_state": "CLOSED"})"));
        QCOMPARE(got.verdict, Verdict::disagrees);
        QCOMPARE(got.step, std::size_t{2});
        QCOMPARE(got.expected, std::string("state CLOSED"));
        QCOMPARE(got.got, std::string("state OPEN"));
    }

    void what_we_lack_is_named_and_the_scenario_is_not_run() {
        const auto option = result(scenario(kThreeFailures, R"(, "moon_phase": "full")"));
        QCOMPARE(option.verdict, Verdict::notExpressible);
        QCOMPARE(option.missing, std::vector<std::string>{"config.moon_phase"});
        const auto value = result(scenario(kThreeFailures, R"(, "ignored": "twice")"));
        QCOMPARE(value.missing, std::vector<std::string>{"config.ignored \"twice\""});
        const auto event = result(scenario(R"({"t_ms": 0, "event": "dance"})"));
        QCOMPARE(event.missing, std::vector<std::string>{"event dance"});
    }

    void an_automatic_half_open_happens_without_a_call() {
        const auto got = result(scenario(std::string(kThreeFailures) + R"(,
            {"t_ms": 1500, "event": "observe", "expect_state": "HALF_OPEN"})",
                                         R"(, "state_read": "lazy")"));
        QCOMPARE(got.verdict, Verdict::agrees);
    }

    void modes_and_isolations_are_holds() {
        const auto got = result(scenario(R"(
            {"t_ms": 0, "event": "isolate", "expect_state": "FORCED_OPEN"},
            {"t_ms": 0, "event": "isolate"},
            {"t_ms": 1, "event": "unisolate", "expect_state": "FORCED_OPEN"},
            {"t_ms": 2, "event": "success", "expect_permitted": false},
            {"t_ms": 3, "event": "unisolate", "expect_state": "CLOSED"},
            {"t_ms": 4, "event": "metrics_only", "expect_state": "METRICS_ONLY"},
            {"t_ms": 5, "event": "release", "expect_state": "CLOSED"})"));
        QCOMPARE(got.verdict, Verdict::agrees);
    }

    void a_disabled_breaker_measures_nothing() {
        const auto got = result(scenario(R"(
            {"t_ms": 0, "event": "disable", "expect_state": "DISABLED"},
            {"t_ms": 1, "event": "failure", "repeat": 5, "expect_permitted": true, "expect_failure_rate": -1},
            {"t_ms": 2, "event": "release", "expect_state": "CLOSED"})"));
        QCOMPARE(got.verdict, Verdict::agrees);
    }

    void text_that_is_no_scenario_file_is_refused_with_its_place() {
        QVERIFY(!simulate::parseScenarios("{", "bad.json"));
        const auto noConfig = simulate::parseScenarios(R"([{"id": "x", "steps": []}])", "bad.json");
        QVERIFY(!noConfig);
        QCOMPARE(noConfig.error().where, std::string("bad.json: scenario 1 x"));
        QVERIFY(!simulate::readScenarioFile("/nowhere/scenarios.json"));
    }

    void the_reports_have_a_line_for_every_scenario() {
        const auto scenarios = simulate::parseScenarios(scenario(kThreeFailures), "test.json");
        std::vector<simulate::ScenarioResult> results{simulate::runScenario(scenarios->front())};
        results.push_back({.id = "two", .portable = false, .verdict = Verdict::notExpressible, .missing = {"x", "y"}});
        const QString text = QString::fromStdString(simulate::textReport(results));
        QVERIFY(text.contains("agrees           one\n"));
        QVERIFY(text.contains("not expressible  two (not portable) (missing: x; y)\n"));
        const auto json = QJsonDocument::fromJson(QByteArray::fromStdString(simulate::jsonReport(results))).object();
        QCOMPARE(json["scenarios"].toArray().size(), 2);
        QCOMPARE(json["summary"]["portable"]["agrees"].toInt(), 1);
    }

    /// Where the collection of other libraries' scenarios lies beside the project.
    void other_libraries_scenarios_agree() {
        const QString path = QStringLiteral(FUSEBOX_TEST_DATA "/../../../../shared/data/scenarios.json");
        if (!QFile::exists(path)) {
            return;
        }
        const auto scenarios = simulate::readScenarioFile(path.toStdString());
        QVERIFY(scenarios);
        int portable = 0;
        int expressible = 0;
        for (const simulate::Scenario& one : *scenarios) {
            const auto got = simulate::runScenario(one);
            QVERIFY2(got.verdict != Verdict::disagrees, simulate::textReport({got}).c_str());
            portable += one.portable ? 1 : 0;
            expressible += one.portable && got.verdict == Verdict::agrees ? 1 : 0;
        }
        QVERIFY(expressible * 100 >= portable * 85);
    }
};

FUSEBOX_TEST(ScenarioTest)
#include "scenario_test.moc"
