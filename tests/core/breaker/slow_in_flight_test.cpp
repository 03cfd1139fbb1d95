// Calls that hang count as slow while they hang.

#include "guarded.h"

#include <fusebox/support/test_case.h>

#include <array>
#include <atomic>
#include <thread>

namespace fusebox::breaker {

using domain::State;

namespace {

/// Opens when half of at least four calls take longer than eight seconds.
CircuitBreakerConfig halfSlow() {
    CircuitBreakerConfig config = quiet();
    config.windowKind = WindowKind::unbounded;
    config.slowCallRateThreshold = 0.5;
    config.slowCallMinimumCalls = 4;
    config.slowCallDuration = 8s;
    return config;
}

}  // namespace

class SlowInFlightTest : public QObject {
    Q_OBJECT

    static std::vector<Permit> hang(Guarded& guarded, int calls) {
        std::vector<Permit> hung;
        for (int i = 0; i < calls; ++i) {
            hung.push_back(guarded.acquire());
        }
        return hung;
    }
    static std::uint64_t slow(const Guarded& guarded) { return guarded.breaker->snapshot().inFlight.slow.value(); }

private slots:
    void a_dependency_that_hangs_is_noticed_by_a_tick_without_any_outcome() {
        Guarded guarded(halfSlow());
        const std::vector<Permit> hung = hang(guarded, 4);
        guarded.clock.advance(8s);
        guarded.breaker->tick();
        QCOMPARE(guarded.state(), State::closed);
        guarded.clock.advance(1s);  // one step
        guarded.breaker->tick();
        QCOMPARE(guarded.state(), State::open);
        const domain::TripReason reason = guarded.lastTransition().trip.value();
        QCOMPARE(reason.rule, domain::TripRule::slowCallRate);
        QCOMPARE(reason.calls, std::uint64_t{4});
        QCOMPARE(reason.failures, std::uint64_t{4});
    }

    void a_call_is_never_slow_early_and_late_by_less_than_an_eighth() {
        for (const base::Duration limit :
             {base::Duration(1), base::Duration(1ms), base::Duration(777'777), base::Duration(8s)}) {
            CircuitBreakerConfig config = halfSlow();
            config.slowCallDuration = limit;
            config.slowCallMinimumCalls = 1000;
            for (int i = 0; i < 50; ++i) {
                Guarded guarded(config);
                guarded.clock.advance(base::Duration(i * 997'331));
                const std::vector<Permit> hung = hang(guarded, 1);
                guarded.clock.advance(limit);
                QCOMPARE(slow(guarded), std::uint64_t{0});
                guarded.clock.advance(std::max(limit / 8, base::Duration(1)));
                QCOMPARE(slow(guarded), std::uint64_t{1});
            }
        }
    }

    void it_counts_once_before_and_after_its_end() {
        CircuitBreakerConfig config = halfSlow();
        config.slowCallRateThreshold = 1.0;
        Guarded guarded(config);
        guarded.run("sssss");
        std::vector<Permit> hung = hang(guarded, 3);
        guarded.clock.advance(10s);
        const domain::Snapshot before = guarded.breaker->snapshot();
        QCOMPARE(before.inFlight.calls, std::uint64_t{3});
        QCOMPARE(before.inFlight.slow.value(), std::uint64_t{3});
        QCOMPARE(before.inFlight.oldest.value(), base::Duration(8s));
        QCOMPARE(before.metrics.window.slow, std::uint64_t{3});
        QCOMPARE(before.metrics.window.slowRate.value(), 3.0 / 8.0);
        QCOMPARE(before.standings.at(0).value.value(), 3.0 / 8.0);
        for (Permit& permit : hung) {
            permit.success();
            const domain::Snapshot after = guarded.breaker->snapshot();
            QCOMPARE(after.metrics.window.slow, std::uint64_t{3});
            QCOMPARE(after.metrics.window.slowRate.value(), 3.0 / 8.0);
        }
        QCOMPARE(slow(guarded), std::uint64_t{0});
        QVERIFY(!guarded.breaker->snapshot().inFlight.oldest);
    }

    void a_call_that_is_given_up_is_no_longer_slow() {
        Guarded guarded(halfSlow());
        guarded.run("sss");
        std::vector<Permit> hung = hang(guarded, 2);
        guarded.clock.advance(10s);
        QCOMPARE(slow(guarded), std::uint64_t{2});
        hung.clear();  // dropped, so cancelled
        QCOMPARE(slow(guarded), std::uint64_t{0});
        QCOMPARE(guarded.window().slow, std::uint64_t{0});
    }

    void the_oldest_call_is_at_least_as_old_as_is_said() {
        Guarded guarded(halfSlow());
        const std::vector<Permit> first = hang(guarded, 1);
        guarded.clock.advance(5s);
        const std::vector<Permit> second = hang(guarded, 1);
        const base::Duration oldest = guarded.breaker->snapshot().inFlight.oldest.value();
        QVERIFY(oldest <= 5s && oldest > 4s);
    }

    void an_outcome_asks_too_and_the_credit_of_others_hides_nothing() {
        CircuitBreakerConfig config = halfSlow();
        config.failureThreshold = 1000;  // gives much credit
        Guarded guarded(config);
        guarded.run("f");
        const std::vector<Permit> hung = hang(guarded, 4);
        guarded.clock.advance(9s);
        guarded.run("f");
        QCOMPARE(guarded.state(), State::open);
    }

    void where_only_failures_ask_a_tick_does_not() {
        CircuitBreakerConfig config = halfSlow();
        config.evaluateOn = EvaluateOn::failure;
        Guarded guarded(config);
        const std::vector<Permit> hung = hang(guarded, 4);
        guarded.clock.advance(1h);
        guarded.breaker->tick();
        QCOMPARE(guarded.state(), State::closed);
        guarded.run("f");
        QCOMPARE(guarded.state(), State::open);
    }

    void calls_from_before_a_reset_do_not_count() {
        Guarded guarded(halfSlow());
        std::vector<Permit> hung = hang(guarded, 4);
        guarded.clock.advance(9s);
        QVERIFY(guarded.breaker->reset("ann", "test"));
        guarded.breaker->tick();
        QCOMPARE(guarded.state(), State::closed);
        QCOMPARE(slow(guarded), std::uint64_t{0});
        hung.clear();
        std::vector<Permit> next = hang(guarded, 2);
        guarded.clock.advance(9s);
        QCOMPARE(slow(guarded), std::uint64_t{2});
    }

    void calls_from_before_the_limit_was_changed_are_not_watched() {
        CircuitBreakerConfig config = halfSlow();
        Guarded guarded(config);
        std::vector<Permit> hung = hang(guarded, 3);
        config.slowCallDuration = 1s;
        QVERIFY(guarded.breaker->reconfigure(config));
        std::vector<Permit> next = hang(guarded, 2);
        guarded.clock.advance(2s);
        QCOMPARE(slow(guarded), std::uint64_t{2});
        hung.clear();
        QCOMPARE(slow(guarded), std::uint64_t{2});
        config.slowCallRateThreshold.reset();
        QVERIFY(guarded.breaker->reconfigure(config));
        QVERIFY(!guarded.breaker->snapshot().inFlight.slow);
        next.clear();
        QCOMPARE(guarded.totals().inFlight, std::uint64_t{0});
    }

    void what_the_caller_measured_is_not_watched_any_more() {
        Guarded guarded(halfSlow());
        Permit permit = guarded.acquire();
        guarded.clock.advance(20s);
        QCOMPARE(slow(guarded), std::uint64_t{1});
        permit.took(1s);
        QCOMPARE(slow(guarded), std::uint64_t{0});
        permit.success();
        QCOMPARE(guarded.window().slow, std::uint64_t{0});
    }

    void an_idle_hour_is_no_step_back() {
        Guarded guarded(halfSlow());
        for (int hour = 0; hour < 100; ++hour) {
            guarded.run("s");
            std::vector<Permit> hung = hang(guarded, 2);
            guarded.clock.advance(9s);
            QCOMPARE(slow(guarded), std::uint64_t{2});
            hung.clear();
            guarded.clock.advance(std::chrono::hours(hour * 97));
        }
    }

    void calls_that_begin_and_end_on_different_threads_are_told_exactly() {
        CircuitBreakerConfig config = halfSlow();
        config.slowCallRateThreshold = 1.0;
        config.slowCallMinimumCalls = 1'000'000;
        Guarded guarded(config);
        constexpr std::size_t kThreads = 8;  // more than have counters of their own
        constexpr std::size_t kEach = 400;
        std::array<std::vector<Permit>, kThreads> begun;
        std::atomic<bool> ended{false};
        std::thread clock([&] {
            while (!ended) {
                guarded.clock.advance(1ms);
            }
        });
        const auto onAll = [](const auto& work) {
            std::vector<std::thread> threads;
            for (std::size_t i = 0; i < kThreads; ++i) {
                threads.emplace_back([&work, i] { work(i); });
            }
            for (std::thread& thread : threads) {
                thread.join();
            }
        };
        onAll([&](std::size_t i) {
            for (std::size_t n = 0; n < kEach; ++n) {
                begun[i].push_back(guarded.acquire());
                guarded.succeed();
            }
        });
        ended = true;
        clock.join();
        QCOMPARE(guarded.breaker->snapshot().inFlight.calls, std::uint64_t{kThreads * kEach});
        guarded.clock.advance(9s);
        QCOMPARE(slow(guarded), std::uint64_t{kThreads * kEach});
        onAll([&](std::size_t i) { begun[(i + 1) % kThreads].clear(); });
        QCOMPARE(slow(guarded), std::uint64_t{0});
    }

    void breakers_without_the_rule_watch_nothing() {
        Guarded guarded(quiet());
        std::vector<Permit> hung = hang(guarded, 2);
        guarded.clock.advance(1h);
        const domain::InFlight inFlight = guarded.breaker->snapshot().inFlight;
        QCOMPARE(inFlight.calls, std::uint64_t{2});
        QVERIFY(!inFlight.slow && !inFlight.oldest);
    }
};

FUSEBOX_TEST(SlowInFlightTest)

}  // namespace fusebox::breaker

#include "slow_in_flight_test.moc"
