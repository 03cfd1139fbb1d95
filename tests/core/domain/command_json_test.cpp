#include "samples.h"

#include <fusebox/domain/command_json.h>
#include <fusebox/support/test_case.h>

#include <nlohmann/json.hpp>

using namespace fusebox;
using namespace std::chrono_literals;
using domain::Command;
using domain::CommandKind;
using nlohmann::json;

namespace {

Command commandOf(CommandKind kind) {
    Command command;
    command.id = domain::CommandId("c-1");
    command.kind = kind;
    command.breaker = domain::BreakerId("orders");
    command.actor = "ann \"the\" admin";
    command.role = domain::Role::operatorRole;
    command.origin = "http 127.0.0.1:40312";
    command.reason = "deploying\nthe fix \u20ac";
    command.seenRevision = 16;
    return command;
}

std::vector<Command> oneOfEachKind() {
    std::vector<Command> all;
    for (int kind = 0; kind <= static_cast<int>(CommandKind::strategy); ++kind) {
        all.push_back(commandOf(static_cast<CommandKind>(kind)));
    }
    const auto at = [&](CommandKind kind) -> Command& { return all[static_cast<std::size_t>(kind)]; };
    at(CommandKind::trip).duration = 1500us;
    at(CommandKind::hold).holdMode = domain::HoldMode::metricsOnly;
    at(CommandKind::hold).duration = 90s;
    at(CommandKind::release).hold = domain::HoldId(4);
    at(CommandKind::configure).options = {{"open_timeout", "5s"}, {"jitter", "full"}};
    at(CommandKind::shadow).options = {{"preset", "classic"}};
    at(CommandKind::action).action = domain::RecoveryAction::clearCache;
    at(CommandKind::actionMode).action = domain::RecoveryAction::reduceLoad;
    at(CommandKind::actionMode).mode = domain::ActionMode::automatic;
    at(CommandKind::strategy).category = domain::Category::rateLimit;
    at(CommandKind::strategy).strategy = domain::Strategy::gracefulDegradation;
    return all;
}

std::string textOf(const auto& value) {
    std::string text;
    domain::appendJson(text, value);
    return text;
}

/// What differs between the two, by what is written of them.
bool same(const Command& one, const Command& other) {
    return textOf(one) == textOf(other) && one.kind == other.kind && one.hold == other.hold &&
           one.duration == other.duration && one.options == other.options && one.role == other.role &&
           one.seenRevision == other.seenRevision && one.action == other.action && one.mode == other.mode &&
           one.category == other.category && one.strategy == other.strategy && one.holdMode == other.holdMode;
}

json sample() {
    return json::parse(textOf(oneOfEachKind()[static_cast<std::size_t>(CommandKind::configure)]));
}

std::string troubleOf(std::string_view text) {
    const auto read = domain::readCommand(text);
    return read ? "accepted" : read.error().text();
}

std::string troubleOf(const char* key, const json& value) {
    json changed = sample();
    changed[key] = value;
    return troubleOf(changed.dump());
}

}  // namespace

class CommandJsonTest : public QObject {
    Q_OBJECT
private slots:
    void a_command_of_each_kind_is_read_back_as_it_was_written() {
        for (const Command& command : oneOfEachKind()) {
            const auto read = domain::readCommand(textOf(command));
            QVERIFY2(read.has_value(), read ? "" : read.error().text().c_str());
            QVERIFY2(same(*read, command), textOf(command).c_str());
        }
    }

    void a_report_is_read_back_as_it_was_written() {
        const domain::CommandReport report = samples::commandReport();
        const auto read = domain::readReport(textOf(report));
        QVERIFY2(read.has_value(), read ? "" : read.error().text().c_str());
        QCOMPARE(textOf(*read), textOf(report));
        QVERIFY(read->before == domain::State::closed && read->after == domain::State::open);
    }

    void who_does_not_say_what_they_may_do_may_do_nothing() {
        const auto read = domain::readCommand(R"({"id":"c-1","kind":"reset"})");
        QVERIFY(read.has_value());
        QCOMPARE(read->role, domain::Role::viewer);
    }

    void a_field_that_is_not_known_is_refused_A22() {
        QCOMPARE(troubleOf("forse", true), std::string("\"forse\": is no field of a command"));
        QCOMPARE(troubleOf("status", "applied"), std::string("\"status\": is no field of a command"));
        QCOMPARE(troubleOf("__proto__", json::object()), std::string("\"__proto__\": is no field of a command"));
        QCOMPARE(troubleOf("options", {{{"option", "a"}, {"value", "b"}, {"unit", "s"}}}),
                 std::string("options[0]: has fields that are not known"));
        QVERIFY(troubleOf(std::string(1000, 'x').c_str(), 1).size() < 120U);
    }

    void a_field_of_another_kind_is_refused() {
        QCOMPARE(troubleOf("hold_mode", "FORCE_OPEN"),
                 std::string("hold_mode: does not belong to a command of kind configure"));
        QCOMPARE(troubleOf("duration_ms", 5),
                 std::string("duration_ms: does not belong to a command of kind configure"));
    }

    void a_field_that_stands_there_twice_is_refused_A21() {
        QCOMPARE(troubleOf(R"({"id":"c-1","kind":"trip","id":"c-2"})"), std::string("\"id\": stands there twice"));
        QVERIFY(troubleOf(R"({"id":"a","kind":"configure","options":[{"option":"a","option":"b","value":"c"}]})") !=
                "accepted");
    }

    void a_wrong_value_is_refused_with_its_place_and_what_is_allowed() {
        QVERIFY(troubleOf("kind", "explode").starts_with("kind: is \"explode\"; allowed: trip, reset, "));
        QCOMPARE(troubleOf("role", "root"), std::string("role: is \"root\"; allowed: viewer, operator, admin"));
        QVERIFY(troubleOf("id", 5) != "accepted");
        QVERIFY(troubleOf("reason", json::array()) != "accepted");
        QVERIFY(troubleOf("breaker", nullptr) != "accepted");
        QVERIFY(troubleOf("options", 5) != "accepted");
        QVERIFY(troubleOf("options", {5}) != "accepted");
        QVERIFY(troubleOf("options", json::array({{{"option", "a"}}})) != "accepted");
        for (const json& bad : {json(-1), json(1.5), json("16"), json(true)}) {
            QVERIFY2(troubleOf("seen_revision", bad) != "accepted", bad.dump().c_str());
        }
    }

    void numbers_at_their_edges_are_taken_or_refused_never_wrapped_A24() {
        const auto hold = [](const char* duration) {
            return std::string(R"({"id":"c","kind":"hold","duration_ms":)") + duration + "}";
        };
        for (const char* bad : {"-1", "1e999", "NaN", "9223372036854775808", "\"5\"", "null"}) {
            QVERIFY2(troubleOf(hold(bad)) != "accepted", bad);
        }
        QCOMPARE(troubleOf(hold("0")), std::string("accepted"));  // the gate says what is too short
        QVERIFY(troubleOf(R"({"id":"c","kind":"release","hold":18446744073709551616})") != "accepted");
    }

    void what_is_no_plain_json_object_is_refused_A21() {
        const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
        const std::string sound = textOf(commandOf(CommandKind::reset));
        const auto withId = [](const std::string& id) { return "{\"id\":\"" + id + "\",\"kind\":\"trip\"}"; };
        QCOMPARE(troubleOf(withId("c")), std::string("accepted"));
        for (const std::string& bad :
             {std::string(), std::string("null"), std::string("[]"), std::string("{"), deep, sound + "x", sound + sound,
              "\xEF\xBB\xBF" + sound, withId("\\ud800"), withId("\xff"), withId(std::string(70'000, 'a'))}) {
            QVERIFY2(troubleOf(bad) != "accepted", bad.substr(0, 100).c_str());
        }
        QCOMPARE(troubleOf(sound), std::string("accepted"));
    }
};

FUSEBOX_TEST(CommandJsonTest)
#include "command_json_test.moc"
