// An action while it runs: progress, timeout, the end of the program, exceptions.
#include "recovery_bench.h"

#include <fusebox/support/test_case.h>

#include <stdexcept>

using namespace fusebox;
using namespace std::chrono_literals;
using domain::CommandKind;
using domain::CommandStatus;
using domain::RecoveryAction;
using domain::RecoveryResult;

class RunningTest : public QObject {
    Q_OBJECT
private slots:
    void init() {
        m_bench = std::make_unique<RecoveryBench>();
        m_orders = std::make_unique<MadeBreaker>("orders", m_bench->clock);
        m_restart = m_bench->add(*m_orders, RecoveryAction::restartService, domain::ActionMode::manual);
        m_bench->ready();
        m_bench->gather();
    }

    void an_action_past_its_timeout_is_stopped_and_says_so() {
        bool wasStopped = false;
        m_restart->does = [&](const recovery::Occasion&, std::stop_token stop, const recovery::Progress&) {
            pass(29s);
            wasStopped = stop.stop_requested();
            pass(1s);
            return recovery::failedBecause(stop.stop_requested() ? "It was killed." : "It was not stopped.");
        };
        m_bench->by("ann", CommandKind::action);
        m_bench->work();
        QVERIFY(!wasStopped);
        const auto& outcome = m_bench->report->history.at(0);
        QCOMPARE(outcome.result, RecoveryResult::timedOut);
        QCOMPARE(outcome.detail, std::string("It did not end within 30 s. It was killed."));
        QCOMPARE(m_bench->events.back().level, domain::Level::error);
        QCOMPARE(outcome.took, base::Duration(30s));
    }

    void what_throws_has_failed() {
        m_restart->does = [](const recovery::Occasion&, std::stop_token,
                             const recovery::Progress&) -> recovery::ActionResult { throw std::runtime_error("boom"); };
        m_bench->by("ann", CommandKind::action);
        m_bench->work();
        QCOMPARE(m_bench->report->history.at(0).result, RecoveryResult::failed);
        QCOMPARE(m_bench->report->history.at(0).detail, std::string("It failed inside the program: boom"));
    }

    void progress_is_seen_while_it_runs() {
        std::string seen;
        m_restart->does = [&](const recovery::Occasion&, std::stop_token, const recovery::Progress& progress) {
            progress("half way");
            m_bench->gather();
            seen = m_bench->report->history.at(0).progress;
            return recovery::ActionResult{};
        };
        m_bench->by("ann", CommandKind::action);
        m_bench->work();
        QCOMPARE(seen, std::string("half way"));
        QVERIFY(m_bench->report->history.at(0).progress.empty());
    }

    void the_program_that_ends_stops_what_runs() {
        RecoveryResult seen = RecoveryResult::running;
        m_restart->does = [](const recovery::Occasion&, std::stop_token stop, const recovery::Progress&) {
            return stop.stop_requested() ? recovery::failedBecause("stopped") : recovery::ActionResult{};
        };
        m_bench->by("ann", CommandKind::action);
        m_bench->manager.stop();
        m_bench->gather();
        seen = m_bench->report->history.at(0).result;
        QCOMPARE(seen, RecoveryResult::cancelled);
        QCOMPARE(m_bench->by("ann", CommandKind::action).status, CommandStatus::refused);
    }

private:
    void pass(base::Duration time) {
        m_bench->clock.advance(time);
        m_bench->frame({m_orders.get()});
    }

    std::unique_ptr<RecoveryBench> m_bench;
    std::unique_ptr<MadeBreaker> m_orders;
    std::shared_ptr<MadeAction> m_restart;
};

FUSEBOX_TEST(RunningTest)

#include "running_test.moc"
