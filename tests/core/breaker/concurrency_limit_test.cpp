// The limit of calls in flight: kept exactly, learnt from outcomes, reduced by hand.

#include "guarded.h"

#include <fusebox/support/test_case.h>

#include <algorithm>
#include <atomic>
#include <thread>

namespace fusebox::breaker {

using domain::State;

namespace {

CircuitBreakerConfig fixedAt(std::uint32_t limit) {
    CircuitBreakerConfig config = quiet();
    config.concurrencyLimit = ConcurrencyMode::fixed;
    config.concurrencyMax = limit;
    return config;
}

CircuitBreakerConfig adaptiveFrom(std::uint32_t initial) {
    CircuitBreakerConfig config = quiet();
    config.concurrencyLimit = ConcurrencyMode::adaptive;
    config.concurrencyInitial = initial;
    config.concurrencyMin = 2;
    config.slowCallDuration = 1s;
    return config;
}

}  // namespace

class ConcurrencyLimitTest : public QObject {
    Q_OBJECT

    static domain::LimitStanding limit(const Guarded& guarded) { return guarded.breaker->snapshot().limit.value(); }

    static std::vector<Permit> acquire(Guarded& guarded, std::size_t calls) {
        std::vector<Permit> permits;
        while (permits.size() < calls) {
            permits.push_back(guarded.acquire());
            if (!permits.back()) {
                permits.pop_back();
                break;
            }
        }
        return permits;
    }

    /// As many calls at once as there are places; they all end so.
    static void fill(Guarded& guarded, OutcomeKind kind) {
        for (Permit& permit : acquire(guarded, 1'000)) {
            kind == OutcomeKind::success ? permit.success() : permit.failure(domain::Category::transient);
        }
    }

private slots:
    void the_call_above_the_limit_is_refused_and_each_end_makes_a_place() {
        Guarded guarded(fixedAt(3));
        std::vector<Permit> permits = acquire(guarded, 10);
        QCOMPARE(permits.size(), std::size_t{3});
        const Acquired refused = guarded.breaker->tryAcquire();
        QCOMPARE(refused.refusal().reason, RefusalReason::limit);
        QCOMPARE(limit(guarded).refused, std::uint64_t{2});
        QCOMPARE(guarded.totals().rejected, std::uint64_t{2});
        permits[0].success();
        permits[1].failure(domain::Category::transient);
        permits[2].cancel();
        QCOMPARE(limit(guarded).inFlight, 0U);
        permits = acquire(guarded, 10);
        QCOMPARE(permits.size(), std::size_t{3});
        permits[0].ignore();
        permits.erase(permits.begin() + 1);  // dropped
        QCOMPARE(limit(guarded).inFlight, 1U);
        QCOMPARE(limit(guarded).kind, domain::LimitKind::fixed);
    }

    void a_refusal_by_the_limit_is_no_failure() {
        CircuitBreakerConfig config = fixedAt(1);
        config.consecutiveFailuresThreshold = 2;
        Guarded guarded(config);
        const Permit busy = guarded.acquire();
        for (int i = 0; i < 10; ++i) {
            QVERIFY(!guarded.succeed());
        }
        QCOMPARE(guarded.state(), State::closed);
        QCOMPARE(guarded.window().calls, std::uint64_t{0});
    }

    void no_more_than_the_limit_are_in_flight_on_many_threads() {
        Guarded guarded(fixedAt(3));
        std::atomic<int> inFlight{0};
        std::atomic<int> most{0};
        std::vector<std::thread> threads;
        for (int i = 0; i < 6; ++i) {
            threads.emplace_back([&] {
                for (int n = 0; n < 3000; ++n) {
                    Permit permit = guarded.acquire();
                    if (!permit) {
                        continue;
                    }
                    const int now = inFlight.fetch_add(1) + 1;
                    int seen = most.load();
                    while (seen < now && !most.compare_exchange_weak(seen, now)) {
                    }
                    inFlight.fetch_sub(1);
                    permit.success();
                }
            });
        }
        for (std::thread& thread : threads) {
            thread.join();
        }
        QVERIFY(most <= 3);
        QCOMPARE(limit(guarded).inFlight, 0U);
        QCOMPARE(acquire(guarded, 10).size(), std::size_t{3});
    }

    void a_lower_limit_lets_calls_in_flight_end() {
        Guarded guarded(fixedAt(5));
        std::vector<Permit> permits = acquire(guarded, 5);
        QVERIFY(guarded.breaker->reconfigure(fixedAt(2)));
        QCOMPARE(limit(guarded).inFlight, 5U);
        permits.resize(2);
        QVERIFY(!guarded.acquire());
        permits.pop_back();
        QVERIFY(guarded.acquire());
    }

    void a_limit_may_come_and_go_while_calls_are_under_way() {
        Guarded guarded(quiet());
        std::vector<Permit> before = acquire(guarded, 4);
        QVERIFY(!guarded.breaker->snapshot().limit);
        QVERIFY(guarded.breaker->reconfigure(fixedAt(2)));
        std::vector<Permit> during = acquire(guarded, 4);
        QCOMPARE(during.size(), std::size_t{2});
        before.clear();
        QCOMPARE(limit(guarded).inFlight, 2U);
        QVERIFY(guarded.breaker->reconfigure(quiet()));
        during.pop_back();
        QVERIFY(guarded.breaker->reconfigure(fixedAt(2)));
        QCOMPARE(limit(guarded).inFlight, 1U);
    }

    void probes_need_no_place_but_are_in_flight() {
        CircuitBreakerConfig config = fixedAt(1);
        config.halfOpenMaxRequests = config.successThreshold = 3;
        Guarded guarded(config);
        const Permit before = guarded.acquire();
        QVERIFY(guarded.breaker->trip("ann", "test"));
        QVERIFY(guarded.breaker->probeNow("ann", "test"));
        std::vector<Permit> probes = acquire(guarded, 9);
        QCOMPARE(probes.size(), std::size_t{3});
        QCOMPARE(limit(guarded).inFlight, 4U);
        for (Permit& probe : probes) {
            probe.success();
        }
        QCOMPARE(guarded.state(), State::closed);
        QVERIFY(!guarded.acquire());  // the one from before is still under way
    }

    void a_hold_lets_pass_what_the_limit_would_refuse_and_counts_it() {
        Guarded guarded(fixedAt(2));
        QVERIFY(guarded.breaker->hold(domain::HoldMode::metricsOnly, "ann", "test"));
        std::vector<Permit> permits = acquire(guarded, 5);
        QCOMPARE(permits.size(), std::size_t{5});
        QCOMPARE(guarded.totals().wouldReject, std::uint64_t{3});
        QCOMPARE(limit(guarded).inFlight, 5U);
        QCOMPARE(limit(guarded).refused, std::uint64_t{0});
        permits.clear();
        QCOMPARE(limit(guarded).inFlight, 0U);
    }

    void an_adaptive_limit_grows_by_one_in_a_round_trip_while_it_is_used() {
        Guarded guarded(adaptiveFrom(10));
        for (std::uint32_t expected = 10; expected < 30; ++expected) {
            QCOMPARE(limit(guarded).limit, expected);
            fill(guarded, OutcomeKind::success);  // half of them while half the places are used ...
            fill(guarded, OutcomeKind::success);  // ... so two rounds make one step
            QVERIFY(limit(guarded).limit > expected);
            if (limit(guarded).limit > expected + 1) {
                break;
            }
        }
        const std::uint32_t reached = limit(guarded).limit;
        guarded.run(std::string(1000, 's'));  // one at a time: the limit is not what holds them back
        QCOMPARE(limit(guarded).limit, reached);
        for (int i = 0; i < 1000; ++i) {
            fill(guarded, OutcomeKind::success);
        }
        QCOMPARE(limit(guarded).limit, 100U);  // concurrency_max
    }

    void it_shrinks_once_in_a_round_trip() {
        Guarded guarded(adaptiveFrom(20));
        fill(guarded, OutcomeKind::failure);
        QCOMPARE(limit(guarded).limit, 18U);
        guarded.run("f");  // the 20th since
        QCOMPARE(limit(guarded).limit, 18U);
        guarded.run("f");
        QCOMPARE(limit(guarded).limit, 16U);
        guarded.run("ffff");
        QCOMPARE(limit(guarded).limit, 16U);
        for (int i = 0; i < 100; ++i) {
            fill(guarded, OutcomeKind::failure);
        }
        QCOMPARE(limit(guarded).limit, 2U);  // concurrency_min
    }

    void late_calls_shrink_it_and_cancelled_ones_do_not() {
        CircuitBreakerConfig config = adaptiveFrom(20);
        config.concurrencyLatencyTarget = 100ms;
        Guarded guarded(config);
        guarded.slow(100ms);
        guarded.acquire().cancel();
        guarded.acquire().ignore();
        QCOMPARE(limit(guarded).limit, 20U);
        guarded.slow(101ms);
        QCOMPARE(limit(guarded).limit, 18U);
        guarded.run(std::string(20, 's'));
        config.concurrencyLatencyTarget.reset();
        QVERIFY(guarded.breaker->reconfigure(config));
        QCOMPARE(limit(guarded).limit, 18U);  // another option does not put it back
        guarded.slow(1000ms);
        QCOMPARE(limit(guarded).limit, 18U);
        guarded.slow(1001ms);
        QCOMPARE(limit(guarded).limit, 16U);
    }

    void load_is_reduced_and_grows_back() {
        Guarded fixed(fixedAt(10));
        QCOMPARE(fixed.breaker->reduceLoad(0.5).value(), 5U);
        QCOMPARE(acquire(fixed, 20).size(), std::size_t{5});
        for (int i = 0; i < 100; ++i) {
            fill(fixed, OutcomeKind::success);
        }
        QCOMPARE(limit(fixed).limit, 10U);
        Guarded adaptive(adaptiveFrom(10));
        QCOMPARE(adaptive.breaker->reduceLoad(0.01).value(), 2U);
        for (const double share : {0.0, 1.0, -1.0, 2.0}) {
            QVERIFY(!adaptive.breaker->reduceLoad(share));
        }
    }

    void load_is_reduced_for_now_where_no_limit_is_set() {
        Guarded guarded(quiet());
        std::vector<Permit> permits = acquire(guarded, 8);
        QCOMPARE(guarded.breaker->reduceLoad(0.25).value(), 2U);
        QCOMPARE(limit(guarded).kind, domain::LimitKind::adaptive);
        permits.clear();
        QCOMPARE(acquire(guarded, 20).size(), std::size_t{2});
        for (int i = 0; i < 100; ++i) {
            fill(guarded, OutcomeKind::success);
        }
        QVERIFY(acquire(guarded, 20).size() == 20);  // fully grown it limits nothing
        guarded.breaker->tick();
        QVERIFY(!guarded.breaker->snapshot().limit);
    }
};

FUSEBOX_TEST(ConcurrencyLimitTest)

}  // namespace fusebox::breaker

#include "concurrency_limit_test.moc"
