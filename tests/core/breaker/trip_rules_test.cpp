// Each trip rule: where it fires, where it just does not, and what it says.

#include "guarded.h"

#include <fusebox/support/test_case.h>

namespace fusebox::breaker {

using domain::State;
using domain::TripRule;

class TripRulesTest : public QObject {
    Q_OBJECT

    static CircuitBreakerConfig byRate(double threshold, std::uint32_t minimum) {
        CircuitBreakerConfig config = quiet();
        config.failureRateThreshold = threshold;
        config.minimumCalls = minimum;
        return config;
    }

private slots:
    void failure_rate_reaches_its_threshold_data() {
        QTest::addColumn<double>("threshold");
        QTest::addColumn<int>("minimum");
        QTest::addColumn<QString>("outcomes");
        QTest::addColumn<bool>("opens");
        QTest::newRow("exactly at it") << 0.5 << 4 << "ssff" << true;
        QTest::newRow("just below") << 0.5 << 4 << "sssff" << false;
        QTest::newRow("too few calls") << 0.5 << 4 << "fff" << false;
        QTest::newRow("a success reaches the minimum") << 0.5 << 4 << "fffs" << true;
        QTest::newRow("3 of 10 is 30 %") << 0.3 << 10 << "sssssssfff" << true;
        QTest::newRow("all of them") << 1.0 << 3 << "fff" << true;
        QTest::newRow("one good call") << 1.0 << 3 << "sffffff" << false;
    }
    void failure_rate_reaches_its_threshold() {
        QFETCH(double, threshold);
        QFETCH(int, minimum);
        QFETCH(QString, outcomes);
        QFETCH(bool, opens);
        Guarded guarded(byRate(threshold, static_cast<std::uint32_t>(minimum)));
        QVERIFY(guarded.run(outcomes.toStdString()));
        QCOMPARE(guarded.state() == State::open, opens);
    }

    void failure_rate_can_have_to_exceed_its_threshold() {
        CircuitBreakerConfig config = byRate(0.5, 2);
        config.failureRateCompare = Compare::above;
        Guarded guarded(config);
        guarded.run("sf");
        QCOMPARE(guarded.state(), State::closed);
        guarded.run("f");
        QCOMPARE(guarded.state(), State::open);
    }

    void where_only_failures_ask_a_success_opens_nothing() {
        CircuitBreakerConfig config = byRate(0.5, 4);
        config.evaluateOn = EvaluateOn::failure;
        Guarded guarded(config);
        guarded.run("fffs");
        QCOMPARE(guarded.state(), State::closed);
        guarded.run("f");
        QCOMPARE(guarded.state(), State::open);
    }

    void many_calls_trip_exactly_at_the_crossing_failure() {
        Guarded guarded(byRate(0.2, 10));
        guarded.run(std::string(1000, 's'));
        guarded.run(std::string(249, 'f'));  // 249 / 1249 = 19.9 %
        QCOMPARE(guarded.state(), State::closed);
        guarded.run("f");  // 250 / 1250
        QCOMPARE(guarded.state(), State::open);
        const auto reason = guarded.lastTransition().trip.value();
        QCOMPARE(reason.rule, TripRule::failureRate);
        QCOMPARE(reason.calls, std::uint64_t{1250});
        QCOMPARE(reason.failures, std::uint64_t{250});
        QCOMPARE(reason.value, 0.2);
    }

    void slow_calls_open() {
        CircuitBreakerConfig config = quiet();
        config.slowCallRateThreshold = 0.5;
        config.slowCallDuration = 100ms;
        config.minimumCalls = 4;
        Guarded guarded(config);
        guarded.slow(100ms);  // as long as allowed
        guarded.slow(10ms);
        guarded.slow(101ms);
        QCOMPARE(guarded.state(), State::closed);
        guarded.slow(2s);
        QCOMPARE(guarded.state(), State::open);
        QCOMPARE(guarded.lastTransition().trip->rule, TripRule::slowCallRate);
        QCOMPARE(guarded.totals().slow, std::uint64_t{2});
    }

    void a_failure_count_opens_but_not_below_its_minimum() {
        CircuitBreakerConfig config = quiet();
        config.failureThreshold = 2;
        config.failureThresholdMinimumCalls = 4;
        Guarded guarded(config);
        guarded.run("ffs");
        QCOMPARE(guarded.state(), State::closed);
        guarded.run("s");
        QCOMPARE(guarded.state(), State::open);
        QCOMPARE(guarded.lastTransition().trip->rule, TripRule::failureCount);
    }

    void a_success_ends_a_run_of_failures() {
        CircuitBreakerConfig config = quiet();
        config.consecutiveFailuresThreshold = 3;
        Guarded guarded(config);
        guarded.run("ffsffs");
        QCOMPARE(guarded.state(), State::closed);
        guarded.run("fff");
        QCOMPARE(guarded.lastTransition().trip->rule, TripRule::consecutiveFailures);
    }

    void soft_errors_neither_extend_nor_end_a_run() {
        CircuitBreakerConfig config = quiet();
        config.consecutiveFailuresThreshold = 2;
        config.softErrors.categories = {domain::Category::rateLimit};
        Guarded guarded(config);
        guarded.fail();
        guarded.fail(domain::Category::rateLimit);
        guarded.fail(domain::Category::rateLimit);
        QCOMPARE(guarded.state(), State::closed);
        guarded.fail();
        QCOMPARE(guarded.state(), State::open);
    }

    void total_outage_needs_failures_and_no_success_in_its_span() {
        CircuitBreakerConfig config = quiet();
        config.totalOutageFailures = 5;
        config.totalOutageSpan = 2s;
        config.windowBuckets = 20;
        Guarded guarded(config);
        guarded.run("sffffffff");
        QCOMPARE(guarded.state(), State::closed);
        guarded.clock.advance(2500ms);  // the success has left the span, and so have the failures
        guarded.run("ffff");
        QCOMPARE(guarded.state(), State::closed);
        guarded.run("f");
        QCOMPARE(guarded.state(), State::open);
        QCOMPARE(guarded.lastTransition().trip->rule, TripRule::totalOutage);
        QCOMPARE(guarded.lastTransition().trip->failures, std::uint64_t{5});
    }

    void a_low_average_of_successes_opens() {
        CircuitBreakerConfig config = quiet();
        config.successAverageThreshold = 0.5;
        config.successAverageCalls = 100;
        Guarded guarded(config);
        guarded.run(std::string(100, 's'));
        guarded.run(std::string(69, 'f'));  // 100 ln 2 = 69.3
        QCOMPARE(guarded.state(), State::closed);
        guarded.run("f");
        QCOMPARE(guarded.state(), State::open);
        QCOMPARE(guarded.lastTransition().trip->rule, TripRule::lowSuccessAverage);
    }

    void the_first_rule_in_order_gives_the_reason() {
        CircuitBreakerConfig config = byRate(0.2, 3);
        config.consecutiveFailuresThreshold = 3;
        Guarded guarded(config);
        guarded.run("fff");
        QCOMPARE(guarded.lastTransition().trip->rule, TripRule::consecutiveFailures);
    }

    void the_distance_to_trip_is_true() {
        for (const std::uint32_t minimum : {1U, 10U, 25U}) {
            for (const double threshold : {0.3, 0.5, 0.9}) {
                Guarded guarded(byRate(threshold, minimum));
                guarded.run("sssssssssss");
                const auto standing = guarded.breaker->snapshot().standings.at(0);
                const auto distance = standing.failuresToTrip.value();
                guarded.run(std::string(distance - 1, 'f'));
                QCOMPARE(guarded.state(), State::closed);
                guarded.run("f");
                QCOMPARE(guarded.state(), State::open);
            }
        }
    }

    void nothing_opens_where_all_rules_are_off() {
        Guarded guarded(quiet());
        guarded.run(std::string(5000, 'f'));
        QCOMPARE(guarded.state(), State::closed);
        QVERIFY(guarded.breaker->snapshot().standings.empty());
    }
};

FUSEBOX_TEST(TripRulesTest)

}  // namespace fusebox::breaker

#include "trip_rules_test.moc"
