// Operators' holds: what they override, who may end them, and what comes after.

#include "guarded.h"

#include <fusebox/support/test_case.h>

namespace fusebox::breaker {

using domain::EventKind;
using domain::HoldMode;
using domain::State;
using domain::TransitionCause;

class HoldsTest : public QObject {
    Q_OBJECT

    static domain::HoldId place(Guarded& guarded, HoldMode mode, std::optional<base::Duration> duration = {},
                                const std::string& who = "ann") {
        return guarded.breaker->hold(mode, who, "maintenance", duration).value();
    }

    static std::vector<std::string> warnings(Guarded& guarded, base::Duration later) {
        guarded.clock.advance(later);
        guarded.breaker->tick();
        std::vector<std::string> texts;
        for (const domain::Event& event : guarded.breaker->drainEvents().events) {
            if (event.kind == EventKind::notice) texts.push_back(event.text);
        }
        return texts;
    }

private slots:
    void force_open_refuses_until_it_is_released() {
        Guarded guarded;
        const auto hold = place(guarded, HoldMode::forceOpen);
        guarded.clock.advance(24h);
        guarded.breaker->tick();
        const Acquired refused = guarded.breaker->tryAcquire();
        QVERIFY(!refused);
        QCOMPARE(refused.refusal().reason, RefusalReason::heldOpen);
        QCOMPARE(guarded.breaker->heldAs().value(), HoldMode::forceOpen);
        QVERIFY(guarded.breaker->release(hold, "ann", "done"));
        QVERIFY(guarded.succeed());
        QCOMPARE(guarded.state(), State::closed);
    }

    void force_closed_lets_all_pass_and_measures() {
        Guarded guarded;
        const auto hold = place(guarded, HoldMode::forceClosed);
        QVERIFY(guarded.run(std::string(50, 'f')));
        QCOMPARE(guarded.state(), State::closed);
        QCOMPARE(guarded.window().failures, std::uint64_t{50});
        QVERIFY(guarded.breaker->release(hold, "ann", "done"));
        guarded.fail();  // now the rules look again
        QCOMPARE(guarded.state(), State::open);
    }

    void force_closed_on_an_open_breaker_lets_all_pass_and_keeps_its_state() {
        Guarded guarded;
        guarded.run("ff");
        const auto hold = place(guarded, HoldMode::forceClosed);
        guarded.clock.advance(1h);
        QVERIFY(guarded.run("sssf"));
        QCOMPARE(guarded.state(), State::open);
        QVERIFY(guarded.breaker->release(hold, "ann", "done"));
        QVERIFY(guarded.succeed());  // the wait is long over: this is the probe
        QCOMPARE(guarded.state(), State::closed);
    }

    void disabled_lets_all_pass_and_measures_nothing() {
        Guarded guarded;
        const auto hold = place(guarded, HoldMode::disabled);
        QVERIFY(guarded.run("fffff"));
        guarded.breaker->recordFailure(errorOf(domain::Category::transient), 1ms);
        QVERIFY(guarded.slow(1h));
        const domain::Snapshot snapshot = guarded.breaker->snapshot();
        QCOMPARE(snapshot.state, State::closed);
        QCOMPARE(snapshot.heldAs.value(), HoldMode::disabled);
        QCOMPARE(snapshot.metrics.window.calls, std::uint64_t{0});
        QCOMPARE(snapshot.metrics.latency.samples, std::uint64_t{0});
        QVERIFY(snapshot.detail->recentErrors.empty());
        QCOMPARE(snapshot.metrics.totals.failure, std::uint64_t{6});  // no permit is lost from the totals
        QCOMPARE(snapshot.metrics.totals.inFlight, std::uint64_t{0});
        QVERIFY(guarded.breaker->release(hold, "ann", "done"));
        guarded.fail();  // the failures before it were not seen
        QCOMPARE(guarded.state(), State::closed);
    }

    void disabled_on_an_open_breaker_lets_all_pass_and_keeps_its_state() {
        Guarded guarded;
        guarded.run("ff");
        const auto hold = place(guarded, HoldMode::disabled);
        guarded.clock.advance(1h);
        QVERIFY(guarded.run("sf"));
        QCOMPARE(guarded.state(), State::open);
        QVERIFY(!guarded.breaker->reset("ann", "not under a hold"));
        QVERIFY(guarded.breaker->release(hold, "ann", "done"));
        QVERIFY(guarded.succeed());
        QCOMPARE(guarded.state(), State::closed);
    }

    void a_hold_counts_what_the_automaton_would_have_refused() {
        Guarded guarded;
        const auto hold = place(guarded, HoldMode::metricsOnly);
        guarded.run("ff");  // it trips, and would refuse from now on
        QCOMPARE(guarded.totals().wouldReject, std::uint64_t{0});
        guarded.run("sss");
        QCOMPARE(guarded.totals().wouldReject, std::uint64_t{3});
        guarded.clock.advance(10s);
        const Permit probe = guarded.acquire();
        guarded.run("s");  // beside the one probe
        QCOMPARE(guarded.totals().wouldReject, std::uint64_t{4});
        QVERIFY(guarded.breaker->release(hold, "ann", "done"));
        place(guarded, HoldMode::forceClosed);
        guarded.run("s");
        QCOMPARE(guarded.totals().wouldReject, std::uint64_t{5});
        QCOMPARE(guarded.totals().rejected, std::uint64_t{0});
    }

    void a_ramp_under_a_hold_counts_what_it_would_have_refused() {
        CircuitBreakerConfig config = twoInARow();
        config.rampSteps = {0.25};
        Guarded guarded(config);
        guarded.run("ff");
        guarded.clock.advance(10s);
        guarded.succeed();
        QCOMPARE(guarded.state(), State::closed);
        place(guarded, HoldMode::metricsOnly);
        QVERIFY(guarded.run("ssssssss"));
        QCOMPARE(guarded.totals().wouldReject, std::uint64_t{6});
    }

    void metrics_only_never_refuses_but_says_what_it_would_have_done() {
        Guarded guarded;
        place(guarded, HoldMode::metricsOnly);
        QVERIFY(guarded.run("ffffff"));
        QCOMPARE(guarded.state(), State::open);
        QCOMPARE(guarded.breaker->heldAs().value(), HoldMode::metricsOnly);
        guarded.clock.advance(10s);
        const Permit probe = guarded.acquire();
        QCOMPARE(guarded.state(), State::halfOpen);
        QVERIFY(guarded.run("ff"));  // no places left, but nobody is refused, and these decide nothing
        QCOMPARE(guarded.state(), State::halfOpen);
        QCOMPARE(guarded.totals().rejected, std::uint64_t{0});
    }

    void an_expired_force_open_leads_to_half_open_never_straight_to_closed() {
        for (const State beneath : {State::closed, State::open, State::halfOpen}) {
            Guarded guarded;
            if (beneath != State::closed) {
                QVERIFY(guarded.breaker->trip("ann", "test"));
            }
            if (beneath == State::halfOpen) {
                QVERIFY(guarded.breaker->probeNow("ann", "test"));
            }
            place(guarded, HoldMode::forceOpen, 5s);
            guarded.clock.advance(5s - 1ns);
            guarded.breaker->tick();
            QVERIFY(!guarded.succeed());
            guarded.clock.advance(1ns);
            guarded.breaker->tick();
            QCOMPARE(guarded.state(), State::halfOpen);
            QVERIFY(!guarded.breaker->heldAs());
            QVERIFY(guarded.succeed());
            QCOMPARE(guarded.state(), State::closed);
        }
    }

    void a_hold_warns_5_minutes_and_1_minute_before_it_ends_R7() {
        Guarded guarded;
        place(guarded, HoldMode::forceOpen, 30min);
        (void)guarded.breaker->drainEvents();
        QCOMPARE(warnings(guarded, 25min - 1ns), std::vector<std::string>());
        QCOMPARE(warnings(guarded, 1ns),
                 std::vector<std::string>{"FORCE_OPEN of ann ends in 5 min; to go on, place another hold"});
        QCOMPARE(warnings(guarded, 4min - 1ns), std::vector<std::string>());
        QCOMPARE(warnings(guarded, 1ns),
                 std::vector<std::string>{"FORCE_OPEN of ann ends in 60 s; to go on, place another hold"});
        QCOMPARE(warnings(guarded, 59s), std::vector<std::string>());
    }

    void a_short_hold_warns_only_of_what_is_not_obvious() {
        Guarded guarded;
        place(guarded, HoldMode::forceOpen, 5min);
        place(guarded, HoldMode::forceOpen, 1min);
        (void)guarded.breaker->drainEvents();
        QCOMPARE(warnings(guarded, 59s), std::vector<std::string>());
        QCOMPARE(warnings(guarded, 3min + 11s).size(), std::size_t{1});  // the other has ended
    }

    void a_call_notices_the_expiry_without_a_tick() {
        Guarded guarded;
        place(guarded, HoldMode::forceOpen, 5s);
        guarded.clock.advance(5s);
        Permit probe = guarded.acquire();
        QVERIFY(static_cast<bool>(probe));
        QCOMPARE(guarded.state(), State::halfOpen);
        QCOMPARE(guarded.lastTransition().cause, TransitionCause::holdExpired);
    }

    void an_expired_force_closed_over_open_leads_to_half_open() {
        Guarded guarded;
        guarded.run("ff");
        place(guarded, HoldMode::forceClosed, 5s);
        guarded.clock.advance(5s);
        guarded.breaker->tick();
        QCOMPARE(guarded.state(), State::halfOpen);
    }

    void the_strongest_of_several_holds_rules() {
        Guarded guarded;
        const auto weak = place(guarded, HoldMode::metricsOnly, {}, "ann");
        const auto middle = place(guarded, HoldMode::forceClosed, {}, "bob");
        const auto strong = place(guarded, HoldMode::forceOpen, {}, "cid");
        QCOMPARE(guarded.breaker->heldAs().value(), HoldMode::forceOpen);
        QVERIFY(guarded.breaker->release(strong, "cid", "done"));
        QCOMPARE(guarded.breaker->heldAs().value(), HoldMode::forceClosed);
        QVERIFY(guarded.breaker->release(middle, "bob", "done"));
        QCOMPARE(guarded.breaker->heldAs().value(), HoldMode::metricsOnly);
        QVERIFY(guarded.breaker->release(weak, "ann", "done"));
        QVERIFY(!guarded.breaker->heldAs());
        QVERIFY(!guarded.breaker->release(weak, "ann", "again"));
    }

    void two_holders_of_the_same_mode_do_not_end_each_other() {
        Guarded guarded;
        place(guarded, HoldMode::forceOpen, {}, "ann");
        place(guarded, HoldMode::forceOpen, {}, "ann");
        place(guarded, HoldMode::forceOpen, {}, "bob");
        QCOMPARE(guarded.breaker->releaseAllOf("ann", "ann", "done").value(), std::size_t{2});
        QVERIFY(!guarded.succeed());
        QVERIFY(!guarded.breaker->releaseAllOf("ann", "ann", "again"));
        QVERIFY(guarded.breaker->releaseAllOf("bob", "ann", "bob is ill"));
        QVERIFY(guarded.succeed());
    }

    void commands_do_not_leave_a_hold() {
        for (const HoldMode mode : {HoldMode::forceOpen, HoldMode::forceClosed}) {
            Guarded guarded;
            place(guarded, mode);
            const auto refused = guarded.breaker->trip("bob", "test");
            QVERIFY(!refused);
            QCOMPARE(refused.error().code, base::TroubleCode::conflict);
            QVERIFY(refused.error().what.find("ann") != std::string::npos);
            QVERIFY(!guarded.breaker->reset("bob", "test"));
            QVERIFY(!guarded.breaker->probeNow("bob", "test"));
            QCOMPARE(guarded.breaker->heldAs().value(), mode);
        }
    }

    void holds_are_checked_and_limited() {
        Guarded guarded;
        QVERIFY(!guarded.breaker->hold(HoldMode::forceOpen, "ann", "test", 0s));
        for (std::size_t i = 0; i < HoldList::kMost; ++i) {
            place(guarded, HoldMode::metricsOnly);
        }
        const auto tooMany = guarded.breaker->hold(HoldMode::forceOpen, "ann", "test");
        QCOMPARE(tooMany.error().code, base::TroubleCode::limitReached);
    }

    void a_hold_tells_who_why_and_what_remains() {
        Guarded guarded;
        place(guarded, HoldMode::forceOpen, 60s);
        guarded.clock.advance(20s);
        const auto holds = guarded.breaker->snapshot().holds;
        QCOMPARE(holds.size(), std::size_t{1});
        QCOMPARE(holds[0].who, std::string("ann"));
        QCOMPARE(holds[0].why, std::string("maintenance"));
        QCOMPARE(holds[0].remaining.value(), base::Duration(40s));
        QVERIFY(holds[0].until.value() == guarded.clock.wallNow() + 40s);
    }

    void the_life_of_a_hold_is_told_by_events() {
        Guarded guarded;
        const auto hold = place(guarded, HoldMode::forceClosed);
        QVERIFY(guarded.breaker->release(hold, "bob", "done"));
        place(guarded, HoldMode::forceClosed, 1s);
        guarded.clock.advance(1s);
        guarded.breaker->tick();
        std::vector<EventKind> kinds;
        for (const auto& event : guarded.breaker->drainEvents().events) {
            kinds.push_back(event.kind);
        }
        QCOMPARE(kinds, (std::vector{EventKind::holdPlaced, EventKind::holdReleased, EventKind::holdPlaced,
                                     EventKind::holdExpired}));
    }

    void a_probe_under_way_still_decides_beneath_a_hold() {
        Guarded guarded;
        QVERIFY(guarded.breaker->trip("ann", "test"));
        QVERIFY(guarded.breaker->probeNow("ann", "test"));
        Permit probe = guarded.acquire();
        const auto hold = place(guarded, HoldMode::forceOpen);
        probe.success();
        QCOMPARE(guarded.state(), State::closed);
        QVERIFY(!guarded.succeed());
        QVERIFY(guarded.breaker->release(hold, "ann", "done"));
        QVERIFY(guarded.succeed());
    }

    void after_a_forced_hold_any_outcome_asks_the_rules() {
        CircuitBreakerConfig config = quiet();
        config.failureThreshold = 2;
        Guarded guarded(config);
        const auto hold = guarded.breaker->hold(domain::HoldMode::forceClosed, "ann", "test");
        QVERIFY(guarded.run("ff"));
        QVERIFY(guarded.breaker->release(*hold, "ann", "test"));
        QCOMPARE(guarded.state(), domain::State::closed);
        QVERIFY(guarded.succeed());
        QCOMPARE(guarded.state(), domain::State::open);
    }
};

FUSEBOX_TEST(HoldsTest)

}  // namespace fusebox::breaker

#include "holds_test.moc"
