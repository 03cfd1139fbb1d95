#include "test_target.h"

#include <fusebox/command/checks.h>
#include <fusebox/support/test_case.h>

using namespace fusebox;
using namespace fusebox::command;
using namespace std::chrono_literals;
using domain::Command;
using domain::CommandKind;

namespace {

bool passes(const Command& command) {
    return !objectionTo(command);
}

Command withReason(std::string reason) {
    Command command = commandOf("c1");
    command.reason = std::move(reason);
    return command;
}

Command withActor(std::string actor) {
    Command command = commandOf("c1");
    command.actor = std::move(actor);
    return command;
}

Command lasting(CommandKind kind, base::Duration duration) {
    Command command = commandOf("c1");
    command.kind = kind;
    command.duration = duration;
    return command;
}

}  // namespace

class ChecksTest : public QObject {
    Q_OBJECT
private slots:
    void a_sound_command_passes() { QVERIFY(passes(commandOf("c1"))); }

    void a_blank_reason_is_refused() {
        for (const char* blank : {"", "   ", "\n\t", "\u00a0\u3000", "\u200b\u200d"}) {
            QVERIFY2(!passes(withReason(blank)), blank);
        }
    }

    void a_reason_is_counted_in_characters_not_bytes() {
        std::string reason;
        for (int i = 0; i < 500; ++i) reason += "\u00e4";
        QVERIFY(passes(withReason(reason)));
        QVERIFY(!passes(withReason(reason + "a")));
    }

    void a_reason_may_have_lines_markup_and_any_script_but_no_control_characters() {
        QVERIFY(passes(withReason("first line\nsecond line\twith a tab")));
        QVERIFY(passes(withReason("<img src='/dev/zero'> \U0001F525 \u05e9\u05dc\u05d5\u05dd")));
        QVERIFY(!passes(withReason("bell\a")));
        QVERIFY(!passes(withReason("\x1b[31mred")));
        QVERIFY(!passes(withReason("bad \xff utf-8")));
    }

    void an_actor_has_a_printable_name_of_at_most_64_characters() {
        QVERIFY(passes(withActor(std::string(64, 'a'))));
        QVERIFY(!passes(withActor(std::string(65, 'a'))));
        QVERIFY(!passes(withActor("")));
        QVERIFY(!passes(withActor(" ")));
        QVERIFY(!passes(withActor("ann\nroot")));
        QVERIFY(!passes(withActor("\xc0\xaf")));
    }

    void an_id_is_visible_ascii() {
        QVERIFY(passes(commandOf("A-1:b_c.d")));
        QVERIFY(!passes(commandOf("")));
        QVERIFY(!passes(commandOf("a b")));
        QVERIFY(!passes(commandOf("a\nb")));
        QVERIFY(!passes(commandOf(std::string(97, 'x').c_str())));
    }

    void durations_are_bounded_and_only_for_hold_and_trip() {
        QVERIFY(passes(lasting(CommandKind::hold, 100ms)));
        QVERIFY(passes(lasting(CommandKind::trip, std::chrono::days(30))));
        QVERIFY(!passes(lasting(CommandKind::hold, 99ms)));
        QVERIFY(!passes(lasting(CommandKind::hold, -1s)));
        QVERIFY(!passes(lasting(CommandKind::trip, std::chrono::days(31))));
        for (const CommandKind kind : {CommandKind::reset, CommandKind::release, CommandKind::probe}) {
            QVERIFY(!passes(lasting(kind, 1s)));
        }
    }
};

FUSEBOX_TEST(ChecksTest)
#include "checks_test.moc"
