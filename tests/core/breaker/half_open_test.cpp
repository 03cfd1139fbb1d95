// HALF_OPEN: how many may pass, what decides, and that it always ends.

#include "guarded.h"

#include <fusebox/support/test_case.h>

namespace fusebox::breaker {

using domain::State;
using domain::TransitionCause;

class HalfOpenTest : public QObject {
    Q_OBJECT

    static CircuitBreakerConfig probes(std::uint32_t places, std::uint32_t successes, std::uint32_t failures) {
        CircuitBreakerConfig config = quiet();
        config.halfOpenMaxRequests = places;
        config.successThreshold = successes;
        config.halfOpenFailureThreshold = failures;
        return config;
    }
    static void toHalfOpen(Guarded& guarded) {
        QVERIFY(guarded.breaker->trip("ann", "test"));
        QVERIFY(guarded.breaker->probeNow("ann", "test"));
    }

private slots:
    void never_more_than_the_given_places() {
        Guarded guarded(probes(3, 3, 1));
        toHalfOpen(guarded);
        std::vector<Permit> permits;
        for (int i = 0; i < 3; ++i) {
            permits.push_back(guarded.acquire());
            QVERIFY(static_cast<bool>(permits.back()));
        }
        const Acquired refused = guarded.breaker->tryAcquire();
        QVERIFY(!refused);
        QCOMPARE(refused.refusal().reason, RefusalReason::probesBusy);
        permits[0].success();
        QVERIFY(!guarded.succeed());  // a place is for the whole of HALF_OPEN
        permits[1].success();
        permits[2].success();
        QCOMPARE(guarded.state(), State::closed);
    }

    void concurrent_places_are_given_back_by_results() {
        CircuitBreakerConfig config = probes(1, 2, 1);
        config.halfOpenAdmission = HalfOpenAdmission::concurrent;
        Guarded guarded(config);
        toHalfOpen(guarded);
        Permit first = guarded.acquire();
        QVERIFY(!guarded.succeed());
        first.success();
        QVERIFY(guarded.succeed());
        QCOMPARE(guarded.state(), State::closed);
    }

    void unlimited_probes_all_pass() {
        CircuitBreakerConfig config = probes(1, 5, 1);
        config.halfOpenAdmission = HalfOpenAdmission::unlimited;
        Guarded guarded(config);
        toHalfOpen(guarded);
        QVERIFY(guarded.run("sssss"));
        QCOMPARE(guarded.state(), State::closed);
    }

    void k_of_n_decide_data() {
        QTest::addColumn<QString>("outcomes");
        QTest::addColumn<int>("ends");
        QTest::newRow("two good") << "ss" << static_cast<int>(State::closed);
        QTest::newRow("two bad") << "ff" << static_cast<int>(State::open);
        QTest::newRow("the third decides for it") << "sfs" << static_cast<int>(State::closed);
        QTest::newRow("the third decides against it") << "fsf" << static_cast<int>(State::open);
        QTest::newRow("undecided") << "sf" << static_cast<int>(State::halfOpen);
    }
    void k_of_n_decide() {
        QFETCH(QString, outcomes);
        QFETCH(int, ends);
        Guarded guarded(probes(3, 2, 2));
        toHalfOpen(guarded);
        QVERIFY(guarded.run(outcomes.toStdString()));
        QCOMPARE(static_cast<int>(guarded.state()), ends);
        QCOMPARE(guarded.breaker->snapshot().probes.has_value(), guarded.state() == State::halfOpen);
    }

    void rates_decide_once_all_results_are_in() {
        CircuitBreakerConfig config = probes(4, 1, 1);
        config.halfOpenVerdict = HalfOpenVerdict::rates;
        config.halfOpenSample = 4;
        config.failureRateThreshold = 0.5;
        config.minimumCalls = 5;
        Guarded bad(config);
        toHalfOpen(bad);
        bad.run("ffs");
        QCOMPARE(bad.state(), State::halfOpen);
        bad.run("s");  // 50 %
        QCOMPARE(bad.state(), State::open);
        Guarded good(config);
        toHalfOpen(good);
        good.run("sssf");
        QCOMPARE(good.state(), State::closed);
    }

    void a_slow_probe_can_fail() {
        CircuitBreakerConfig config = probes(1, 1, 1);
        config.slowCallDuration = 1s;
        config.halfOpenSlowCallsFail = true;
        Guarded guarded(config);
        toHalfOpen(guarded);
        guarded.slow(1001ms);
        QCOMPARE(guarded.state(), State::open);
    }

    void a_dropped_probe_gives_its_place_back() {
        Guarded guarded(probes(1, 1, 1));
        toHalfOpen(guarded);
        { const Permit dropped = guarded.acquire(); }
        QCOMPARE(guarded.totals().cancelled, std::uint64_t{1});
        guarded.acquire().ignore();
        QVERIFY(guarded.succeed());
        QCOMPARE(guarded.state(), State::closed);
    }

    void a_cancelled_probe_may_open_again() {
        CircuitBreakerConfig config = probes(1, 1, 1);
        config.cancelledProbe = CancelledProbe::reopen;
        Guarded guarded(config);
        toHalfOpen(guarded);
        guarded.acquire().cancel();
        QCOMPARE(guarded.state(), State::open);
    }

    void ignored_can_count_as_success() {
        CircuitBreakerConfig config = probes(1, 1, 1);
        config.ignoredOutcome = IgnoredOutcome::success;
        Guarded guarded(config);
        toHalfOpen(guarded);
        guarded.acquire().ignore();
        QCOMPARE(guarded.state(), State::closed);
    }

    void a_hung_probe_ends_by_timeout_at_a_tick_or_a_call() {
        Guarded guarded(probes(1, 1, 1));
        toHalfOpen(guarded);
        Permit hung = guarded.acquire();
        guarded.clock.advance(30s - 1ns);
        guarded.breaker->tick();
        QCOMPARE(guarded.state(), State::halfOpen);
        guarded.clock.advance(1ns);
        guarded.breaker->tick();
        QCOMPARE(guarded.state(), State::open);
        QCOMPARE(guarded.lastTransition().cause, TransitionCause::probeTimeout);
        guarded.clock.advance(10s);
        Permit second = guarded.acquire();
        guarded.clock.advance(30s);
        QVERIFY(!guarded.succeed());  // no tick: the call notices
        QCOMPARE(guarded.state(), State::open);
        hung.success();
        second.success();
        QCOMPARE(guarded.state(), State::open);
        QCOMPARE(guarded.totals().success, std::uint64_t{2});
    }

    void the_timeout_can_close() {
        CircuitBreakerConfig config = probes(1, 1, 1);
        config.halfOpenTimeoutLeadsTo = State::closed;
        Guarded guarded(config);
        toHalfOpen(guarded);
        guarded.clock.advance(30s);
        guarded.breaker->tick();
        QCOMPARE(guarded.state(), State::closed);
    }

    void results_of_an_earlier_generation_are_ignored() {
        Guarded guarded(twoInARow());
        Permit early = guarded.acquire();
        Permit earlier = guarded.acquire();
        guarded.run("ff");
        guarded.clock.advance(10s);
        Permit probe = guarded.acquire();
        early.success();
        earlier.failure(errorOf(domain::Category::transient));
        QCOMPARE(guarded.state(), State::halfOpen);
        probe.success();
        QCOMPARE(guarded.state(), State::closed);
        QCOMPARE(guarded.window().calls, std::uint64_t{0});
    }

    void late_results_can_be_counted() {
        CircuitBreakerConfig config = twoInARow();
        config.lateResults = LateResults::counted;
        Guarded guarded(config);
        Permit early = guarded.acquire();
        guarded.run("ff");
        guarded.clock.advance(10s);
        Permit probe = guarded.acquire();
        early.success();
        QCOMPARE(guarded.state(), State::closed);
        probe.failure(errorOf(domain::Category::transient));
        QCOMPARE(guarded.window().failures, std::uint64_t{1});
    }

    void places_are_fresh_each_time() {
        Guarded guarded(probes(2, 2, 1));
        for (int round = 0; round < 3; ++round) {
            toHalfOpen(guarded);
            const Permit a = guarded.acquire();
            const Permit b = guarded.acquire();
            QVERIFY(static_cast<bool>(a) && static_cast<bool>(b));
            QVERIFY(!guarded.succeed());
        }
    }

    void an_outcome_without_a_permit_counts_too() {
        Guarded guarded(probes(1, 1, 1));
        toHalfOpen(guarded);
        guarded.breaker->recordSuccess(1ms);
        QCOMPARE(guarded.state(), State::closed);
        guarded.breaker->recordFailure(errorOf(domain::Category::transient), 1ms);
        QCOMPARE(guarded.window().failures, std::uint64_t{1});
        const auto totals = guarded.totals();
        QCOMPARE(totals.permitted, totals.success + totals.failure);
    }
};

FUSEBOX_TEST(HalfOpenTest)

}  // namespace fusebox::breaker

#include "half_open_test.moc"
