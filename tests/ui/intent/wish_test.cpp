#include <fusebox/intent/wish.h>
#include <fusebox/support/test_case.h>

#include <memory>

using namespace fusebox;
using namespace std::chrono_literals;
using domain::CommandKind;
using domain::HoldMode;
using domain::State;
using intent::Wish;

namespace {

const QString kAnn = QStringLiteral("ann");

domain::Snapshot breakerIn(State state) {
    domain::Snapshot snapshot;
    snapshot.identity =
        std::make_shared<domain::Identity>(domain::Identity{domain::BreakerId("a"), "a", "http", "", "", "local"});
    domain::Detail detail;
    detail.sheet = std::make_shared<domain::ConfigSheet>(domain::ConfigSheet{{{"open_timeout", "30 s"}}, {}});
    snapshot.detail = std::make_shared<domain::Detail>(std::move(detail));
    snapshot.state = state;
    return snapshot;
}

domain::Snapshot heldBy(const std::string& who, HoldMode mode, State state = State::closed) {
    domain::Snapshot snapshot = breakerIn(state);
    domain::Hold hold;
    hold.id = domain::HoldId(7);
    hold.mode = mode;
    hold.who = who;
    snapshot.holds = {hold};
    snapshot.heldAs = mode;
    return snapshot;
}

Wish wishFor(CommandKind kind, HoldMode mode = HoldMode::forceOpen) {
    Wish wish;
    wish.kind = kind;
    wish.holdMode = mode;
    return wish;
}

bool can(CommandKind kind, const domain::Snapshot& snapshot) {
    return intent::possible(wishFor(kind), snapshot, kAnn).enabled;
}

}  // namespace

class WishTest : public QObject {
    Q_OBJECT

private slots:
    void each_state_allows_what_makes_sense();
    void what_is_refused_says_why();
    void a_hold_bars_pushes_until_it_is_released();
    void each_releases_only_his_own_unless_he_names_the_hold();
    void nothing_is_done_to_what_is_not_known();
    void a_trip_says_how_many_calls_it_will_refuse();
    void the_number_of_calls_is_said_in_words_that_fit();
    void a_hold_says_for_how_long();
    void a_weaker_hold_says_that_it_changes_nothing();
    void a_release_says_what_rules_then();
    void a_probe_says_when_it_would_come_by_itself();
    void each_wish_has_its_verb();
};

void WishTest::each_state_allows_what_makes_sense() {
    const domain::Snapshot closed = breakerIn(State::closed);
    QVERIFY(can(CommandKind::trip, closed));
    QVERIFY(can(CommandKind::hold, closed));
    QVERIFY(!can(CommandKind::reset, closed));
    QVERIFY(!can(CommandKind::probe, closed));
    QVERIFY(!can(CommandKind::release, closed));
    const domain::Snapshot open = breakerIn(State::open);
    QVERIFY(!can(CommandKind::trip, open));
    QVERIFY(can(CommandKind::reset, open));
    QVERIFY(can(CommandKind::probe, open));
    const domain::Snapshot halfOpen = breakerIn(State::halfOpen);
    QVERIFY(can(CommandKind::trip, halfOpen));
    QVERIFY(can(CommandKind::reset, halfOpen));
    QVERIFY(!can(CommandKind::probe, halfOpen));
}

void WishTest::what_is_refused_says_why() {
    const auto whyNot = [](CommandKind kind, State state) {
        return intent::possible(wishFor(kind), breakerIn(state), kAnn).whyNot;
    };
    QCOMPARE(whyNot(CommandKind::trip, State::open), QStringLiteral("It is open already."));
    QCOMPARE(whyNot(CommandKind::reset, State::closed), QStringLiteral("It is closed already."));
    QCOMPARE(whyNot(CommandKind::probe, State::closed), QStringLiteral("Only an open breaker can be probed."));
    QCOMPARE(whyNot(CommandKind::probe, State::halfOpen), QStringLiteral("It is probing already."));
    QCOMPARE(whyNot(CommandKind::release, State::closed), QStringLiteral("No hold lies on it."));
    QVERIFY(whyNot(CommandKind::trip, State::closed).isEmpty());
}

void WishTest::a_hold_bars_pushes_until_it_is_released() {
    const domain::Snapshot held = heldBy("bob\n", HoldMode::forceClosed);
    const intent::Possibility trip = intent::possible(wishFor(CommandKind::trip), held, kAnn);
    QCOMPARE(trip.whyNot, QStringLiteral("It is held by bob⏎: release the hold first."));
    QVERIFY(!trip.enabled);
    QVERIFY(can(CommandKind::hold, held));
    QVERIFY(can(CommandKind::trip, heldBy("bob", HoldMode::metricsOnly)));
}

void WishTest::each_releases_only_his_own_unless_he_names_the_hold() {
    QVERIFY(can(CommandKind::release, heldBy("ann", HoldMode::forceOpen)));
    const domain::Snapshot foreign = heldBy("bob", HoldMode::forceOpen);
    QCOMPARE(intent::possible(wishFor(CommandKind::release), foreign, kAnn).whyNot,
             QStringLiteral("It is held by bob, not by you: release that hold in the list of holds."));
    Wish named = wishFor(CommandKind::release);
    named.hold = domain::HoldId(7);
    QVERIFY(intent::possible(named, foreign, kAnn).enabled);
    named.hold = domain::HoldId(8);
    QCOMPARE(intent::possible(named, foreign, kAnn).whyNot, QStringLiteral("This hold is gone."));
}

void WishTest::nothing_is_done_to_what_is_not_known() {
    for (const State state : {State::unknown, State::stale}) {
        for (const CommandKind kind :
             {CommandKind::trip, CommandKind::reset, CommandKind::hold, CommandKind::release, CommandKind::probe}) {
            QVERIFY(!can(kind, breakerIn(state)));
        }
    }
}

void WishTest::a_trip_says_how_many_calls_it_will_refuse() {
    const Wish trip = wishFor(CommandKind::trip);
    QCOMPARE(preview(trip, breakerIn(State::closed), 12.3),
             QStringLiteral("About 12 calls/s will be refused until it is reset or its wait of 30 s ends."));
    Wish timed = trip;
    timed.duration = 5min;
    QCOMPARE(preview(timed, breakerIn(State::closed), 1.2),
             QStringLiteral("About 1 call/s will be refused until it is reset or its wait of 5 min ends."));
    domain::Snapshot bare = breakerIn(State::closed);
    bare.detail.reset();
    QCOMPARE(preview(trip, bare, {}), QStringLiteral("Calls will be refused until it is reset or its wait ends."));
    QCOMPARE(preview(trip, heldBy("bob", HoldMode::metricsOnly), 12.0),
             QStringLiteral("No call will be refused, since a hold lets all pass; it will count as open."));
}

void WishTest::the_number_of_calls_is_said_in_words_that_fit() {
    const Wish reset = wishFor(CommandKind::reset);
    const domain::Snapshot open = breakerIn(State::open);
    const QString rest = QStringLiteral(" will pass again at once; it starts with an empty window.");
    QCOMPARE(preview(reset, open, 0.0), QStringLiteral("Calls (none come now)") + rest);
    QCOMPARE(preview(reset, open, 0.4), QStringLiteral("Less than 1 call/s") + rest);
    QCOMPARE(preview(reset, open, 12'345.0), QStringLiteral("About 12,345 calls/s") + rest);
}

void WishTest::a_hold_says_for_how_long() {
    Wish hold = wishFor(CommandKind::hold);
    QCOMPARE(preview(hold, breakerIn(State::closed), 12.0),
             QStringLiteral("About 12 calls/s will be refused for 30 min, or until the hold is released."));
    hold.duration = 30min;
    QCOMPARE(preview(hold, breakerIn(State::closed), 12.0),
             QStringLiteral("About 12 calls/s will be refused for 30 min, or until the hold is released."));
    hold.holdMode = HoldMode::forceClosed;
    QCOMPARE(preview(hold, breakerIn(State::open), 12.0),
             QStringLiteral(
                 "About 12 calls/s will pass for 30 min, or until the hold is released, however many of them fail."));
    hold.holdMode = HoldMode::metricsOnly;
    QVERIFY(preview(hold, breakerIn(State::open), 12.0).contains(QStringLiteral("says when it would have opened")));
}

void WishTest::a_weaker_hold_says_that_it_changes_nothing() {
    QCOMPARE(preview(wishFor(CommandKind::hold, HoldMode::forceClosed), heldBy("bob", HoldMode::forceOpen), 12.0),
             QStringLiteral("Nothing changes as long as the stronger hold (forced open by bob) lies on it."));
}

void WishTest::a_release_says_what_rules_then() {
    const Wish release = wishFor(CommandKind::release);
    QCOMPARE(preview(release, heldBy("ann", HoldMode::forceOpen), 12.0),
             QStringLiteral("About 12 calls/s will pass again."));
    QCOMPARE(preview(release, heldBy("ann", HoldMode::forceOpen, State::open), 12.0),
             QStringLiteral("Its own state rules again (open): probes decide whether calls pass."));
    domain::Snapshot twice = heldBy("ann", HoldMode::forceOpen);
    twice.holds.push_back(twice.holds.front());
    twice.holds.back().id = domain::HoldId(8);
    Wish named = release;
    named.hold = domain::HoldId(8);
    QCOMPARE(preview(named, twice, 12.0), QStringLiteral("The hold of ann ends; 1 other hold stays on it."));
}

void WishTest::a_probe_says_when_it_would_come_by_itself() {
    domain::Snapshot open = breakerIn(State::open);
    open.untilProbe = 7s;
    QCOMPARE(preview(wishFor(CommandKind::probe), open, 12.0),
             QStringLiteral(
                 "The next calls pass as probes and decide whether it closes. By itself it would probe in 0:07."));
}

void WishTest::each_wish_has_its_verb() {
    QCOMPARE(intent::verb(wishFor(CommandKind::hold)), QStringLiteral("Hold open"));
    QCOMPARE(intent::verb(wishFor(CommandKind::hold, HoldMode::forceClosed)), QStringLiteral("Hold closed"));
    QCOMPARE(intent::verb(wishFor(CommandKind::probe)), QStringLiteral("Probe now"));
}

FUSEBOX_TEST(WishTest)

#include "wish_test.moc"
