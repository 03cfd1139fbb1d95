// A command whose outcome nobody knows may be sent again: to a target that knows it by its id, and without a second effect.
// Rule R22.
#include "diary.h"
#include "test_target.h"

#include <fusebox/base/clock.h>
#include <fusebox/command/gate.h>
#include <fusebox/command/past_commands.h>
#include <fusebox/support/test_case.h>

using namespace fusebox;
using namespace fusebox::command;
using namespace std::chrono_literals;
using domain::Command;
using domain::CommandReport;
using domain::CommandStatus;

namespace {

CommandReport answerTo(const Command& command, CommandStatus status) {
    CommandReport report;
    report.command = command;
    report.status = status;
    return report;
}

}  // namespace

class SendAgainTest : public QObject {
    Q_OBJECT
private slots:
    void what_became_unknown_is_sent_again_by_the_same_id_until_it_is_settled() {
        const Command command = commandOf("c1");
        QCOMPARE(settle(command).status, CommandStatus::unknown);
        QCOMPARE(m_gate->reportOf(command.id)->status, CommandStatus::unknown);
        m_answer = CommandStatus::applied;
        const CommandReport again = settle(command);
        QCOMPARE(again.status, CommandStatus::applied);
        QCOMPARE(again.message, std::string("sent again: done"));
        QCOMPARE(m_gate->reportOf(command.id)->status, CommandStatus::applied);
        QCOMPARE(settle(command).status, CommandStatus::applied);
        QCOMPARE(m_target->applied().size(), 2U);  // a settled answer is not asked for again
        QVERIFY(m_target->applied()[0].id == m_target->applied()[1].id);
    }

    void what_was_applied_refused_or_failed_is_answered_from_memory() {
        for (const CommandStatus status : {CommandStatus::applied, CommandStatus::refused, CommandStatus::failed}) {
            m_answer = status;
            const Command command = commandOf(("c" + std::to_string(static_cast<int>(status))).c_str());
            QCOMPARE(settle(command).status, status);
            const std::size_t tries = m_target->applied().size();
            QCOMPARE(settle(command).status, status);
            QCOMPARE(m_target->applied().size(), tries);
        }
    }

    void each_try_is_written_down() {
        (void)settle(commandOf("c1"));
        (void)settle(commandOf("c1"));
        m_answer = CommandStatus::applied;
        (void)settle(commandOf("c1"));
        (void)settle(commandOf("c1"));
        QCOMPARE(m_diary->reports.size(), 3U);
        QCOMPARE(m_diary->reports[0].message, std::string("done"));
        QCOMPARE(m_diary->reports[1].message, std::string("sent again: done"));
        QCOMPARE(m_diary->reports[1].status, CommandStatus::unknown);
        QCOMPARE(m_diary->reports[2].status, CommandStatus::applied);
    }

    void a_target_that_does_not_know_ids_is_not_asked_twice() {
        const auto plain = std::make_shared<PlainTarget>(
            std::set<std::string>{"plain"}, [](CommandReport& report) { report.status = CommandStatus::pending; });
        m_gate->addTarget(plain);
        QCOMPARE(settle(commandOf("c1", "plain")).status, CommandStatus::unknown);
        const CommandReport again = settle(commandOf("c1", "plain"));
        QCOMPARE(again.status, CommandStatus::unknown);
        QVERIFY(again.message.find("might do it twice") != std::string::npos);
        QCOMPARE(plain->applied().size(), 1U);
    }

    void sent_again_twice_at_once_it_goes_once() {
        (void)settle(commandOf("c1"));
        m_gate->submit(commandOf("c1"));
        m_gate->submit(commandOf("c1"));
        QCOMPARE(m_gate->runWaiting(), 1U);
        QCOMPARE(m_target->applied().size(), 2U);
    }

    void while_it_waits_to_be_sent_again_its_answer_is_unknown_still() {
        (void)settle(commandOf("c1"));
        m_gate->submit(commandOf("c1"));
        QCOMPARE(m_gate->reportOf(domain::CommandId("c1"))->status, CommandStatus::unknown);
    }

    void another_command_of_the_same_id_is_refused() {
        (void)settle(commandOf("c1"));
        Command other = commandOf("c1");
        other.kind = domain::CommandKind::reset;
        QCOMPARE(settle(other).status, CommandStatus::refused);
        QCOMPARE(m_gate->reportOf(other.id)->status, CommandStatus::unknown);
    }

    // "Refused" would be a lie: the first try may have been carried out.
    void what_keeps_it_from_being_sent_again_leaves_it_unknown() {
        const Command command = commandOf("c1");
        (void)settle(command);

        m_gate->submit(command);
        m_clock.advance(6s);
        (void)m_gate->runWaiting();
        isStillUnknown(told().at(0), "It waited 6 s");

        m_gate->removeTarget(*m_target);
        isStillUnknown(settle(command), "No breaker has this name.");
        m_gate->addTarget(m_target);
        const auto second = std::make_shared<PlainTarget>(std::set<std::string>{"orders"});
        m_gate->addTarget(second);
        isStillUnknown(settle(command), "More than one source");
        m_gate->removeTarget(*second);

        while (settle(commandOf(("more" + std::to_string(m_more++)).c_str())).status != CommandStatus::refused) {
        }
        isStillUnknown(settle(command), "which is the limit");
        QCOMPARE(tries("c1"), 1U);
    }

    void what_kept_it_away_is_no_end_it_can_be_sent_again_later() {
        const Command command = commandOf("c1");
        (void)settle(command);
        m_gate->submit(command);
        m_clock.advance(6s);
        (void)m_gate->runWaiting();
        (void)told();
        m_answer = CommandStatus::applied;
        QCOMPARE(settle(command).status, CommandStatus::applied);
        QCOMPARE(tries("c1"), 2U);
    }

    void what_comes_after_the_stop_or_into_a_full_queue_stays_unknown() {
        Gate::Options narrow;
        narrow.waiting = 1;
        m_gate = std::make_unique<Gate>(m_clock, narrow);
        m_gate->addTarget(m_target);
        const Command command = commandOf("c1");
        (void)settle(command);
        m_gate->submit(commandOf("other"));
        m_gate->submit(command);
        isStillUnknown(told().at(0), "Too many commands are waiting");
        m_gate->stop();
        (void)told();
        m_gate->submit(command);
        isStillUnknown(told().at(0), "The program is stopping.");
    }

    void after_a_restart_the_newest_answer_counts() {
        const Command settled = commandOf("c1");
        m_gate->remember(answerTo(settled, CommandStatus::unknown));
        m_gate->remember(answerTo(settled, CommandStatus::applied));
        QCOMPARE(settle(settled).status, CommandStatus::applied);
        QCOMPARE(m_target->applied().size(), 0U);
        m_gate->remember(answerTo(commandOf("c2"), CommandStatus::unknown));
        m_answer = CommandStatus::applied;
        QCOMPARE(settle(commandOf("c2")).status, CommandStatus::applied);
        QCOMPARE(m_target->applied().size(), 1U);
    }

    void what_is_sent_again_does_not_crowd_out_other_answers() {
        PastCommands past(2);
        for (const char* id : {"a", "b"}) {
            QCOMPARE(past.enter(commandOf(id)), PastCommands::Standing::fresh);
            past.answer(answerTo(commandOf(id), CommandStatus::unknown));
        }
        for (int i = 0; i < 10; ++i) {
            QCOMPARE(past.enter(commandOf("a")), PastCommands::Standing::unknown);
            past.sendAgain(domain::CommandId("a"));
            QCOMPARE(past.enter(commandOf("a")), PastCommands::Standing::waiting);
            past.answer(answerTo(commandOf("a"), CommandStatus::unknown));
        }
        QVERIFY(past.reportOf(domain::CommandId("b")).has_value());
        (void)past.enter(commandOf("c"));
        past.answer(answerTo(commandOf("c"), CommandStatus::applied));
        QVERIFY(!past.reportOf(domain::CommandId("a")));
        QVERIFY(past.reportOf(domain::CommandId("b")).has_value());
    }

    void init() {
        m_answer = CommandStatus::unknown;
        m_target = std::make_shared<PlainTarget>(std::set<std::string>{"orders"},
                                                 [this](CommandReport& report) { report.status = m_answer; });
        m_target->setKnowsIds();
        m_diary = std::make_shared<Diary>();
        m_gate = std::make_unique<Gate>(m_clock);
        m_gate->addTarget(m_target);
        m_gate->setAuditLog(m_diary);
    }

private:
    static void isStillUnknown(const CommandReport& report, const char* why) {
        QCOMPARE(report.status, CommandStatus::unknown);
        QVERIFY2(report.message.find(why) != std::string::npos, report.message.c_str());
        QVERIFY2(report.message.starts_with("It was not sent again: "), report.message.c_str());
    }

    std::size_t tries(const char* id) const {
        std::size_t count = 0;
        for (const Command& command : m_target->applied()) count += command.id.value == id ? 1 : 0;
        return count;
    }

    std::vector<CommandReport> told() { return toldBy(*m_gate); }
    CommandReport settle(const Command& command) { return settledBy(*m_gate, command); }

    base::ManualClock m_clock;
    int m_more = 0;
    CommandStatus m_answer = CommandStatus::unknown;
    std::shared_ptr<PlainTarget> m_target;
    std::shared_ptr<Diary> m_diary;
    std::unique_ptr<Gate> m_gate;
};

FUSEBOX_TEST(SendAgainTest)
#include "send_again_test.moc"
