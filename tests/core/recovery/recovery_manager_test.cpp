#include "recovery_bench.h"

#include <fusebox/support/test_case.h>

using namespace fusebox;
using namespace std::chrono_literals;
using domain::ActionMode;
using domain::Category;
using domain::CommandKind;
using domain::CommandStatus;
using domain::RecoveryAction;
using domain::RecoveryResult;
using domain::State;

class RecoveryManagerTest : public QObject {
    Q_OBJECT
private slots:
    void init() {
        m_bench = std::make_unique<RecoveryBench>();
        m_orders = std::make_unique<MadeBreaker>("orders", m_bench->clock);
    }
    void cleanup() { m_bench.reset(); }

    void an_automatic_action_runs_once_for_one_outage() {
        const auto restart = automatic();
        m_orders->trip(Category::transient);
        frame();
        QCOMPARE(m_bench->asked.size(), 1U);
        QCOMPARE(m_bench->asked[0].actor, std::string("Fusebox"));
        for (int i = 0; i < 3; ++i) frame();  // while the command waits at the gate
        QCOMPARE(m_bench->asked.size(), 1U);
        m_bench->pass();
        m_bench->work();
        for (int i = 0; i < 600; ++i) later(1s);
        QCOMPARE(m_bench->asked.size(), 0U);
        m_orders->reopen();
        later(1s);
        QCOMPARE(m_bench->asked.size(), 0U);
        QCOMPARE(restart->occasions.size(), 1U);
        const auto& outcome = m_bench->report->history.at(0);
        QCOMPARE(outcome.mode, ActionMode::automatic);
        QVERIFY(outcome.actor.empty());
        QCOMPARE(outcome.before, State::open);
    }

    void the_next_outage_is_another_cause() {
        const auto restart = automatic();
        for (int outage = 0; outage < 3; ++outage) {
            m_orders->trip(Category::transient);
            frame();
            QCOMPARE(m_bench->pass(), 1U);
            m_bench->work();
            m_orders->close();
            later(2min);
        }
        QCOMPARE(restart->occasions.size(), 3U);
    }

    void a_cause_of_another_category_or_by_hand_starts_nothing() {
        automatic();
        m_orders->trip(Category::rateLimit);
        frame();
        m_orders->close();
        frame();
        m_orders->trip(Category::transient, "no", domain::TransitionCause::tripCommand);
        frame();
        QCOMPARE(m_bench->asked.size(), 0U);
    }

    void an_outage_that_ended_before_it_was_seen_starts_nothing() {
        automatic();
        m_orders->trip(Category::transient);
        m_orders->close();
        frame();
        QCOMPARE(m_bench->asked.size(), 0U);
    }

    void only_errors_with_the_wanted_text_start_it() {
        m_bench->add(*m_orders, RecoveryAction::restartService, ActionMode::automatic);
        m_bench->planOf("orders").errorText = "worker died";
        m_bench->ready();
        m_orders->trip(Category::transient, "connection refused");
        frame();
        QCOMPARE(m_bench->asked.size(), 0U);
        m_orders->close();
        frame();
        m_orders->trip(Category::transient, "the worker died");
        frame();
        QCOMPARE(m_bench->asked.size(), 1U);
    }

    void the_same_action_never_runs_twice_at_once() {
        manual();
        QCOMPARE(m_bench->by("ann", CommandKind::action).status, CommandStatus::applied);
        const auto second = m_bench->by("bob", CommandKind::action);
        QCOMPARE(second.status, CommandStatus::refused);
        QCOMPARE(second.message, std::string("It is running."));
        QCOMPARE(m_bench->runner->waiting.size(), 1U);
        QVERIFY(m_bench->standing().running);
    }

    void the_cool_down_binds_all_and_is_counted_down_by_the_second() {
        const auto restart = manual();
        m_bench->by("ann", CommandKind::action);
        m_bench->work();
        QCOMPARE(m_bench->standing().coolDownLeft, base::Duration(60s));
        QCOMPARE(m_bench->by("bob", CommandKind::action).status, CommandStatus::refused);
        const auto before = m_bench->report;
        later(200ms);
        QVERIFY(m_bench->report == before);
        later(800ms);
        QCOMPARE(m_bench->standing().coolDownLeft, base::Duration(59s));
        QCOMPARE(m_bench->standing().whyNot, std::string("It cools down: 59 s left."));
        later(59s);
        QVERIFY(m_bench->standing().whyNot.empty());
        QCOMPARE(m_bench->by("bob", CommandKind::action).status, CommandStatus::applied);
        m_bench->work();
        QCOMPARE(restart->occasions.size(), 2U);
    }

    void a_report_is_made_anew_only_when_something_changed() {
        manual();
        frame();
        const auto first = m_bench->report;
        for (int i = 0; i < 50; ++i) later(1s);
        QVERIFY(m_bench->report == first);
    }

    void the_budget_binds_what_starts_by_itself_and_nobody_else() {
        const auto restart = automatic();
        for (int outage = 0; outage < 8; ++outage) {
            m_orders->trip(Category::transient);
            frame();
            m_bench->pass();
            m_bench->work();
            later(2min);
            m_orders->close();
            frame();
        }
        QCOMPARE(restart->occasions.size(), 6U);
        QCOMPARE(m_bench->standing().doneThisHour, 6U);
        QCOMPARE(m_bench->by("ann", CommandKind::action).status, CommandStatus::applied);
        m_bench->work();
        later(1h);
        m_orders->trip(Category::transient);
        frame();
        QCOMPARE(m_bench->pass(), 1U);
    }

    void two_failures_in_a_row_lock_it_out_until_a_person_ran_it_well() {
        const auto restart = automatic();
        restart->result = RecoveryResult::failed;
        for (int outage = 0; outage < 4; ++outage) goThroughOutage();
        QCOMPARE(restart->occasions.size(), 2U);
        QVERIFY(m_bench->standing().lockedOut);
        restart->result = RecoveryResult::succeeded;
        QCOMPARE(m_bench->by("ann", CommandKind::action).status, CommandStatus::applied);
        m_bench->work();
        QVERIFY(!m_bench->standing().lockedOut);
        later(2min);
        goThroughOutage();
        QCOMPARE(restart->occasions.size(), 4U);
    }

    void a_new_mode_ends_the_lock_out_too() {
        const auto restart = automatic();
        restart->result = RecoveryResult::failed;
        for (int outage = 0; outage < 3; ++outage) goThroughOutage();
        m_bench->by("ann", CommandKind::actionMode, "orders", RecoveryAction::restartService, ActionMode::automatic);
        QVERIFY(!m_bench->standing().lockedOut);
        goThroughOutage();
        QCOMPARE(restart->occasions.size(), 3U);
    }

    void the_emergency_stop_stops_what_starts_by_itself_and_nothing_else() {
        const auto restart = automatic();
        QCOMPARE(m_bench->by("ann", CommandKind::stopActions, "").status, CommandStatus::applied);
        QVERIFY(m_bench->report->stopped);
        QCOMPARE(m_bench->report->stoppedBy, std::string("ann: it hurts"));
        m_orders->trip(Category::transient);
        frame();
        QCOMPARE(m_bench->asked.size(), 0U);
        QCOMPARE(m_bench->by("bob", CommandKind::resumeActions, "").status, CommandStatus::applied);
        frame();
        QCOMPARE(m_bench->asked.size(), 1U);  // the outage goes on and was not served
        m_bench->by("ann", CommandKind::stopActions, "");
        m_bench->pass();  // it was on its way already
        QCOMPARE(m_bench->answers.at(0).message, std::string("The emergency stop is on."));
        QCOMPARE(m_bench->by("ann", CommandKind::action).status, CommandStatus::applied);
        m_bench->work();
        QCOMPARE(restart->occasions.size(), 1U);
    }

    void nothing_starts_by_itself_while_a_person_holds_the_breaker() {
        automatic();
        m_orders->hold(domain::HoldMode::forceOpen);
        m_orders->trip(Category::transient);
        frame();
        QCOMPARE(m_bench->asked.size(), 0U);
        m_orders->hold(domain::HoldMode::metricsOnly);  // only watches
        frame();
        QCOMPARE(m_bench->asked.size(), 1U);
    }

    void a_proposal_waits_for_a_person_and_ends_with_the_outage() {
        m_bench->add(*m_orders, RecoveryAction::restartService, ActionMode::proposed);
        m_bench->ready();
        m_orders->trip(Category::transient);
        frame();
        QCOMPARE(m_bench->asked.size(), 0U);
        QVERIFY(m_bench->standing().proposal.starts_with("It tripped:"));
        QVERIFY(m_bench->texts().at(0).starts_with("RESTART_SERVICE is proposed: It tripped:"));
        m_orders->close();
        frame();
        QVERIFY(m_bench->standing().proposal.empty());
        m_orders->trip(Category::transient);
        frame();
        m_bench->by("ann", CommandKind::action);
        m_bench->work();
        QCOMPARE(m_bench->report->history.at(0).mode, ActionMode::proposed);
        QCOMPARE(m_bench->report->history.at(0).actor, std::string("ann"));
        QVERIFY(m_bench->standing().proposal.empty());
        frame();
        QVERIFY(m_bench->standing().proposal.empty());
    }

    void a_mode_that_becomes_automatic_serves_the_outage_that_goes_on() {
        m_bench->add(*m_orders, RecoveryAction::restartService, ActionMode::manual);
        m_bench->ready();
        m_orders->trip(Category::transient);
        frame();
        QVERIFY(m_bench->standing().proposal.empty());
        const auto answer = m_bench->by("ann", CommandKind::actionMode, "orders", RecoveryAction::restartService,
                                        ActionMode::automatic);
        QCOMPARE(answer.message, std::string("RESTART_SERVICE is automatic now; it was manual"));
        frame();
        QCOMPARE(m_bench->asked.size(), 1U);
    }

    void what_makes_no_sense_now_is_refused_in_its_own_words() {
        manual()->objection = "It is on the backup already.";
        frame();
        QCOMPARE(m_bench->by("ann", CommandKind::action).message, std::string("It is on the backup already."));
    }

    void an_action_that_finds_no_thread_is_refused() {
        manual();
        m_bench->runner->most = 0;
        QCOMPARE(m_bench->by("ann", CommandKind::action).status, CommandStatus::refused);
        QVERIFY(!m_bench->standing().running);
        QVERIFY(m_bench->report->history.empty());
    }

    void an_unknown_action_is_refused() {
        manual();
        const auto answer = m_bench->by("ann", CommandKind::action, "orders", RecoveryAction::clearCache);
        QCOMPARE(answer.message, std::string("CLEAR_CACHE is no action of this breaker."));
    }

    void one_action_at_a_time_starts_by_itself_the_next_when_the_first_did_not_help() {
        const auto reset = m_bench->add(*m_orders, RecoveryAction::resetConnection, ActionMode::automatic);
        const auto restart = m_bench->add(*m_orders, RecoveryAction::restartService, ActionMode::automatic);
        const auto alert = m_bench->add(*m_orders, RecoveryAction::alertAdmin, ActionMode::automatic);
        alert->heals = false;
        m_bench->ready();
        m_orders->trip(Category::transient);
        frame();
        QCOMPARE(m_bench->pass(), 1U);
        frame();
        QCOMPARE(m_bench->pass(), 1U);  // the alert waits for nobody
        m_bench->work();
        QCOMPARE(reset->occasions.size(), 1U);
        QCOMPARE(alert->occasions.size(), 1U);
        later(59s);
        QCOMPARE(m_bench->asked.size(), 0U);
        later(1s);
        QCOMPARE(m_bench->pass(), 1U);
        m_bench->work();
        QCOMPARE(restart->occasions.size(), 1U);
    }

    void a_command_for_a_group_is_carried_out_for_each_of_its_breakers() {
        MadeBreaker mail("mail", m_bench->clock);
        const auto other = m_bench->add(mail, RecoveryAction::restartService, ActionMode::manual);
        const auto own = manual();
        domain::Command command;
        command.id = domain::CommandId("g1");
        command.kind = CommandKind::action;
        command.action = RecoveryAction::restartService;
        command.group = "shop";
        command.actor = "ann";
        command.reason = "all of them";
        QVERIFY(m_bench->manager.ownsGroup("shop") && !m_bench->manager.ownsGroup("other"));
        QCOMPARE(m_bench->manager.apply(command).message, std::string("done for 2 of its breakers. "));
        m_bench->work();
        QCOMPARE(own->occasions.size() + other->occasions.size(), 2U);
    }

    void errors_that_do_not_count_raise_an_alarm_once() {
        const auto alert =
            m_bench->add(*m_orders, RecoveryAction::alertAdmin, ActionMode::automatic, {Category::authentication});
        m_bench->ready();
        for (int i = 0; i < 9; ++i) m_orders->fail(Category::authentication, "401", false);
        frame();
        QCOMPARE(m_bench->asked.size(), 0U);
        for (int i = 0; i < 30; ++i) {
            m_orders->fail(Category::authentication, "401", false);
            later(1s);
            m_bench->pass();
            m_bench->work();
        }
        QCOMPARE(alert->occasions.size(), 1U);
        QCOMPARE(alert->occasions[0].category, Category::authentication);
        later(3min);
        for (int i = 0; i < 10; ++i) m_orders->fail(Category::authentication, "401", false);
        later(1s);
        QCOMPARE(m_bench->pass(), 1U);
    }

private:
    std::shared_ptr<MadeAction> automatic() { return withMode(ActionMode::automatic); }
    std::shared_ptr<MadeAction> manual() { return withMode(ActionMode::manual); }
    std::shared_ptr<MadeAction> withMode(ActionMode mode) {
        auto action = m_bench->add(*m_orders, RecoveryAction::restartService, mode);
        m_bench->ready();
        m_bench->gather();
        return action;
    }
    void frame() { m_bench->frame({m_orders.get()}); }
    void later(base::Duration by) {
        m_bench->clock.advance(by);
        frame();
    }
    void goThroughOutage() {
        m_orders->trip(Category::transient);
        frame();
        m_bench->pass();
        m_bench->work();
        later(2min);
        m_orders->close();
        frame();
    }

    std::unique_ptr<RecoveryBench> m_bench;
    std::unique_ptr<MadeBreaker> m_orders;
};

FUSEBOX_TEST(RecoveryManagerTest)

#include "recovery_manager_test.moc"
