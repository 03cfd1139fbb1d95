#include "guarded.h"

#include <fusebox/breaker/circuit_breaker_manager.h>
#include <fusebox/support/test_case.h>

#include <random>

namespace fusebox::breaker {

using domain::HoldMode;
using domain::SavedBreaker;
using domain::State;
using domain::TransitionCause;

namespace {

CircuitBreakerConfig byRate() {
    CircuitBreakerConfig config = quiet();
    config.failureRateThreshold = 0.5;
    config.minimumCalls = 4;
    return config;
}

/// A program that begins anew: another monotonic clock, the same wall.
struct Restarted {
    explicit Restarted(CircuitBreakerConfig config, base::WallTime wall)
        : clock(base::Time(std::chrono::minutes(3)), wall), breaker(Guarded::make(std::move(config), clock)) {}

    [[nodiscard]] domain::Snapshot snapshot() const { return breaker->snapshot(); }

    base::ManualClock clock;
    std::shared_ptr<CircuitBreaker> breaker;
};

}  // namespace

class RestoreTest : public QObject {
    Q_OBJECT
private slots:
    void an_open_breaker_stays_open_for_what_is_left_of_its_wait() {
        QVERIFY(m_first->run("ff"));
        m_first->clock.advance(4s);
        restart(3s);
        QCOMPARE(m_next->breaker->state(), State::open);
        QVERIFY(m_next->snapshot().untilProbe == 3s);
        QVERIFY(m_next->snapshot().openWait == 10s);
        QVERIFY(!m_next->breaker->tryAcquire());
        m_next->clock.advance(2999ms);
        QVERIFY(!m_next->breaker->tryAcquire());
        m_next->clock.advance(1ms);
        QVERIFY(m_next->breaker->tryAcquire().permitted());
        QCOMPARE(m_next->breaker->state(), State::halfOpen);
    }

    void a_wait_that_ended_meanwhile_lets_the_next_call_probe() {
        QVERIFY(m_first->run("ff"));
        restart(30s);
        QCOMPARE(m_next->breaker->state(), State::open);
        QVERIFY(m_next->snapshot().untilProbe == 0s);
        QVERIFY(m_next->breaker->tryAcquire().permitted());
    }

    void a_wall_clock_that_went_back_never_makes_a_wait_longer() {
        QVERIFY(m_first->run("ff"));
        m_first->clock.advance(4s);
        restart(-1h);
        QVERIFY(m_next->snapshot().untilProbe == 6s);
        SavedBreaker hostile = m_saved;
        hostile.untilProbe = std::chrono::hours(24 * 3000);
        hostile.openWait = base::Duration::max();
        Restarted other(twoInARow(), m_saved.savedAt);
        QVERIFY(other.breaker->restore(hostile));
        QVERIFY(*other.snapshot().untilProbe <= std::chrono::hours(24 * 366));
    }

    void the_transition_says_that_it_was_restored() {
        QVERIFY(m_first->run("ff"));
        restart(3s);
        const auto transitions = m_next->snapshot().detail->transitions;
        QCOMPARE(transitions.size(), 2U);
        QCOMPARE(transitions[0].cause, TransitionCause::tripRule);
        QCOMPARE(transitions[0].sequence, 1U);
        QVERIFY(transitions[0].at == m_next->clock.now() - 3s);
        QCOMPARE(transitions[1].cause, TransitionCause::restored);
        QCOMPARE(transitions[1].sequence, 2U);
        QCOMPARE(transitions[1].text(), std::string("restored: it was OPEN 3 s before"));
        const DrainedEvents drained = m_next->breaker->drainEvents();
        QCOMPARE(drained.events.size(), 1U);
        QCOMPARE(drained.events[0].text, std::string("CLOSED to OPEN: restored: it was OPEN 3 s before"));
    }

    void a_half_open_breaker_is_open_and_the_next_call_is_a_probe() {
        QVERIFY(m_first->run("ff"));
        m_first->clock.advance(10s);
        Permit probe = m_first->acquire();
        QCOMPARE(m_first->state(), State::halfOpen);
        restart(1s);
        QCOMPARE(m_next->breaker->state(), State::open);
        Acquired next = m_next->breaker->tryAcquire();
        QVERIFY(next.permitted());
        QCOMPARE(m_next->breaker->state(), State::halfOpen);
        next.permit().success();
        QCOMPARE(m_next->breaker->state(), State::closed);
        probe.cancel();
    }

    void waits_go_on_growing() {
        CircuitBreakerConfig config = twoInARow();
        config.backoff = Backoff::exponential;
        config.backoffMultiplier = 2;
        config.maxBackoff = 300s;
        begin(config);
        QVERIFY(m_first->run("ff"));
        m_first->clock.advance(10s);
        QVERIFY(m_first->fail());
        QVERIFY(m_first->breaker->snapshot().openWait == 20s);
        restart(25s);
        m_next->breaker->tryAcquire().permit().failure(domain::Category::transient);
        QVERIFY(m_next->snapshot().openWait == 40s);
    }

    void generations_revisions_and_numbers_go_on_upwards() {
        QVERIFY(m_first->run("ff"));
        QVERIFY(m_first->breaker->reset("ann", "x"));
        QVERIFY(m_first->run("ff"));
        const domain::Snapshot before = m_first->breaker->snapshot();
        restart(1s);
        const domain::Snapshot after = m_next->snapshot();
        QVERIFY(after.generation > before.generation);
        QVERIFY(after.revision > before.revision);
        QCOMPARE(after.metrics.transitions, before.metrics.transitions + 1);
        QVERIFY(!m_next->breaker->reconfigure(byRate(), before.revision));  // looked at before the restart
        QVERIFY(m_next->breaker->reconfigure(byRate(), after.revision));
    }

    void a_window_goes_on_with_what_has_not_left_it() {
        begin(byRate());
        QVERIFY(m_first->run("f"));
        m_first->clock.advance(5s);
        QVERIFY(m_first->run("sf"));
        restart(2s);
        QCOMPARE(m_next->breaker->state(), State::closed);
        QCOMPARE(m_next->snapshot().metrics.window.calls, 3U);
        QCOMPARE(m_next->snapshot().metrics.window.failures, 2U);
        QCOMPARE(m_next->snapshot().metrics.transitions, 0U);
        m_next->breaker->tryAcquire().permit().success();  // the fourth: 2 of 4 failed
        QCOMPARE(m_next->breaker->state(), State::open);
    }

    void slices_older_than_the_window_are_dropped() {
        begin(byRate());
        QVERIFY(m_first->run("f"));
        m_first->clock.advance(5s);
        QVERIFY(m_first->run("sf"));
        restart(5s);
        QCOMPARE(m_next->snapshot().metrics.window.calls, 2U);
        m_next->clock.advance(5s);
        QCOMPARE(m_next->snapshot().metrics.window.calls, 0U);
    }

    void every_kind_of_window_goes_on() {
        for (const WindowKind kind : {WindowKind::time, WindowKind::count, WindowKind::tumbling,
                                      WindowKind::tumblingAligned, WindowKind::firstEvent, WindowKind::unbounded}) {
            CircuitBreakerConfig config = byRate();
            config.windowKind = kind;
            config.windowCalls = 20;
            config.minimumCalls = 20;
            begin(config);
            QVERIFY(m_first->run("sfssfsss"));
            restart(1s);
            QCOMPARE(m_next->snapshot().metrics.window.calls, 8U);
            QCOMPARE(m_next->snapshot().metrics.window.failures, 2U);
            for (int i = 0; i < 11; ++i) m_next->breaker->tryAcquire().permit().failure(domain::Category::transient);
            QCOMPARE(m_next->breaker->state(), State::closed);  // 13 of 19
            m_next->breaker->tryAcquire().permit().failure(domain::Category::transient);
            QCOMPARE(m_next->breaker->state(), State::open);
        }
    }

    void failures_in_a_row_go_on() {
        QVERIFY(m_first->run("f"));
        restart(1s);
        m_next->breaker->tryAcquire().permit().failure(domain::Category::transient);
        QCOMPARE(m_next->breaker->state(), State::open);
    }

    void holds_go_on_with_their_numbers_and_what_is_left_of_them() {
        QVERIFY(m_first->breaker->hold(HoldMode::metricsOnly, "bob", "looking"));
        const auto gone = m_first->breaker->hold(HoldMode::metricsOnly, "eve", "x");
        QVERIFY(m_first->breaker->hold(HoldMode::forceOpen, "ann", "maintenance", 60s));
        QVERIFY(m_first->breaker->release(*gone, "eve", "x"));
        m_first->clock.advance(10s);
        restart(20s);
        const auto holds = m_next->snapshot().holds;
        QCOMPARE(holds.size(), 2U);
        QCOMPARE(holds[0].who, std::string("bob"));
        QCOMPARE(holds[1].why, std::string("maintenance"));
        QCOMPARE(holds[1].id.value, 3U);
        QVERIFY(holds[1].remaining == 30s);
        QVERIFY(m_next->breaker->heldAs() == HoldMode::forceOpen);
        QVERIFY(!m_next->breaker->tryAcquire());
        QCOMPARE(m_next->breaker->hold(HoldMode::forceOpen, "ann", "x")->value, 4U);
    }

    void a_hold_whose_time_passed_meanwhile_ends_by_half_open_never_straight_by_closed() {
        QVERIFY(m_first->breaker->hold(HoldMode::forceOpen, "ann", "maintenance", 60s));
        restart(61s);
        QVERIFY(!m_next->breaker->heldAs());
        QCOMPARE(m_next->breaker->state(), State::halfOpen);
        const DrainedEvents drained = m_next->breaker->drainEvents();
        QCOMPARE(drained.events.size(), 2U);
        QCOMPARE(drained.events[0].kind, domain::EventKind::holdExpired);
        QCOMPARE(m_next->snapshot().detail->transitions.back().cause, TransitionCause::holdExpired);
    }

    void a_ramp_begins_anew() {
        CircuitBreakerConfig config = twoInARow();
        config.rampSteps = {0.5};
        config.rampStepDuration = 10s;
        begin(config);
        restart(1s);
        QCOMPARE(refusedOfTen(), 0);  // CLOSED without a ramp comes back without one
        QVERIFY(m_first->run("ff"));
        m_first->clock.advance(10s);
        QVERIFY(m_first->succeed());
        m_first->clock.advance(9s);
        restart(1s);
        QCOMPARE(m_next->breaker->state(), State::closed);
        m_next->clock.advance(9s);
        QCOMPARE(refusedOfTen(), 5);
        m_next->clock.advance(1s);
        QCOMPARE(refusedOfTen(), 0);
    }

    void the_state_of_another_dependency_and_of_a_breaker_in_use_is_refused() {
        QVERIFY(m_first->run("ff"));
        SavedBreaker saved = m_first->breaker->save();
        QVERIFY(!m_first->breaker->restore(saved));
        Restarted next(twoInARow(), m_first->clock.wallNow());
        saved.target = "http://elsewhere/";
        QVERIFY(!next.breaker->restore(saved));
        saved.target.clear();
        saved.state = State::stale;
        QVERIFY(!next.breaker->restore(saved));
        QCOMPARE(next.breaker->state(), State::closed);
    }

    void a_breaker_that_begins_open_by_configuration_is_restored_closed() {
        CircuitBreakerConfig config = twoInARow();
        config.initialState = State::open;
        begin(config);
        QVERIFY(m_first->breaker->reset("ann", "x"));
        restart(1s);
        QCOMPARE(m_next->breaker->state(), State::closed);
        QVERIFY(m_next->breaker->tryAcquire().permitted());
    }

    void saving_and_restoring_twice_in_a_row_changes_no_more() {
        QVERIFY(m_first->run("ff"));
        m_first->clock.advance(4s);
        restart(0s);
        SavedBreaker again = m_next->breaker->save();
        QCOMPARE(again.state, m_saved.state);
        QVERIFY(again.untilProbe == m_saved.untilProbe);
        QVERIFY(again.openWait == m_saved.openWait);
        QVERIFY(again.outage == m_saved.outage);
        QCOMPARE(again.attempt, m_saved.attempt);
    }

    void a_random_life_goes_on_as_if_it_had_not_been_interrupted() {
        CircuitBreakerConfig config = quiet();
        config.windowKind = WindowKind::unbounded;
        config.failureThreshold = 5;
        config.openTimeout = 3s;
        std::mt19937 random(5);
        begin(config);
        Guarded steady(config);
        int states = 0;
        for (int i = 0; i < 3000; ++i) {
            const auto passes = std::chrono::milliseconds(random() % 900);
            m_first->clock.advance(passes);
            steady.clock.advance(passes);
            const bool good = random() % 3 != 0;
            QCOMPARE(good ? m_first->succeed() : m_first->fail(), good ? steady.succeed() : steady.fail());
            QCOMPARE(m_first->state(), steady.state());
            states += steady.state() == State::open ? 1 : 0;
            if (random() % 10 == 0 && m_first->state() != State::halfOpen) {
                const SavedBreaker saved = m_first->breaker->save();
                m_first->breaker = Guarded::make(config, m_first->clock);
                QVERIFY(m_first->breaker->restore(saved));
            }
        }
        QVERIFY(states > 200);
    }

    void the_manager_saves_and_restores_all_and_says_what_it_could_not() {
        base::ManualClock clock;
        CircuitBreakerManager first(clock);
        for (const char* id : {"a", "b", "c"}) {
            domain::Identity identity;
            identity.id = domain::BreakerId(id);
            QVERIFY(first.create(std::move(identity), twoInARow()));
        }
        QVERIFY(first.find(domain::BreakerId("b"))->trip("ann", "x"));
        CircuitBreakerManager next(clock);
        for (const char* id : {"b", "c"}) {
            domain::Identity identity;
            identity.id = domain::BreakerId(id);
            QVERIFY(next.create(std::move(identity), twoInARow()));
        }
        QVERIFY(next.find(domain::BreakerId("c"))->tryAcquire().permitted());
        const auto result = next.restoreAll(first.saveAll());
        QCOMPARE(result.restored, 1U);
        QCOMPARE(result.unknown, 1U);
        QCOMPARE(result.troubles.size(), 1U);
        QVERIFY(result.troubles[0].text().starts_with("c: it is in use already"));
        QCOMPARE(next.find(domain::BreakerId("b"))->state(), State::open);
    }

    void init() { begin(twoInARow()); }

private:
    int refusedOfTen() {
        int refused = 0;
        for (int i = 0; i < 10; ++i) {
            Acquired acquired = m_next->breaker->tryAcquire();
            refused += !acquired && acquired.refusal().reason == RefusalReason::rampUp ? 1 : 0;
            acquired.permit().success();
        }
        return refused;
    }
    void begin(CircuitBreakerConfig config) {
        m_config = config;
        m_first = std::make_unique<Guarded>(std::move(config));
    }
    void restart(std::chrono::milliseconds away) {
        m_saved = m_first->breaker->save();
        m_next = std::make_unique<Restarted>(m_config, m_saved.savedAt + away);
        QVERIFY(m_next->breaker->restore(m_saved));
    }

    CircuitBreakerConfig m_config;
    std::unique_ptr<Guarded> m_first;
    std::unique_ptr<Restarted> m_next;
    SavedBreaker m_saved;
};

}  // namespace fusebox::breaker

using fusebox::breaker::RestoreTest;
FUSEBOX_TEST(RestoreTest)
#include "restore_test.moc"
