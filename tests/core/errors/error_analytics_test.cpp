#include "errors_at_noon.h"

#include <fusebox/errors/error_analytics.h>
#include <fusebox/support/test_case.h>

#include <string>

using namespace fusebox;
using namespace std::chrono_literals;
using domain::BreakerId;
using domain::Category;
using domain::Severity;
using domain::Trend;
using errors::ErrorAggregator;
using errors::ErrorAnalytics;

namespace {

const BreakerId kOrders("orders");

}  // namespace

/// What the report says, and when it is made.
class ErrorAnalyticsTest : public QObject {
    Q_OBJECT
private slots:
    void init() {
        m_aggregator = std::make_unique<ErrorAggregator>(std::make_shared<const errors::ErrorClassifier>());
        m_analytics = std::make_unique<ErrorAnalytics>(*m_aggregator);
    }

    void the_report_sums_up() {
        for (int i = 0; i < 20; ++i) note("no answer", Category::transient, i * 1s);
        for (int i = 0; i < 5; ++i) note("wrong password for bob", Category::authentication, i * 1s);
        const auto report = reportAt(30s);
        QCOMPARE(report->total, std::uint64_t{25});
        QCOMPARE(report->byCategory.at(static_cast<std::size_t>(Category::transient)), std::uint64_t{20});
        QCOMPARE(report->byCategory.at(static_cast<std::size_t>(Category::authentication)), std::uint64_t{5});
        QVERIFY((report->byComponent == std::vector<domain::ComponentCount>{{"orders", 25}}));
        QCOMPARE(report->minutes.size(), std::size_t{60});
        QCOMPARE(report->minutes.back().counts.at(0), 20U);
        QVERIFY(report->minutes.back().begins == at(0s));
        QCOMPARE(report->patterns.size(), std::size_t{2});
        QCOMPARE(report->patterns.front().text, std::string("wrong password for bob"));  // more severe
        QCOMPARE(report->bySeverity.at(static_cast<std::size_t>(Severity::medium)), std::uint64_t{5});
        QCOMPARE(report->bySeverity.at(static_cast<std::size_t>(Severity::low)), std::uint64_t{20});
    }

    void errors_per_minute_are_those_of_the_last_five() {
        for (int i = 0; i < 600; ++i) note("no answer", Category::transient, i * 1s);
        const auto report = reportAt(600s - 1s);
        QVERIFY2(qAbs(report->perMinute - 60) < 1, QByteArray::number(report->perMinute));
        QVERIFY(qAbs(report->patterns.front().perMinute - 60) < 1);
        QCOMPARE(reportAt(1000s)->perMinute, 0.0);
    }

    void a_report_is_made_at_most_each_second_and_only_for_a_change() {
        note("no answer", Category::transient, 0s);
        const auto first = reportAt(0s);
        note("no answer", Category::transient, 0s);
        QVERIFY(reportAt(900ms) == first);
        const auto second = reportAt(1000ms);
        QVERIFY(second != first);
        QVERIFY(second->version > first->version);
        QVERIFY(reportAt(10s) == second);
        QVERIFY(reportAt(59s) == second);
        QVERIFY(reportAt(61s) != second);  // another minute: rates sink
    }

    void once_all_is_over_nothing_is_made_anew() {
        note("no answer", Category::transient, 0s);
        auto last = reportAt(0s);
        for (auto time = 0min; time < 120min; time += 1min) last = reportAt(time);
        for (auto time = 120min; time < 200min; time += 1min) QVERIFY(reportAt(time) == last);
        QVERIFY(last->patterns.front().trend == Trend::resolved);
        note("no answer", Category::transient, 200min);
        QVERIFY(reportAt(200min)->patterns.front().trend == Trend::regressed);
    }

    void a_steady_pattern_is_new_first() {
        for (int i = 0; i < 60; ++i) {
            note("no answer", Category::transient, i * 30s);
            QVERIFY(trendAt(i * 30s) == (i < 20 ? Trend::fresh : Trend::steady));
        }
    }

    void more_than_before_is_rising_until_it_is_usual() {
        for (int i = 0; i < 60; ++i) note("no answer", Category::transient, i * 30s);
        QVERIFY(trendAt(30min) == Trend::steady);
        for (int i = 0; i < 100; ++i) note("no answer", Category::transient, 30min + i * 1s);
        QVERIFY(trendAt(32min) == Trend::rising);
        for (int i = 0; i < 120; ++i) note("no answer", Category::transient, 32min + i * 30s);
        QVERIFY(trendAt(92min) == Trend::steady);
    }

    void silence_resolves_and_an_error_brings_it_back() {
        for (int i = 0; i < 60; ++i) note("no answer", Category::transient, i * 10s);
        QVERIFY(trendAt(590s + 9min) != Trend::resolved);
        QVERIFY(trendAt(590s + 10min) == Trend::resolved);
        note("no answer", Category::transient, 30min);
        QVERIFY(trendAt(30min) == Trend::regressed);
        QVERIFY(trendAt(39min) == Trend::regressed);
        for (int i = 0; i < 10; ++i) note("no answer", Category::transient, 39min + i * 20s);
        QVERIFY(trendAt(43min) != Trend::regressed);
    }

    void a_rare_pattern_is_not_resolved_by_its_usual_silence() {
        for (int i = 0; i < 10; ++i) note("no answer", Category::transient, i * 30min);
        QVERIFY(trendAt(270min + 60min) != Trend::resolved);
        QVERIFY(trendAt(270min + 300min) == Trend::resolved);
    }

    void severity_grows_with_what_fails() {
        const auto is = [](Category category, Trend trend, double share, bool grave = false) {
            return errors::severityOf({category, trend, share, grave});
        };
        QVERIFY(is(Category::transient, Trend::steady, 0) == Severity::low);
        QVERIFY(is(Category::transient, Trend::fresh, 0.05) == Severity::medium);
        QVERIFY(is(Category::transient, Trend::rising, 0.6) == Severity::high);
        QVERIFY(is(Category::permanent, Trend::steady, 0) == Severity::medium);
        QVERIFY(is(Category::authentication, Trend::regressed, 0.6) == Severity::critical);
        QVERIFY(is(Category::dataValidation, Trend::steady, 1) == Severity::critical);
        QVERIFY(is(Category::transient, Trend::steady, 0, true) == Severity::high);
        QVERIFY(is(Category::permanent, Trend::resolved, 1, true) == Severity::low);
    }

    void severity_rises_at_once_and_falls_slowly() {
        errors::SeverityJudge judge;
        const errors::Impact all{Category::transient, Trend::steady, 1, false};
        const errors::Impact none{Category::transient, Trend::steady, 0, false};
        QVERIFY(judge.judge(none, at(0s)) == Severity::low);
        QVERIFY(judge.judge(all, at(1s)) == Severity::critical);
        QVERIFY(judge.judge(none, at(10s)) == Severity::critical);
        QVERIFY(judge.judge(none, at(129s)) == Severity::critical);
        QVERIFY(judge.judge(none, at(130s)) == Severity::high);
        QVERIFY(judge.judge(all, at(131s)) == Severity::critical);
        QVERIFY(judge.judge(none, at(140s)) == Severity::critical);
        QVERIFY(judge.judge(none, at(260s)) == Severity::high);
        QVERIFY(judge.judge(none, at(380s)) == Severity::medium);
        QVERIFY(judge.judge(none, at(500s)) == Severity::low);
        QVERIFY(!judge.isFalling());
    }

    void grave_words_are_known() {
        QVERIFY(errors::isGrave("write failed: No space left on device"));
        QVERIFY(errors::isGrave("x509: certificate has expired or is not yet valid"));
        QVERIFY(errors::isGrave("page 12 is corrupted"));
        QVERIFY(!errors::isGrave("no answer in 2 s"));
    }

    void what_fails_all_calls_is_critical() {
        for (int i = 0; i < 50; ++i) note("no answer", Category::transient, i * 1s);
        note("one of a kind", Category::transient, 50s);
        m_aggregator->drain(at(50s));
        m_aggregator->noteFailingShare(kOrders, 1);
        const auto report = reportAt(50s);
        QCOMPARE(report->patterns.front().text, std::string("no answer"));
        QVERIFY(report->patterns.front().severity == Severity::critical);
        QVERIFY(report->patterns.back().severity < Severity::high);
    }

    void recoveries_are_summed_up_once_each() {
        QVERIFY(!reportAt(0s)->recoverySuccessRate);
        domain::RecoveryOutcome outcome;
        outcome.breaker = kOrders;
        outcome.action = domain::RecoveryAction::resetConnection;
        outcome.startedAt = at(1s);
        note("no answer", Category::transient, 0s);
        m_aggregator->drain(at(1s));
        for (std::uint64_t id = 1; id <= 4; ++id) {
            outcome.id = domain::RecoveryId(id);
            outcome.verdictIn = false;
            outcome.closedAfter.reset();
            m_aggregator->noteOutcome(outcome);
            outcome.verdictIn = true;
            if (id != 4) outcome.closedAfter = id * 1s;
            m_aggregator->noteOutcome(outcome);
            m_aggregator->noteOutcome(outcome);
        }
        const auto report = reportAt(2s);
        QCOMPARE(report->recoverySuccessRate.value_or(0), 0.75);
        QCOMPARE(report->avgRecoveryTimeMs.value_or(0), 2000.0);
        QVERIFY(report->patterns.front().action == domain::RecoveryAction::resetConnection);
    }

    void a_pattern_tells_how_it_is_handled() {
        note("no answer", Category::rateLimit, 0s);
        domain::HandlingStanding standing;
        standing.breaker = kOrders;
        standing.strategies.fill(domain::Strategy::immediateFail);
        standing.strategies.at(static_cast<std::size_t>(Category::rateLimit)) = domain::Strategy::retryWithBackoff;
        m_analytics->setStrategies({standing});
        QVERIFY(reportAt(0s)->patterns.front().strategy == domain::Strategy::retryWithBackoff);
        const auto before = reportAt(2s);
        m_analytics->setStrategies({standing});
        QVERIFY(reportAt(4s) == before);
    }

    void a_clock_that_goes_back_does_no_harm() {
        note("no answer", Category::transient, 60min);
        (void)reportAt(60min);
        note("no answer", Category::transient, 10min);
        note("no answer", Category::transient, -60min);
        QCOMPARE(reportAt(10min)->total, std::uint64_t{3});
    }

private:
    void note(const std::string& message, Category category, std::chrono::milliseconds time) {
        m_aggregator->note(kOrders, errorOf(message, category), at(time));
    }
    std::shared_ptr<const domain::ErrorReport> reportAt(std::chrono::milliseconds time) {
        m_aggregator->drain(at(time));
        return m_analytics->report(at(time));
    }
    Trend trendAt(std::chrono::milliseconds time) { return reportAt(time)->patterns.front().trend; }

    std::unique_ptr<ErrorAggregator> m_aggregator;
    std::unique_ptr<ErrorAnalytics> m_analytics;
};

FUSEBOX_TEST(ErrorAnalyticsTest)
#include "error_analytics_test.moc"
