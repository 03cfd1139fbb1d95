// What became of an action: whether it helped, how often, which errors it was to cure.
#include "recovery_bench.h"

#include <fusebox/domain/error_pattern.h>
#include <fusebox/support/test_case.h>

using namespace fusebox;
using namespace std::chrono_literals;
using domain::ActionMode;
using domain::Category;
using domain::CommandKind;
using domain::RecoveryAction;
using domain::RecoveryResult;
using domain::State;

class OutcomeTest : public QObject {
    Q_OBJECT
private slots:
    void init() {
        m_bench = std::make_unique<RecoveryBench>();
        m_orders = std::make_unique<MadeBreaker>("orders", m_bench->clock);
        m_restart = m_bench->add(*m_orders, RecoveryAction::restartService, ActionMode::manual);
        m_bench->ready();
        frame();
    }

    void it_helped_when_the_breaker_closes_in_time() {
        runWhileOpen();
        QVERIFY(!newest().verdictIn);
        m_bench->clock.advance(7s);
        m_orders->close();
        later(100ms);
        QVERIFY(newest().verdictIn);
        QCOMPARE(newest().closedAfter.value(), base::Duration(7s));
        QCOMPARE(newest().before, State::open);
        QVERIFY(newest().after == State::open);
        QCOMPARE(m_bench->standing().last.value(), newest());
        QCOMPARE(m_bench->texts().back(), std::string("RESTART_SERVICE helped: CLOSED after 7.0 s"));
        QCOMPARE(m_bench->report->rates.size(), 1U);
        QCOMPARE(m_bench->report->rates[0].helped, 1U);
        QCOMPARE(m_bench->report->rates[0].averageTime, base::Duration(7s));
    }

    void it_did_not_help_when_the_breaker_closes_too_late() {
        runWhileOpen();
        later(60s);
        QVERIFY(newest().verdictIn && !newest().closedAfter);
        QCOMPARE(m_bench->events.back().level, domain::Level::warning);
        m_orders->close();
        later(1s);
        QVERIFY(!newest().closedAfter);
        QCOMPARE(m_bench->report->rates[0].runs, 1U);
        QCOMPARE(m_bench->report->rates[0].helped, 0U);
    }

    void a_reset_by_a_person_is_no_help_of_the_action() {
        runWhileOpen();
        m_bench->clock.advance(5s);
        m_orders->close(domain::TransitionCause::resetCommand);
        later(1s);
        QVERIFY(newest().verdictIn && !newest().closedAfter);
    }

    void a_failed_action_did_not_help_even_if_the_breaker_closes() {
        m_restart->result = RecoveryResult::failed;
        runWhileOpen();
        frame();
        QVERIFY(newest().verdictIn && !newest().closedAfter);
        QCOMPARE(m_bench->report->rates[0].runs, 1U);
    }

    void on_a_closed_breaker_there_is_nothing_to_judge() {
        run();
        later(2min);
        QVERIFY(!newest().verdictIn);
        QVERIFY(m_bench->report->rates.empty());
    }

    void what_cures_nothing_is_not_judged() {
        m_restart->heals = false;
        runWhileOpen();
        later(2min);
        QVERIFY(!newest().verdictIn);
        QVERIFY(m_bench->report->rates.empty());
    }

    void the_pattern_is_that_of_most_errors_before_the_trip_also_when_it_is_known_later() {
        m_orders->trip(Category::transient);
        frame();
        m_bench->by("ann", CommandKind::action);
        m_bench->frame({m_orders.get()}, reportWith({{7, 3}, {9, 12}}));
        m_bench->work();
        QCOMPARE(newest().pattern.value().value, 9U);
        m_bench->clock.advance(4s);
        m_orders->close();
        later(1s);
        QCOMPARE(m_bench->report->rates.size(), 2U);
        QVERIFY(!m_bench->report->rates[0].pattern);
        QCOMPARE(m_bench->report->rates[1].pattern.value().value, 9U);
        QCOMPARE(m_bench->report->rates[1].helped, 1U);
    }

    void the_history_is_bounded_and_the_newest_is_first() {
        for (int i = 0; i < 250; ++i) {
            run();
            m_bench->clock.advance(2min);
        }
        m_bench->gather();
        QCOMPARE(m_bench->report->history.size(), recovery::OutcomeLog::kLongestHistory);
        QCOMPARE(newest().id.value, 250U);
    }

    void events_tell_start_end_and_verdict() {
        runWhileOpen();
        later(60s);
        const auto texts = m_bench->texts();
        QCOMPARE(texts.size(), 3U);
        QCOMPARE(texts[0], std::string("RESTART_SERVICE started: it hurts"));
        QCOMPARE(texts[1], std::string("RESTART_SERVICE succeeded: done"));
        QCOMPARE(texts[2], std::string("RESTART_SERVICE did not help: not CLOSED in time"));
        for (const domain::Event& event : m_bench->events) {
            QCOMPARE(event.kind, domain::EventKind::recoveryAction);
            QCOMPARE(event.actor, std::string("ann"));
            QCOMPARE(std::get<domain::RecoveryOutcome>(event.body).breaker.value, std::string("orders"));
        }
    }

private:
    struct Count {
        std::uint64_t pattern;
        std::uint64_t errors;
    };
    std::shared_ptr<const domain::ErrorReport> reportWith(const std::vector<Count>& counts) const {
        auto report = std::make_shared<domain::ErrorReport>();
        for (const Count& count : counts) {
            domain::ErrorPattern pattern;
            pattern.id = domain::PatternId(count.pattern);
            pattern.trips.push_back({domain::BreakerId("orders"), m_orders->lastTransition(), {}, count.errors, 0.5});
            report->patterns.push_back(pattern);
        }
        return report;
    }
    void frame() { m_bench->frame({m_orders.get()}); }
    void later(base::Duration by) {
        m_bench->clock.advance(by);
        frame();
    }
    void run() {
        m_bench->by("ann", CommandKind::action);
        m_bench->work();
    }
    void runWhileOpen() {
        m_orders->trip(Category::transient);
        frame();
        run();
    }
    const domain::RecoveryOutcome& newest() const { return m_bench->report->history.at(0); }

    std::unique_ptr<RecoveryBench> m_bench;
    std::unique_ptr<MadeBreaker> m_orders;
    std::shared_ptr<MadeAction> m_restart;
};

FUSEBOX_TEST(OutcomeTest)

#include "outcome_test.moc"
