#include "test_target.h"

#include <fusebox/command/pace_limit.h>
#include <fusebox/support/test_case.h>

using namespace fusebox;
using namespace fusebox::command;
using namespace std::chrono_literals;

namespace {

domain::Command by(const std::string& actor, const char* group = "") {
    domain::Command command = commandOf("c1", *group == 0 ? "orders" : "");
    command.actor = actor;
    command.group = group;
    return command;
}

}  // namespace

class PaceLimitTest : public QObject {
    Q_OBJECT
private slots:
    void a_person_gives_30_commands_a_minute_R18() {
        for (int i = 0; i < 30; ++i) QVERIFY(passes(by("ann"), 1s * i));
        QCOMPARE(objection(by("ann"), 30s),
                 std::string("ann gave 30 commands within a minute, which is the limit; try again in 30 s."));
        QVERIFY(passes(by("bob"), 30s));
        QVERIFY(!passes(by("ann"), 60s - 1ns));
        QVERIFY(passes(by("ann"), 60s));
        QVERIFY(!passes(by("ann"), 60s));
        QVERIFY(passes(by("ann"), 61s));
    }

    void what_is_refused_is_not_counted() {
        for (int i = 0; i < 30; ++i) QVERIFY(passes(by("ann"), 0s));
        for (int i = 0; i < 100; ++i) QVERIFY(!passes(by("ann"), 59s));
        QVERIFY(passes(by("ann"), 60s));
    }

    void a_person_gives_5_commands_for_groups_in_10_minutes_R18() {
        for (int i = 0; i < 5; ++i) QVERIFY(passes(by("ann", "shop"), 1min * i));
        QCOMPARE(
            objection(by("ann", "other"), 5min),
            std::string("ann gave 5 commands for groups within 10 minutes, which is the limit; try again in 300 s."));
        QVERIFY(passes(by("ann"), 5min));
        QVERIFY(passes(by("bob", "shop"), 5min));
        QVERIFY(passes(by("ann", "shop"), 10min));
    }

    void the_programs_own_automata_are_exempt() {
        domain::Command command = by("Fusebox");
        command.origin = domain::kRecoveryOrigin;
        for (int i = 0; i < 200; ++i) QVERIFY(passes(command, 0s));
    }

    void the_emergency_stop_always_passes() {
        for (int i = 0; i < 30; ++i) QVERIFY(passes(by("ann"), 0s));
        domain::Command command = commandOf("s1", "");
        command.kind = domain::CommandKind::stopActions;
        QVERIFY(passes(command, 0s));
        command.kind = domain::CommandKind::resumeActions;
        QVERIFY(!passes(command, 0s));
    }

    void zero_means_any_number() {
        m_limit = PaceLimit({.perMinute = 0, .groupsPerTenMinutes = 0});
        for (int i = 0; i < 200; ++i) QVERIFY(passes(by("ann", "shop"), 0s));
    }

    void people_who_are_quiet_are_forgotten_and_no_more_than_a_thousand_are_kept() {
        for (int i = 0; i < 1000; ++i) QVERIFY(passes(by("person " + std::to_string(i)), 0s));
        QVERIFY(!passes(by("one too many"), 59s));
        QVERIFY(passes(by("person 7"), 59s));
        QVERIFY(passes(by("one too many"), 60s));
    }

    void init() { m_limit = PaceLimit(PaceLimit::Limits()); }

private:
    std::string objection(const domain::Command& command, base::Duration at) {
        return m_limit.objectionTo(command, base::Time(1h + at)).value_or("passes");
    }
    bool passes(const domain::Command& command, base::Duration at) { return objection(command, at) == "passes"; }

    PaceLimit m_limit{PaceLimit::Limits()};
};

FUSEBOX_TEST(PaceLimitTest)
#include "pace_limit_test.moc"
