#include <fusebox/intent/reach.h>
#include <fusebox/support/test_case.h>

#include <array>

using namespace fusebox;
using namespace std::chrono_literals;
using intent::Aim;
using intent::Wish;

namespace {

domain::Snapshot breakerNamed(const std::string& name, domain::State state = domain::State::closed) {
    domain::Snapshot snapshot;
    snapshot.identity = std::make_shared<domain::Identity>(
        domain::Identity{domain::BreakerId(name), name, "http", "", "shop", "local"});
    snapshot.state = state;
    return snapshot;
}

Aim aimAt(const domain::Snapshot& snapshot, std::optional<double> calls) {
    return {snapshot.identity->id, &snapshot, calls};
}

Wish wishOf(domain::CommandKind kind) {
    Wish wish;
    wish.kind = kind;
    return wish;
}

QString previewOf(const Wish& wish, const std::vector<Aim>& aims) {
    return intent::preview(wish, intent::reachOf(wish, aims, QStringLiteral("ann")));
}

}  // namespace

class ReachTest : public QObject {
    Q_OBJECT

private slots:
    void it_says_how_many_are_touched_and_by_how_much();
    void it_says_who_is_left_out_and_why();
    void a_breaker_that_is_gone_is_left_out();
    void many_that_are_left_out_are_counted();
    void a_release_is_of_the_actors_own_holds();
    void the_kinds_of_holds_differ_in_their_effect();
    void without_any_breaker_it_says_so();
};

void ReachTest::it_says_how_many_are_touched_and_by_how_much() {
    const domain::Snapshot a = breakerNamed("a");
    const domain::Snapshot b = breakerNamed("b");
    QCOMPARE(previewOf(wishOf(domain::CommandKind::trip), {aimAt(a, 10.2), aimAt(b, 31.6)}),
             QStringLiteral("All 2 breakers: about 42 calls/s will be refused until each is reset or its wait ends."));
    QVERIFY(previewOf(wishOf(domain::CommandKind::trip), {aimAt(a, {}), aimAt(b, {})})
                .startsWith(QStringLiteral("All 2 breakers: calls will be refused")));
}

void ReachTest::it_says_who_is_left_out_and_why() {
    const domain::Snapshot a = breakerNamed("a");
    const domain::Snapshot open = breakerNamed("search", domain::State::open);
    const intent::Reach reach =
        intent::reachOf(wishOf(domain::CommandKind::trip), {aimAt(a, 1.0), aimAt(open, 5.0)}, QStringLiteral("ann"));
    QCOMPARE(reach.able.size(), std::size_t{1});
    QCOMPARE(reach.unable.size(), std::size_t{1});
    const QString text = intent::preview(wishOf(domain::CommandKind::trip), reach);
    QVERIFY2(text.startsWith(QStringLiteral("1 of 2 breakers: about 1 call/s")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("Left out: search (")), qPrintable(text));
}

void ReachTest::a_breaker_that_is_gone_is_left_out() {
    const QString text = previewOf(wishOf(domain::CommandKind::trip), {{domain::BreakerId("gone\n"), nullptr, {}}});
    QVERIFY2(text.startsWith(QStringLiteral("It can be done to none of 1 breaker.")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("gone⏎ (It is no longer there.)")), qPrintable(text));
}

void ReachTest::many_that_are_left_out_are_counted() {
    const domain::Snapshot open = breakerNamed("x", domain::State::open);
    const std::vector<Aim> aims(9, aimAt(open, {}));
    QVERIFY(previewOf(wishOf(domain::CommandKind::trip), aims).endsWith(QStringLiteral(" and 5 more.")));
}

void ReachTest::a_release_is_of_the_actors_own_holds() {
    domain::Snapshot mine = breakerNamed("mine");
    mine.holds.push_back({domain::HoldId(1), domain::HoldMode::forceOpen, "ann", "deploy", {}, {}, {}});
    domain::Snapshot others = breakerNamed("others");
    others.holds.push_back({domain::HoldId(2), domain::HoldMode::forceOpen, "bob", "deploy", {}, {}, {}});
    const QString text = previewOf(wishOf(domain::CommandKind::release), {aimAt(mine, {}), aimAt(others, {})});
    QVERIFY2(text.startsWith(QStringLiteral("1 of 2 breakers: your holds on them end")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("others (It is held by bob")), qPrintable(text));
}

void ReachTest::the_kinds_of_holds_differ_in_their_effect() {
    const domain::Snapshot a = breakerNamed("a");
    Wish wish = wishOf(domain::CommandKind::hold);
    wish.duration = 30min;
    const std::array expected{std::pair{domain::HoldMode::forceOpen, "will be refused for 30 min"},
                              std::pair{domain::HoldMode::forceClosed, "however many of them fail"},
                              std::pair{domain::HoldMode::metricsOnly, "what would have been refused"},
                              std::pair{domain::HoldMode::disabled, "nothing is measured"}};
    for (const auto& [mode, words] : expected) {
        wish.holdMode = mode;
        const QString text = previewOf(wish, {aimAt(a, 2.0), aimAt(a, 2.0)});
        QVERIFY2(text.contains(QLatin1String(words)), qPrintable(text));
    }
}

void ReachTest::without_any_breaker_it_says_so() {
    QCOMPARE(previewOf(wishOf(domain::CommandKind::trip), {}), QStringLiteral("There is no breaker."));
}

FUSEBOX_TEST(ReachTest)

#include "reach_test.moc"
