#include <fusebox/base/clock.h>
#include <fusebox/sources/local_source.h>
#include <fusebox/support/test_case.h>

using namespace fusebox;
using namespace std::chrono_literals;
using domain::Command;
using domain::CommandKind;
using domain::CommandReport;
using domain::CommandStatus;
using domain::State;

class LocalSourceTest : public QObject {
    Q_OBJECT
private slots:
    void gathering_gives_snapshots_in_a_stable_order_and_the_events() {
        const collector::Gathered first = gathered();
        QCOMPARE(first.snapshots.size(), 2U);
        QCOMPARE(first.snapshots[0].identity->id.value, std::string("cache"));
        QCOMPARE(first.snapshots[1].identity->id.value, std::string("orders"));
        QVERIFY(!first.events.empty());  // breakers were added
        (void)m_source->apply(command(CommandKind::trip));
        const collector::Gathered second = gathered();
        QCOMPARE(second.events.size(), 1U);
        QCOMPARE(second.events[0].kind, domain::EventKind::transition);
        QCOMPARE(second.events[0].actor, std::string("ann"));
        QVERIFY(second.snapshots[1].state == State::open);
        QVERIFY(gathered().events.empty());
    }

    void gathering_ticks_the_breakers() {
        Command hold = command(CommandKind::hold);
        hold.duration = 1s;
        (void)m_source->apply(hold);
        QCOMPARE(gathered().snapshots[1].holds.size(), 1U);
        m_clock.advance(2s);
        QCOMPARE(gathered().snapshots[1].holds.size(), 0U);
    }

    void the_latencies_of_all_breakers_are_merged() {
        for (const char* id : {"orders", "cache"}) {
            auto acquired = m_breakers->find(domain::BreakerId(id))->tryAcquire();
            m_clock.advance(20ms);
            acquired.permit().success();
        }
        QCOMPARE(gathered().latency.count(), 2U);
    }

    void it_owns_its_breakers_only() {
        QVERIFY(m_source->owns(domain::BreakerId("orders")));
        QVERIFY(!m_source->owns(domain::BreakerId("nobody")));
    }

    void trip_and_reset_are_applied_with_states_and_a_sentence() {
        Command trip = command(CommandKind::trip);
        trip.duration = 30s;
        const CommandReport tripped = m_source->apply(trip);
        QCOMPARE(tripped.status, CommandStatus::applied);
        QVERIFY(tripped.before == State::closed && tripped.after == State::open);
        QCOMPARE(tripped.message, std::string("CLOSED to OPEN; calls are refused for 30 s"));
        const CommandReport reset = m_source->apply(command(CommandKind::reset));
        QVERIFY(reset.before == State::open && reset.after == State::closed);
        QCOMPARE(reset.message, std::string("OPEN to CLOSED; it counts anew"));
        const auto transitions = m_orders->snapshot().detail->transitions;
        QCOMPARE(transitions.back().actor, std::string("ann"));
        QCOMPARE(transitions.back().reason, std::string("deploying the fix"));
    }

    void holds_are_placed_and_released_one_by_one_or_all_of_an_actor() {
        Command hold = command(CommandKind::hold);
        hold.holdMode = domain::HoldMode::forceClosed;
        hold.duration = 90s;
        const CommandReport placed = m_source->apply(hold);
        QCOMPARE(placed.status, CommandStatus::applied);
        QVERIFY(placed.message.ends_with("FORCE_CLOSED for 90 s"));
        hold.duration.reset();
        QVERIFY(m_source->apply(hold).message.ends_with("FORCE_CLOSED until it is released"));
        Command release = command(CommandKind::release);
        release.hold = m_orders->snapshot().holds.at(0).id;
        QCOMPARE(m_source->apply(release).status, CommandStatus::applied);
        release.hold.reset();
        const CommandReport rest = m_source->apply(release);
        QCOMPARE(rest.message, std::string("1 hold of ann gone"));
        QVERIFY(m_orders->snapshot().holds.empty());
        QCOMPARE(m_source->apply(release).status, CommandStatus::refused);
    }

    void only_its_owner_or_an_admin_releases_a_hold_and_the_owner_is_told_R4() {
        Command hold = command(CommandKind::hold);
        hold.actor = "bob";
        (void)m_source->apply(hold);
        (void)gathered();
        Command release = command(CommandKind::release);
        release.hold = m_orders->snapshot().holds.at(0).id;
        release.role = domain::Role::operatorRole;
        const CommandReport refused = m_source->apply(release);
        QCOMPARE(refused.status, CommandStatus::refused);
        QCOMPARE(refused.message,
                 std::string("This hold is of bob; for others to release it needs the role admin; yours is operator."));
        QCOMPARE(m_orders->snapshot().holds.size(), 1U);
        release.role = domain::Role::admin;
        QCOMPARE(m_source->apply(release).status, CommandStatus::applied);
        const auto events = gathered().events;
        QCOMPARE(events.at(0).text, std::string("FORCE_OPEN of bob released by ann: deploying the fix"));
        QCOMPARE(events.at(0).level, domain::Level::warning);
    }

    void an_operator_releases_their_own_hold() {
        Command hold = command(CommandKind::hold);
        (void)m_source->apply(hold);
        Command release = command(CommandKind::release);
        release.role = domain::Role::operatorRole;
        release.hold = m_orders->snapshot().holds.at(0).id;
        QCOMPARE(m_source->apply(release).status, CommandStatus::applied);
    }

    void a_change_that_lies_outside_the_breaker_gives_it_another_revision() {
        const domain::BreakerId id("orders");
        const auto before = m_source->revisionOf(id);
        QVERIFY(before.has_value());
        m_source->noteChange(id);
        QVERIFY(m_source->revisionOf(id) > before);
        QVERIFY(!m_source->revisionOf(domain::BreakerId("nobody")));
    }

    void what_the_breaker_does_not_allow_is_refused_with_its_reason() {
        (void)m_source->apply(command(CommandKind::hold));
        const CommandReport report = m_source->apply(command(CommandKind::reset));
        QCOMPARE(report.status, CommandStatus::refused);
        QVERIFY(!report.message.empty());
        QCOMPARE(m_source->apply(command(CommandKind::probe)).status, CommandStatus::refused);
        QVERIFY(m_woken.empty());
    }

    void a_probe_makes_the_breaker_half_open_and_wakes_its_dependency() {
        (void)m_source->apply(command(CommandKind::trip));
        const CommandReport report = m_source->apply(command(CommandKind::probe));
        QCOMPARE(report.status, CommandStatus::applied);
        QVERIFY(report.after == State::halfOpen);
        QCOMPARE(m_woken, std::vector<std::string>{"orders"});
    }

    void a_breaker_that_was_removed_meanwhile_is_refused() {
        (void)m_breakers->remove(domain::BreakerId("orders"));
        QCOMPARE(m_source->apply(command(CommandKind::trip)).status, CommandStatus::refused);
    }

    void who_has_not_seen_the_newest_hold_is_refused() {
        const std::uint64_t seen = gathered().snapshots[1].revision;
        Command others = command(CommandKind::hold);
        others.actor = "bob";
        others.holdMode = domain::HoldMode::metricsOnly;
        (void)m_source->apply(others);
        Command trip = command(CommandKind::trip);
        trip.seenRevision = seen;
        QCOMPARE(m_source->apply(trip).status, CommandStatus::refused);  // before any frame showed the hold
        const std::uint64_t now = gathered().snapshots[1].revision;
        QCOMPARE(m_source->apply(trip).status, CommandStatus::refused);
        trip.seenRevision = now;
        QCOMPARE(m_source->apply(trip).status, CommandStatus::applied);
    }

    void who_has_not_seen_that_a_hold_is_gone_is_refused() {
        Command hold = command(CommandKind::hold);
        hold.holdMode = domain::HoldMode::metricsOnly;
        (void)m_source->apply(hold);
        const std::uint64_t seen = gathered().snapshots[1].revision;
        (void)m_source->apply(command(CommandKind::release));
        (void)gathered();
        Command again = command(CommandKind::hold);
        again.seenRevision = seen;
        QCOMPARE(m_source->apply(again).status, CommandStatus::refused);
    }

    void what_the_automaton_did_meanwhile_is_no_objection() {
        const std::uint64_t seen = gathered().snapshots[1].revision;
        (void)m_source->apply(command(CommandKind::trip));
        (void)gathered();
        Command reset = command(CommandKind::reset);
        reset.seenRevision = seen;
        QCOMPARE(m_source->apply(reset).status, CommandStatus::applied);
    }

    void init() {
        m_woken.clear();
        m_breakers = std::make_shared<breaker::CircuitBreakerManager>(m_clock);
        for (const char* id : {"orders", "cache"}) {
            domain::Identity identity;
            identity.id = domain::BreakerId(id);
            identity.name = id;
            QVERIFY(m_breakers->create(std::move(identity), {}));
        }
        m_orders = m_breakers->find(domain::BreakerId("orders"));
        m_source = std::make_unique<sources::LocalSource>(
            m_breakers, [this](const domain::BreakerId& id) { m_woken.push_back(id.value); });
    }

private:
    static Command command(CommandKind kind) {
        Command command;
        command.id = domain::CommandId("c");
        command.kind = kind;
        command.breaker = domain::BreakerId("orders");
        command.actor = "ann";
        command.reason = "deploying the fix";
        return command;
    }

    collector::Gathered gathered() {
        collector::Gathered into;
        m_source->gather(into);
        return into;
    }

    base::ManualClock m_clock;
    std::shared_ptr<breaker::CircuitBreakerManager> m_breakers;
    std::shared_ptr<breaker::CircuitBreaker> m_orders;
    std::unique_ptr<sources::LocalSource> m_source;
    std::vector<std::string> m_woken;
};

FUSEBOX_TEST(LocalSourceTest)
#include "local_source_test.moc"
