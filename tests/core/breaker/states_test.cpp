// Every state meets every input.

#include "guarded.h"

#include <fusebox/support/test_case.h>

namespace fusebox::breaker {

using domain::State;
using domain::TransitionCause;

class StatesTest : public QObject {
    Q_OBJECT

    /// A breaker in the given state, without calls in flight.
    static std::unique_ptr<Guarded> in(State state) {
        auto guarded = std::make_unique<Guarded>();
        if (state != State::closed) {
            (void)guarded->breaker->trip("ann", "test");
        }
        if (state == State::halfOpen) {
            (void)guarded->breaker->probeNow("ann", "test");
        }
        return guarded;
    }

private slots:
    void each_input_leads_where_it_should_data() {
        QTest::addColumn<int>("from");
        QTest::addColumn<QString>("input");
        QTest::addColumn<int>("to");
        const auto row = [](State from, const char* input, State to) {
            QTest::addRow("%s %s", domain::toWord(from).data(), input)
                << static_cast<int>(from) << input << static_cast<int>(to);
        };
        for (const State state : {State::closed, State::open, State::halfOpen}) {
            row(state, "trip", State::open);
            row(state, "reset", State::closed);
            row(state, "tick", state);
            row(state, "snapshot", state);
            row(state, "reconfigure", state);
        }
        row(State::closed, "success", State::closed);
        row(State::closed, "failure", State::closed);
        row(State::closed, "two failures", State::open);
        row(State::closed, "ignored", State::closed);
        row(State::closed, "cancelled", State::closed);
        row(State::closed, "probe", State::closed);
        row(State::closed, "a long time", State::closed);
        row(State::open, "success", State::open);
        row(State::open, "failure", State::open);
        row(State::open, "probe", State::halfOpen);
        row(State::open, "a long time", State::open);
        row(State::open, "a call after the wait", State::halfOpen);
        row(State::halfOpen, "success", State::closed);
        row(State::halfOpen, "failure", State::open);
        row(State::halfOpen, "ignored", State::halfOpen);
        row(State::halfOpen, "cancelled", State::halfOpen);
        row(State::halfOpen, "probe", State::halfOpen);
        row(State::halfOpen, "a long time", State::open);
    }

    void each_input_leads_where_it_should() {
        QFETCH(int, from);
        QFETCH(QString, input);
        QFETCH(int, to);
        const auto guarded = in(static_cast<State>(from));
        CircuitBreaker& breaker = *guarded->breaker;
        if (input == "trip") {
            QVERIFY(breaker.trip("ann", "test"));
        } else if (input == "reset") {
            QVERIFY(breaker.reset("ann", "test"));
        } else if (input == "probe") {
            QCOMPARE(breaker.probeNow("ann", "test").has_value(), static_cast<State>(from) != State::closed);
        } else if (input == "tick") {
            breaker.tick();
        } else if (input == "snapshot") {
            (void)breaker.snapshot();
        } else if (input == "reconfigure") {
            QVERIFY(breaker.reconfigure(quiet()));
        } else if (input == "success") {
            guarded->succeed();
        } else if (input == "failure") {
            guarded->fail();
        } else if (input == "two failures") {
            guarded->run("ff");
        } else if (input == "ignored") {
            guarded->acquire().ignore();
        } else if (input == "cancelled") {
            guarded->acquire().cancel();
        } else if (input == "a long time") {
            guarded->clock.advance(1h);
            breaker.tick();
        } else if (input == "a call after the wait") {
            guarded->clock.advance(10s);
            Permit permit = guarded->acquire();
            QVERIFY(static_cast<bool>(permit));
            QCOMPARE(breaker.state(), State::halfOpen);
            return;
        }
        QCOMPARE(static_cast<int>(breaker.state()), to);
    }

    void a_cycle_is_recorded_with_causes_and_without_gaps() {
        Guarded guarded;
        guarded.run("ff");
        guarded.clock.advance(10s);
        guarded.succeed();
        const auto snapshot = guarded.breaker->snapshot();
        const auto& transitions = snapshot.detail->transitions;
        QCOMPARE(transitions.size(), std::size_t{3});
        QCOMPARE(transitions[0].cause, TransitionCause::tripRule);
        QCOMPARE(transitions[1].cause, TransitionCause::waitElapsed);
        QCOMPARE(transitions[2].cause, TransitionCause::probesSucceeded);
        for (std::size_t i = 0; i < transitions.size(); ++i) {
            QCOMPARE(transitions[i].sequence, i + 1);
            QCOMPARE(transitions[i].generation, static_cast<std::uint32_t>(i + 1));
        }
    }

    void a_push_to_the_same_state_is_no_transition() {
        Guarded guarded;
        QVERIFY(guarded.breaker->reset("ann", "test"));
        QVERIFY(guarded.breaker->trip("ann", "test"));
        QVERIFY(guarded.breaker->trip("ann", "test"));
        QVERIFY(guarded.breaker->probeNow("ann", "test"));
        QVERIFY(guarded.breaker->probeNow("ann", "test"));
        QCOMPARE(guarded.breaker->snapshot().metrics.transitions, std::uint64_t{2});
    }

    void a_trip_can_bring_its_own_wait() {
        Guarded guarded;
        QVERIFY(guarded.breaker->trip("ann", "upgrade", 2h));
        guarded.clock.advance(2h - 1ns);
        QVERIFY(!guarded.succeed());
        guarded.clock.advance(1ns);
        QVERIFY(guarded.succeed());
        QVERIFY(!guarded.breaker->trip("ann", "nonsense", -1s));
    }

    void a_trip_while_open_may_only_change_the_wait() {
        Guarded guarded;
        QVERIFY(guarded.breaker->trip("ann", "upgrade", 2h));
        QVERIFY(guarded.breaker->trip("ann", "shorter after all", 1s));
        guarded.clock.advance(1s);
        QVERIFY(guarded.succeed());
    }

    void reset_empties_the_window() {
        CircuitBreakerConfig config = quiet();
        config.failureThreshold = 3;
        Guarded guarded(config);
        guarded.run("ff");
        QVERIFY(guarded.breaker->reset("ann", "test"));
        QCOMPARE(guarded.window().calls, std::uint64_t{0});
        guarded.run("ff");
        QCOMPARE(guarded.state(), State::closed);
    }

    void it_can_begin_open_or_half_open() {
        CircuitBreakerConfig config = twoInARow();
        config.initialState = State::open;
        Guarded open(config);
        QVERIFY(!open.succeed());
        open.clock.advance(10s);
        QVERIFY(open.succeed());
        QCOMPARE(open.state(), State::closed);
        config.initialState = State::halfOpen;
        Guarded half(config);
        QVERIFY(half.succeed());
        QCOMPARE(half.state(), State::closed);
    }

    void wall_clock_jumps_change_nothing() {
        Guarded guarded;
        guarded.run("ff");
        guarded.clock.jumpWall(1h);
        guarded.breaker->tick();
        QVERIFY(!guarded.succeed());
        guarded.clock.jumpWall(-2h);
        guarded.clock.advance(10s);
        QVERIFY(guarded.succeed());
    }
};

FUSEBOX_TEST(StatesTest)

}  // namespace fusebox::breaker

#include "states_test.moc"
