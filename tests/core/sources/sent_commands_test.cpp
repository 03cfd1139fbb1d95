// Each command's end is told once, whichever way it is learned. Rule R22.
#include <fusebox/base/clock.h>
#include <fusebox/sources/sent_commands.h>
#include <fusebox/support/test_case.h>

using namespace fusebox;
using namespace std::chrono_literals;
using domain::CommandReport;
using domain::CommandStatus;
using sources::SentCommands;

namespace {

CommandReport report(CommandStatus status, const char* id = "c1") {
    CommandReport made;
    made.command.id = domain::CommandId(id);
    made.status = status;
    return made;
}

struct Desk {
    base::ManualClock clock;
    SentCommands sent;

    void send() { sent.sent(report(CommandStatus::pending).command, clock.now()); }
};

}  // namespace

class SentCommandsTest : public QObject {
    Q_OBJECT

private slots:
    void an_answer_is_not_told_again_by_the_stream() {
        Desk desk;
        desk.send();
        QCOMPARE(desk.sent.answered(report(CommandStatus::applied)).status, CommandStatus::applied);
        QVERIFY(!desk.sent.isNews(report(CommandStatus::applied)));
        QVERIFY(!desk.sent.nextQuestion(desk.clock.now() + 1min));
    }

    void the_stream_may_be_faster_than_the_answer() {
        Desk desk;
        desk.send();
        QVERIFY(!desk.sent.isNews(report(CommandStatus::refused)));
        QCOMPARE(desk.sent.answered(report(CommandStatus::unknown)).status, CommandStatus::refused);
        QVERIFY(!desk.sent.isNews(report(CommandStatus::refused)));
    }

    void an_unknown_end_is_asked_for_until_it_is_known() {
        Desk desk;
        desk.send();
        QVERIFY(!desk.sent.nextQuestion(desk.clock.now()));
        QCOMPARE(desk.sent.answered(report(CommandStatus::unknown)).status, CommandStatus::unknown);
        desk.clock.advance(2s);
        QVERIFY(desk.sent.nextQuestion(desk.clock.now()).has_value());
        QVERIFY(!desk.sent.nextQuestion(desk.clock.now()));
        QVERIFY(!desk.sent.learned(report(CommandStatus::pending)));
        desk.clock.advance(2s);
        QVERIFY(desk.sent.nextQuestion(desk.clock.now()).has_value());
        QVERIFY(desk.sent.learned(report(CommandStatus::applied)).has_value());
        QVERIFY(!desk.sent.learned(report(CommandStatus::applied)));
        desk.clock.advance(1min);
        QVERIFY(!desk.sent.nextQuestion(desk.clock.now()));
    }

    void an_unknown_end_may_be_told_by_the_stream() {
        Desk desk;
        desk.send();
        (void)desk.sent.answered(report(CommandStatus::unknown));
        QVERIFY(!desk.sent.isNews(report(CommandStatus::pending)));
        QVERIFY(desk.sent.isNews(report(CommandStatus::applied)));
        QVERIFY(!desk.sent.isNews(report(CommandStatus::applied)));
    }

    void a_command_that_the_agent_never_got_has_failed_once_that_is_sure() {
        Desk desk;
        desk.send();
        (void)desk.sent.answered(report(CommandStatus::unknown));
        desk.clock.advance(10s);
        QVERIFY(!desk.sent.notKnown(domain::CommandId("c1"), desk.clock.now()));
        desk.clock.advance(5s);
        QCOMPARE(desk.sent.notKnown(domain::CommandId("c1"), desk.clock.now())->status, CommandStatus::failed);
        QVERIFY(!desk.sent.notKnown(domain::CommandId("c1"), desk.clock.now()));
    }

    void commands_of_others_are_news() {
        Desk desk;
        QVERIFY(desk.sent.isNews(report(CommandStatus::applied, "theirs")));
        QVERIFY(desk.sent.isNews(report(CommandStatus::applied, "theirs")));
    }
};

FUSEBOX_TEST(SentCommandsTest)

#include "sent_commands_test.moc"
