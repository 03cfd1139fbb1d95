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

using Options = std::vector<domain::ConfigEntry>;

Command withOptions(CommandKind kind, Options options) {
    Command command = commandOf("c1");
    command.kind = kind;
    command.options = std::move(options);
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

    void only_the_emergency_stop_is_for_all_breakers() {
        for (const CommandKind kind : {CommandKind::stopActions, CommandKind::resumeActions}) {
            Command command = commandOf("c1", "");
            command.kind = kind;
            QVERIFY(passes(command));
            command.group = "shop";
            QVERIFY(!passes(command));
        }
        QVERIFY(!passes(commandOf("c1", "")));
    }

    void an_action_is_named() {
        for (const CommandKind kind : {CommandKind::action, CommandKind::actionMode}) {
            Command command = commandOf("c1");
            command.kind = kind;
            QVERIFY(!passes(command));
            command.action = domain::RecoveryAction::resetConnection;
            QVERIFY(passes(command));
        }
    }

    void a_blank_reason_is_refused() {
        for (const char* blank : {"", "   ", "\n\t", "\u00a0\u3000", "\u200b\u200d"}) {
            QVERIFY2(!passes(withReason(blank)), blank);
        }
    }

    void a_reason_is_counted_in_characters_not_bytes() {
        std::string reason = "abc";
        for (int i = 3; i < 500; ++i) reason += "\u00e4";
        QVERIFY(passes(withReason(reason)));
        QVERIFY(!passes(withReason(reason + "a")));
    }

    void a_persons_reason_tells_others_something_B13_R1() {
        for (const char* bad : {"asdf", "a test", "ten bytes", "  a test   ", "aaaaaaaaaaaaaaaa", "........... ....",
                                "ababababab", "\u00e4\u00e4\u00e4\u00e4\u00e4"}) {
            QVERIFY2(!passes(withReason(bad)), bad);
        }
        QVERIFY(passes(withReason("deploying!")));
        QVERIFY(passes(withReason("\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd!")));
        QCOMPARE(objectionTo(withReason("asdf")).value(),
                 std::string("The reason has 4 characters; others need at least 10 to understand it."));
    }

    void the_programs_own_automata_give_their_cause_however_short_it_is() {
        Command command = withReason("503");
        QVERIFY(!passes(command));
        command.origin = domain::kRecoveryOrigin;
        QVERIFY(passes(command));
        command.reason.clear();
        QVERIFY(!passes(command));
    }

    void where_a_command_comes_from_is_one_bounded_line() {
        Command command = commandOf("c1");
        command.origin = "http 127.0.0.1:40312";
        QVERIFY(passes(command));
        for (const std::string& bad : {std::string(121, 'x'), std::string("http\nroot"), std::string("\xff")}) {
            command.origin = bad;
            QVERIFY(!passes(command));
        }
    }

    void a_reason_may_have_lines_markup_and_any_script_but_no_control_characters() {
        QVERIFY(passes(withReason("first line\nsecond line\twith a tab")));
        QVERIFY(passes(withReason("<img src='/dev/zero'> \U0001F525 \u05e9\u05dc\u05d5\u05dd")));
        QVERIFY(!passes(withReason("ringing the bell\a")));
        QVERIFY(!passes(withReason("\x1b[31mred all over")));
        QVERIFY(!passes(withReason("this is bad \xff utf-8")));
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
        QVERIFY(passes(lasting(CommandKind::trip, 24h)));
        QVERIFY(!passes(lasting(CommandKind::hold, 99ms)));
        QVERIFY(!passes(lasting(CommandKind::hold, -1s)));
        QVERIFY(!passes(lasting(CommandKind::trip, 24h + 1ns)));
        QVERIFY(!passes(lasting(CommandKind::hold, 24h + 1ns)));
        for (const CommandKind kind : {CommandKind::reset, CommandKind::release, CommandKind::probe}) {
            QVERIFY(!passes(lasting(kind, 1s)));
        }
    }

    void a_command_is_for_a_breaker_or_for_a_group() {
        Command command = commandOf("c1");
        command.group = "payments";
        QVERIFY(!passes(command));
        command.breaker = {};
        QVERIFY(passes(command));
        command.group.clear();
        QVERIFY(!passes(command));
        for (const std::string& bad : {std::string(201, 'g'), std::string("pay\nments"), std::string("\xff")}) {
            command.group = bad;
            QVERIFY(!passes(command));
        }
    }

    void a_holds_number_belongs_to_one_breaker_not_to_a_group() {
        Command command = commandOf("c1");
        command.kind = CommandKind::release;
        command.hold = domain::HoldId(3);
        QVERIFY(passes(command));
        command.breaker = {};
        command.group = "payments";
        QVERIFY(!passes(command));
    }

    void options_are_for_configure_and_shadow_and_bounded() {
        QVERIFY(passes(withOptions(CommandKind::configure, {{"open_timeout", "5s"}})));
        QVERIFY(passes(withOptions(CommandKind::shadow, {{"open_timeout", "5s"}})));
        QVERIFY(passes(withOptions(CommandKind::shadow, {})));
        QVERIFY(!passes(withOptions(CommandKind::configure, {})));
        QVERIFY(!passes(withOptions(CommandKind::trip, {{"open_timeout", "5s"}})));
        QVERIFY(passes(withOptions(CommandKind::configure, Options(64, {"a", "1"}))));
        QVERIFY(!passes(withOptions(CommandKind::configure, Options(65, {"a", "1"}))));
        QVERIFY(passes(withOptions(CommandKind::configure, {{"a", std::string(200, 'x')}})));
        QVERIFY(!passes(withOptions(CommandKind::configure, {{"a", std::string(201, 'x')}})));
        QVERIFY(!passes(withOptions(CommandKind::configure, {{std::string(201, 'x'), "1"}})));
        QVERIFY(!passes(withOptions(CommandKind::configure, {{"", "1"}})));
        QVERIFY(!passes(withOptions(CommandKind::configure, {{"a", "1\n2"}})));
    }
};

FUSEBOX_TEST(ChecksTest)
#include "checks_test.moc"
