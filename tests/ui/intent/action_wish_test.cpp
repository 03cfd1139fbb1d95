// Wishes about recovery actions, and commands that are for no breaker.
#include <fusebox/base/clock.h>
#include <fusebox/intent/command_desk.h>
#include <fusebox/support/test_case.h>

#include <memory>
#include <vector>

using namespace fusebox;
using namespace std::chrono_literals;
using domain::ActionMode;
using domain::CommandKind;
using domain::RecoveryAction;
using intent::Wish;

namespace {

domain::ActionStanding restart() {
    domain::ActionStanding standing;
    standing.action = RecoveryAction::restartService;
    standing.effect = "Runs `systemctl restart search.service`, at most 30 s.";
    return standing;
}

Wish runWish() {
    Wish wish;
    wish.kind = CommandKind::action;
    wish.action = RecoveryAction::restartService;
    return wish;
}

Wish modeWish(ActionMode mode) {
    Wish wish = runWish();
    wish.kind = CommandKind::actionMode;
    wish.mode = mode;
    return wish;
}

}  // namespace

class ActionWishTest : public QObject {
    Q_OBJECT

private slots:
    void an_action_can_be_run_unless_it_says_why_not();
    void a_mode_can_be_changed_to_another_one();
    void the_action_itself_says_what_it_will_do();
    void a_held_or_unknown_breaker_can_be_cured_too();
    void the_command_names_action_and_mode();
    void a_command_for_the_whole_program_names_no_breaker();
};

void ActionWishTest::an_action_can_be_run_unless_it_says_why_not() {
    domain::ActionStanding standing = restart();
    QVERIFY(intent::possible(runWish(), &standing).enabled);
    standing.running = true;
    QCOMPARE(intent::possible(runWish(), &standing).whyNot, QStringLiteral("It is running already."));
    standing.running = false;
    standing.whyNot = "No unit is\nconfigured.";
    QCOMPARE(intent::possible(runWish(), &standing).whyNot, QStringLiteral("No unit is⏎configured."));
    QVERIFY(!intent::possible(runWish(), nullptr).enabled);
}

void ActionWishTest::a_mode_can_be_changed_to_another_one() {
    domain::ActionStanding standing = restart();
    standing.whyNot = "No unit is configured.";
    QVERIFY(intent::possible(modeWish(ActionMode::automatic), &standing).enabled);
    QVERIFY(!intent::possible(modeWish(ActionMode::manual), &standing).enabled);
    QVERIFY(intent::preview(modeWish(ActionMode::proposed), standing).contains(QStringLiteral("approves")));
}

void ActionWishTest::the_action_itself_says_what_it_will_do() {
    domain::ActionStanding standing = restart();
    QCOMPARE(intent::preview(runWish(), standing),
             QStringLiteral("Runs `systemctl restart search.service`, at most 30 s."));
    standing.lockedOut = true;
    standing.failuresInRow = 2;
    standing.coolDownLeft = 42s;
    const QString text = intent::preview(runWish(), standing);
    QVERIFY(text.contains(QStringLiteral("failed 2 times in a row")));
    QVERIFY(text.contains(QStringLiteral("another 0:42")));
}

void ActionWishTest::a_held_or_unknown_breaker_can_be_cured_too() {
    domain::Snapshot snapshot;
    snapshot.identity = std::make_shared<domain::Identity>();
    snapshot.state = domain::State::unknown;
    QVERIFY(intent::possible(runWish(), snapshot, QStringLiteral("ann")).enabled);
}

void ActionWishTest::the_command_names_action_and_mode() {
    base::ManualClock clock;
    std::vector<domain::Command> sent;
    intent::CommandDesk desk(clock, QStringLiteral("ann"), [&](domain::Command command) { sent.push_back(command); });
    domain::Snapshot snapshot;
    snapshot.identity = std::make_shared<domain::Identity>(
        domain::Identity{domain::BreakerId("search"), "search", "http", "", "", "local"});
    Wish wish = modeWish(ActionMode::automatic);
    wish.reason = QStringLiteral("it helps each time");
    const domain::CommandId id = desk.submit(wish, snapshot);
    QCOMPARE(sent.size(), std::size_t(1));
    QCOMPARE(sent[0].breaker.value, std::string("search"));
    QVERIFY(sent[0].action == RecoveryAction::restartService);
    QVERIFY(sent[0].mode == ActionMode::automatic);
    QVERIFY(desk.lastFor(snapshot.identity->id, RecoveryAction::restartService)->command.id == id);
    QVERIFY(desk.lastFor(snapshot.identity->id, RecoveryAction::clearCache) == nullptr);
}

void ActionWishTest::a_command_for_the_whole_program_names_no_breaker() {
    base::ManualClock clock;
    std::vector<domain::Command> sent;
    intent::CommandDesk desk(clock, QStringLiteral("ann"), [&](domain::Command command) { sent.push_back(command); });
    Wish wish;
    wish.kind = CommandKind::stopActions;
    wish.reason = QStringLiteral("it restarts all the time");
    desk.submit(wish);
    QVERIFY(sent.at(0).breaker.value.empty() && sent.at(0).group.empty());
    QVERIFY(sent.at(0).kind == CommandKind::stopActions);
    QVERIFY(desk.lastOf({CommandKind::stopActions, CommandKind::resumeActions}) != nullptr);
    QVERIFY(desk.lastOf({CommandKind::resumeActions}) == nullptr);
}

FUSEBOX_TEST(ActionWishTest)

#include "action_wish_test.moc"
