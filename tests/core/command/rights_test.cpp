#include "test_target.h"

#include <fusebox/command/rights.h>
#include <fusebox/support/test_case.h>

using namespace fusebox;
using namespace fusebox::command;
using domain::CommandKind;
using domain::HoldMode;
using domain::Role;

namespace {

bool may(Role role, CommandKind kind, HoldMode mode = HoldMode::forceOpen, const Rights& rights = {}) {
    domain::Command command = commandOf("c1");
    command.role = role;
    command.kind = kind;
    command.holdMode = mode;
    return !objectionByRole(command, rights);
}

constexpr std::array kForOperators{CommandKind::trip,       CommandKind::reset, CommandKind::hold,
                                   CommandKind::release,    CommandKind::probe, CommandKind::action,
                                   CommandKind::stopActions};
constexpr std::array kForAdmins{CommandKind::configure, CommandKind::shadow, CommandKind::actionMode,
                                CommandKind::resumeActions, CommandKind::strategy};

}  // namespace

class RightsTest : public QObject {
    Q_OBJECT
private slots:
    void a_viewer_may_command_nothing_B3() {
        for (const CommandKind kind : kForOperators) QVERIFY(!may(Role::viewer, kind));
        for (const CommandKind kind : kForAdmins) QVERIFY(!may(Role::viewer, kind));
    }

    void an_operator_runs_breakers_but_does_not_configure_them_B3() {
        for (const CommandKind kind : kForOperators) QVERIFY(may(Role::operatorRole, kind));
        for (const CommandKind kind : kForAdmins) QVERIFY(!may(Role::operatorRole, kind));
    }

    void an_admin_may_all() {
        for (const CommandKind kind : kForOperators) QVERIFY(may(Role::admin, kind));
        for (const CommandKind kind : kForAdmins) QVERIFY(may(Role::admin, kind));
        QVERIFY(may(Role::admin, CommandKind::hold, HoldMode::forceClosed));
        QVERIFY(may(Role::admin, CommandKind::hold, HoldMode::disabled));
    }

    void an_operator_holds_open_or_metrics_only_but_never_lets_all_calls_through_R10() {
        QVERIFY(may(Role::operatorRole, CommandKind::hold, HoldMode::forceOpen));
        QVERIFY(may(Role::operatorRole, CommandKind::hold, HoldMode::metricsOnly));
        QVERIFY(!may(Role::operatorRole, CommandKind::hold, HoldMode::forceClosed));
        QVERIFY(!may(Role::operatorRole, CommandKind::hold, HoldMode::disabled));
    }

    void force_closed_has_a_right_of_its_own_R10() {
        const Rights trusting{.forceClosed = Role::operatorRole};
        QVERIFY(may(Role::operatorRole, CommandKind::hold, HoldMode::forceClosed, trusting));
        QVERIFY(!may(Role::viewer, CommandKind::hold, HoldMode::forceClosed, trusting));
        QVERIFY(!may(Role::operatorRole, CommandKind::hold, HoldMode::disabled, trusting));
    }

    void the_refusal_says_which_role_it_takes() {
        domain::Command command = commandOf("c1");
        command.role = Role::operatorRole;
        command.kind = CommandKind::hold;
        command.holdMode = HoldMode::forceClosed;
        QCOMPARE(objectionByRole(command).value(),
                 std::string("hold FORCE_CLOSED needs the role admin; yours is operator."));
    }

    void a_refusal_for_the_role_is_told_from_others() {
        domain::CommandReport report;
        report.command = commandOf("c1");
        report.command.role = Role::operatorRole;
        report.status = domain::CommandStatus::refused;
        report.message = "hold FORCE_CLOSED needs the role admin; yours is operator.; not in the journal: disk full";
        QVERIFY(isRefusedForRole(report));
        report.message = "bob was first: hold (done), just now. Look again, then decide.";
        QVERIFY(!isRefusedForRole(report));
        report.message = "trip needs the role operator; yours is viewer.";  // of somebody else's command
        QVERIFY(!isRefusedForRole(report));
        report.command.role = Role::viewer;
        QVERIFY(isRefusedForRole(report));
        report.status = domain::CommandStatus::applied;
        QVERIFY(!isRefusedForRole(report));
    }
};

FUSEBOX_TEST(RightsTest)
#include "rights_test.moc"
