// Who may do what, after whom, how long and how often: the rules of manual override and the attacks on them.
#include "diary.h"
#include "test_target.h"

#include <fusebox/base/clock.h>
#include <fusebox/command/gate.h>
#include <fusebox/support/test_case.h>

using namespace fusebox;
using namespace fusebox::command;
using namespace std::chrono_literals;
using domain::Command;
using domain::CommandKind;
using domain::CommandReport;
using domain::CommandStatus;
using domain::HoldMode;
using domain::Role;

namespace {

Command by(const char* actor, CommandKind kind, std::optional<std::uint64_t> seen = {}) {
    static int last = 0;
    Command command = commandOf(("c" + std::to_string(++last)).c_str());
    command.actor = actor;
    command.kind = kind;
    command.seenRevision = seen;
    if (kind == CommandKind::action || kind == CommandKind::actionMode) {
        command.action = domain::RecoveryAction::clearCache;
    }
    if (kind == CommandKind::configure) {
        command.options = {{"open_timeout", "5s"}};
    }
    return command;
}

Command hold(const char* actor, HoldMode mode, std::optional<std::uint64_t> seen = {}) {
    Command command = by(actor, CommandKind::hold, seen);
    command.holdMode = mode;
    return command;
}

}  // namespace

class GateRulesTest : public QObject {
    Q_OBJECT
private slots:
    // --- roles ---

    void a_viewers_command_is_refused_and_written_down_B3_R24() {
        Command command = by("eve", CommandKind::trip);
        command.role = Role::viewer;
        QCOMPARE(settle(command).status, CommandStatus::refused);
        QCOMPARE(m_target->applied().size(), 0U);
        QCOMPARE(m_diary->reports.size(), 1U);
        QCOMPARE(m_diary->reports[0].command.actor, std::string("eve"));
        QCOMPARE(m_diary->reports[0].message, std::string("trip needs the role operator; yours is viewer."));
    }

    void an_operators_configuration_is_refused_B3() {
        Command command = by("ann", CommandKind::configure);
        command.role = Role::operatorRole;
        QCOMPARE(settle(command).status, CommandStatus::refused);
        command = by("ann", CommandKind::trip);
        command.role = Role::operatorRole;
        QCOMPARE(settle(command).status, CommandStatus::applied);
    }

    // --- holds ---

    void a_hold_that_does_not_say_how_long_lasts_half_an_hour_R2() {
        QCOMPARE(settle(hold("ann", HoldMode::forceOpen)).status, CommandStatus::applied);
        QVERIFY(m_target->applied().back().duration == 30min);
        (void)settle(hold("ann", HoldMode::metricsOnly));
        QVERIFY(m_target->applied().back().duration == 30min);
    }

    void force_closed_lasts_a_quarter_of_an_hour_unless_it_says_so_R2_R10() {
        (void)settle(hold("ann", HoldMode::forceClosed));
        QVERIFY(m_target->applied().back().duration == 15min);
        Command longer = hold("ann", HoldMode::forceClosed);
        longer.duration = 4h;
        (void)settle(longer);
        QVERIFY(m_target->applied().back().duration == 4h);
    }

    void a_hold_of_more_than_a_day_is_refused_R2() {
        Command command = hold("ann", HoldMode::forceOpen);
        command.duration = 24h + 1ms;
        QCOMPARE(settle(command).message, std::string("A hold lasts from 100 ms to 24 hours."));
        QCOMPARE(m_target->applied().size(), 0U);
    }

    void a_reason_that_tells_nothing_is_refused_R1_B13() {
        for (const char* reason : {"", "asdf", "..............."}) {
            Command command = by("ann", CommandKind::trip);
            command.reason = reason;
            QCOMPARE(settle(command).status, CommandStatus::refused);
        }
        QCOMPARE(m_diary->reports.size(), 3U);
    }

    // --- who looked at what ---

    void of_two_who_force_opposite_states_the_second_is_refused_with_the_firsts_name_B7_R20() {
        const Command open = hold("bob", HoldMode::forceOpen, 10);
        const Command closed = hold("ann", HoldMode::forceClosed, 10);
        m_gate->submit(open);
        m_gate->submit(closed);
        (void)m_gate->runWaiting();
        const auto reports = told();
        QCOMPARE(reports.size(), 2U);
        QCOMPARE(reports[0].status, CommandStatus::applied);
        QCOMPARE(reports[1].status, CommandStatus::refused);
        QCOMPARE(reports[1].message, std::string("bob was first: hold (done), just now. Look again, then decide."));
        QCOMPARE(m_target->applied().size(), 1U);
    }

    void a_stale_look_is_refused_for_every_kind_and_a_fresh_one_is_not_B8_R20() {
        (void)settle(by("bob", CommandKind::trip, 10));
        m_clock.advance(90s);
        for (const CommandKind kind :
             {CommandKind::trip, CommandKind::reset, CommandKind::hold, CommandKind::release, CommandKind::probe,
              CommandKind::configure, CommandKind::shadow, CommandKind::action, CommandKind::actionMode}) {
            const CommandReport stale = settle(by("ann", kind, 10));
            QCOMPARE(stale.status, CommandStatus::refused);
            QCOMPARE(stale.message, std::string("bob was first: trip (done), 90 s ago. Look again, then decide."));
        }
        QCOMPARE(settle(by("ann", CommandKind::reset, 11)).status, CommandStatus::applied);
    }

    void the_newest_change_of_another_is_told() {
        (void)settle(by("bob", CommandKind::trip));
        (void)settle(by("cid", CommandKind::reset));
        QVERIFY(settle(by("ann", CommandKind::trip, 10)).message.starts_with("cid was first: reset"));
        QVERIFY(settle(by("cid", CommandKind::trip, 10)).message.starts_with("bob was first: trip"));
    }

    void ones_own_change_and_the_automatas_are_no_objection() {
        (void)settle(by("ann", CommandKind::trip, 10));
        QCOMPARE(settle(by("ann", CommandKind::reset, 10)).status, CommandStatus::applied);
        Command automatic = by("Fusebox", CommandKind::action);
        automatic.origin = domain::kRecoveryOrigin;
        QCOMPARE(settle(automatic).status, CommandStatus::applied);
        QCOMPARE(settle(by("ann", CommandKind::trip, 10)).status, CommandStatus::applied);
    }

    void who_says_nothing_of_a_look_is_not_asked() {
        (void)settle(by("bob", CommandKind::trip));
        QCOMPARE(settle(by("ann", CommandKind::reset)).status, CommandStatus::applied);
    }

    void a_recovery_action_of_another_counts_as_a_change_of_its_breaker() {
        QCOMPARE(settle(by("bob", CommandKind::action, 10)).status, CommandStatus::applied);
        QVERIFY(settle(by("ann", CommandKind::action, 10)).message.starts_with("bob was first: action"));
    }

    void a_command_for_a_group_is_a_change_of_each_of_its_breakers() {
        Command command = by("bob", CommandKind::reset);
        command.breaker = {};
        command.group = "payments";
        QCOMPARE(settle(command).status, CommandStatus::applied);
        QVERIFY(settle(by("ann", CommandKind::trip, 10)).message.starts_with("bob was first: reset"));
    }

    void what_was_refused_is_no_change() {
        Command command = by("bob", CommandKind::trip);
        command.role = Role::viewer;
        (void)settle(command);
        QCOMPARE(settle(by("ann", CommandKind::trip, 10)).status, CommandStatus::applied);
    }

    // --- the answer ---

    void without_an_answer_by_the_deadline_it_is_unknown_until_the_answer_comes_R22() {
        std::vector<CommandReport> meanwhile;
        const auto slow = std::make_shared<PlainTarget>(std::set<std::string>{"slow"}, [&](CommandReport&) {
            m_clock.advance(5s - 1ms);
            QVERIFY(told().empty());
            m_clock.advance(1ms);
            meanwhile = told();
            m_clock.advance(1s);
            QVERIFY(told().empty());  // it is said once
        });
        m_gate->addTarget(slow);
        Command command = by("ann", CommandKind::trip);
        command.breaker = domain::BreakerId("slow");
        QCOMPARE(settle(command).status, CommandStatus::applied);
        QCOMPARE(meanwhile.size(), 1U);
        QCOMPARE(meanwhile[0].status, CommandStatus::unknown);
        QVERIFY(meanwhile[0].command.id == command.id);
        QCOMPARE(m_diary->reports.size(), 1U);
    }

    void what_waited_longer_than_the_deadline_is_not_carried_out_late_and_may_be_sent_again_R22() {
        const Command command = by("ann", CommandKind::trip);
        m_gate->submit(command);
        m_clock.advance(6s);
        (void)m_gate->runWaiting();
        const CommandReport late = told().at(0);
        QCOMPARE(late.status, CommandStatus::refused);
        QCOMPARE(late.message,
                 std::string("It waited 6 s for others and was not carried out. Look again, then decide."));
        QCOMPARE(m_target->applied().size(), 0U);
        QCOMPARE(settle(command).status, CommandStatus::applied);
    }

    void a_replayed_command_has_one_effect_even_after_a_restart_B6() {
        CommandReport earlier;
        earlier.command = by("ann", CommandKind::trip);
        earlier.status = CommandStatus::applied;
        earlier.message = "done then";
        m_gate->remember(earlier);
        m_gate->submit(earlier.command);
        QCOMPARE(m_gate->runWaiting(), 0U);
        QCOMPARE(told().at(0).message, std::string("done then"));
        QCOMPARE(m_target->applied().size(), 0U);
        Command other = earlier.command;
        other.kind = CommandKind::reset;
        QCOMPARE(settle(other).status, CommandStatus::refused);
    }

    // --- pace ---

    void who_is_refused_again_and_again_does_not_fill_the_journal() {
        Command command = by("eve", CommandKind::trip);
        command.role = Role::viewer;
        for (int i = 0; i < 200; ++i) {
            command.id = domain::CommandId("flood-" + std::to_string(i));
            command.reason = i % 2 == 0 ? "a reason that tells something" : "";
            QCOMPARE(settle(command).status, CommandStatus::refused);
        }
        QCOMPARE(m_diary->reports.size(), 60U);
        QVERIFY(settle(command).message.find("not written down") != std::string::npos);
        // Others are heard, and so is the same person a minute later.
        QCOMPARE(settle(by("ann", CommandKind::trip)).status, CommandStatus::applied);
        m_clock.advance(60s);
        command.id = domain::CommandId("later");
        (void)settle(command);
        QCOMPARE(m_diary->reports.size(), 62U);
    }

    void the_31st_command_of_a_minute_is_refused_written_down_and_may_be_sent_again_R18() {
        for (int i = 0; i < 30; ++i) QCOMPARE(settle(by("ann", CommandKind::reset)).status, CommandStatus::applied);
        const Command command = by("ann", CommandKind::reset);
        QCOMPARE(settle(command).status, CommandStatus::refused);
        QCOMPARE(m_diary->reports.size(), 31U);
        QCOMPARE(settle(by("bob", CommandKind::reset)).status, CommandStatus::applied);
        m_clock.advance(60s);
        QCOMPARE(settle(command).status, CommandStatus::applied);
    }

    // --- the audit ---

    void every_command_is_written_down_before_it_is_told_R23_R24() {
        (void)settle(by("ann", CommandKind::trip));
        Command unsound = by("ann", CommandKind::trip);
        unsound.reason = std::string(1'000'000, 'a');
        (void)settle(unsound);
        (void)settle(commandTo("nobody"));
        QCOMPARE(m_diary->reports.size(), 3U);
        QCOMPARE(m_diary->reports[0].status, CommandStatus::applied);
        QVERIFY(m_diary->reports[0].before == domain::State::closed);
        QVERIFY(m_diary->times[0] == m_clock.wallNow());
        QVERIFY(m_diary->reports[1].command.reason.size() <= 2000U);
        QCOMPARE(m_diary->reports[2].message, std::string("No breaker has this name."));
        m_gate->submit(by("ann", CommandKind::trip));
        m_gate->stop();
        QCOMPARE(m_diary->reports.size(), 4U);
        QCOMPARE(m_diary->reports[3].message, std::string("The program is stopping."));
    }

    void a_replay_is_not_written_down_twice() {
        const Command command = by("ann", CommandKind::trip);
        (void)settle(command);
        m_gate->submit(command);
        (void)m_gate->runWaiting();
        QCOMPARE(m_diary->reports.size(), 1U);
    }

    void with_a_full_disk_an_operator_still_acts_and_is_told_F11() {
        m_diary->isFull = true;
        const CommandReport report = settle(by("ann", CommandKind::trip));
        QCOMPARE(report.status, CommandStatus::applied);
        QCOMPARE(report.message, std::string("done; not kept: the disk is full"));
        QCOMPARE(m_target->applied().size(), 1U);
    }

    void init() {
        m_target = std::make_shared<RevisedTarget>(std::set<std::string>{"orders"});
        m_diary = std::make_shared<Diary>();
        m_gate = std::make_unique<Gate>(m_clock);
        m_gate->addTarget(m_target);
        m_gate->addTarget(std::make_shared<ActionTarget>(std::set<std::string>{"orders"}));
        m_gate->setAuditLog(m_diary);
    }

private:
    static Command commandTo(const char* breaker) {
        Command command = by("ann", CommandKind::trip);
        command.breaker = domain::BreakerId(breaker);
        return command;
    }

    std::vector<CommandReport> told() { return toldBy(*m_gate); }
    CommandReport settle(const Command& command) { return settledBy(*m_gate, command); }

    base::ManualClock m_clock;
    std::shared_ptr<RevisedTarget> m_target;
    std::shared_ptr<Diary> m_diary;
    std::unique_ptr<Gate> m_gate;
};

FUSEBOX_TEST(GateRulesTest)
#include "gate_rules_test.moc"
