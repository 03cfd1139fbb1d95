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

    void a_command_that_is_sent_again_is_in_doubt_until_its_end_is_known() {
        Desk desk;
        const domain::CommandId id("c1");
        QVERIFY(!desk.sent.isUnknown(id));
        desk.send();
        QVERIFY(!desk.sent.isUnknown(id));
        (void)desk.sent.answered(report(CommandStatus::unknown));
        QVERIFY(desk.sent.isUnknown(id));
        QVERIFY(!desk.sent.endOf(id));
        desk.clock.advance(20s);
        desk.send();
        // What the agent does not know now may be on its way.
        QVERIFY(!desk.sent.notKnown(id, desk.clock.now()));
        (void)desk.sent.answered(report(CommandStatus::unknown));
        QVERIFY(!desk.sent.notKnown(id, desk.clock.now()));
        QVERIFY(desk.sent.isNews(report(CommandStatus::applied)));
        QCOMPARE(desk.sent.endOf(id)->status, CommandStatus::applied);
        QVERIFY(!desk.sent.isUnknown(id));
    }

    void the_end_that_a_question_found_is_remembered() {
        Desk desk;
        desk.send();
        (void)desk.sent.answered(report(CommandStatus::unknown));
        (void)desk.sent.learned(report(CommandStatus::refused));
        QCOMPARE(desk.sent.endOf(domain::CommandId("c1"))->status, CommandStatus::refused);
    }

    void those_whose_end_is_known_are_forgotten_first() {
        Desk desk;
        desk.send();
        (void)desk.sent.answered(report(CommandStatus::unknown));
        for (std::size_t i = 0; i < SentCommands::kRemembered + 10; ++i) {
            const std::string id = "later" + std::to_string(i);
            desk.sent.sent(report(CommandStatus::pending, id.c_str()).command, desk.clock.now());
            (void)desk.sent.answered(report(CommandStatus::applied, id.c_str()));
        }
        QVERIFY(desk.sent.isUnknown(domain::CommandId("c1")));
        QVERIFY(desk.sent.isNews(report(CommandStatus::applied, "later0")));  // forgotten: as somebody else's
    }

    void commands_of_others_are_news() {
        Desk desk;
        QVERIFY(desk.sent.isNews(report(CommandStatus::applied, "theirs")));
        QVERIFY(desk.sent.isNews(report(CommandStatus::applied, "theirs")));
    }
};

FUSEBOX_TEST(SentCommandsTest)

#include "sent_commands_test.moc"
