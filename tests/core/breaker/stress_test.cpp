// Many threads on one breaker: no permit is lost, no place is given twice. Meant to run under ThreadSanitizer, too.

#include "guarded.h"

#include <fusebox/support/test_case.h>

#include <array>
#include <atomic>
#include <latch>
#include <thread>

namespace fusebox::breaker {

using domain::State;

class StressTest : public QObject {
    Q_OBJECT

    template <typename F>
    static void onThreads(int count, F f) {
        std::latch ready(count);
        std::vector<std::jthread> threads;
        for (int i = 0; i < count; ++i) {
            threads.emplace_back([&, i] {
                ready.arrive_and_wait();
                f(i);
            });
        }
    }

private slots:
    void attempts_equal_permitted_and_refused_and_permitted_equals_completed() {
        CircuitBreakerConfig config = quiet();
        config.failureRateThreshold = 0.5;
        config.minimumCalls = 20;
        config.openTimeout = 0s;
        config.halfOpenMaxRequests = 2;
        const base::SteadyClock clock;
        const auto breaker = Guarded::make(config, clock);
        constexpr int kThreads = 4;
        constexpr int kCalls = 20'000;
        std::atomic<bool> stop{false};
        std::atomic<int> nonsense{0};
        std::jthread operators([&] {
            domain::CircuitMetrics last;
            for (int i = 0; !stop; ++i) {
                breaker->tick();
                const domain::CircuitMetrics seen = breaker->snapshot().metrics;
                const bool sound = seen.totals.inFlight <= std::uint64_t{kThreads} * kCalls &&
                                   seen.window.failures <= seen.window.calls && seen.transitions >= last.transitions &&
                                   seen.totals.permitted >= last.totals.permitted &&
                                   seen.totals.success >= last.totals.success;
                nonsense += sound ? 0 : 1;
                last = seen;
                (void)(i % 3 == 0 ? breaker->trip("ann", "stress") : breaker->reset("ann", "stress"));
            }
        });
        onThreads(kThreads, [&](int thread) {
            for (int i = 0; i < kCalls; ++i) {
                Acquired acquired = breaker->tryAcquire();
                if (!acquired) {
                    continue;
                }
                Permit& permit = acquired.permit();
                switch ((i + thread) % 5) {
                    case 0:
                        permit.failure(errorOf(domain::Category::transient));
                        break;
                    case 1:
                        permit.ignore();
                        break;
                    case 2:
                        break;  // dropped
                    default:
                        permit.success();
                }
            }
        });
        stop = true;
        operators.join();
        QCOMPARE(nonsense.load(), 0);
        const auto totals = breaker->snapshot().metrics.totals;
        QCOMPARE(totals.permitted + totals.rejected, std::uint64_t{kThreads} * kCalls);
        QCOMPARE(totals.inFlight, std::uint64_t{0});
        QCOMPARE(totals.permitted, totals.success + totals.failure + totals.ignored + totals.cancelled);
    }

    void half_open_never_lets_more_through_than_it_has_places() {
        CircuitBreakerConfig config = quiet();
        config.halfOpenMaxRequests = 3;
        config.successThreshold = 3;
        const base::SteadyClock clock;
        const auto breaker = Guarded::make(config, clock);
        for (int round = 0; round < 200; ++round) {
            QVERIFY(breaker->trip("ann", "stress"));
            QVERIFY(breaker->probeNow("ann", "stress"));
            std::atomic<int> permitted{0};
            std::array<Permit, 4> held;
            onThreads(4, [&](int thread) {
                for (int i = 0; i < 5; ++i) {
                    Acquired acquired = breaker->tryAcquire();
                    if (acquired) {
                        ++permitted;
                        held[static_cast<std::size_t>(thread)] =
                            std::move(acquired).permit();  // an earlier one is given back
                    }
                }
            });
            int inFlight = 0;
            for (const Permit& permit : held) {
                inFlight += permit ? 1 : 0;
            }
            QVERIFY(inFlight <= 3);
            QCOMPARE(breaker->state(), State::halfOpen);
        }
    }

    void each_call_of_a_count_window_is_counted_once() {
        CircuitBreakerConfig config = quiet();
        config.windowKind = WindowKind::count;
        config.windowCalls = 50;
        const base::SteadyClock clock;
        const auto breaker = Guarded::make(config, clock);
        onThreads(4, [&](int thread) {
            for (int i = 0; i < 5000; ++i) {
                Permit permit = std::move(breaker->tryAcquire()).permit();
                (i + thread) % 2 == 0 ? permit.success() : permit.failure(domain::Category::transient);
            }
        });
        for (int i = 0; i < 50; ++i) {
            breaker->recordSuccess(1ms);
        }
        const auto window = breaker->snapshot().metrics.window;
        QCOMPARE(window.calls, std::uint64_t{50});
        QCOMPARE(window.failures, std::uint64_t{0});
    }

    void a_failure_count_is_met_exactly_by_many_threads() {
        CircuitBreakerConfig config = quiet();
        config.failureThreshold = 5000;
        config.windowKind = WindowKind::unbounded;
        const base::SteadyClock clock;
        const auto breaker = Guarded::make(config, clock);
        onThreads(4, [&](int) {
            for (int i = 0; i < 1250; ++i) {
                Acquired acquired = breaker->tryAcquire();
                acquired.permit().failure(domain::Category::transient);
            }
        });
        breaker->tick();
        QCOMPARE(breaker->state(), State::open);
        QCOMPARE(breaker->snapshot().metrics.totals.failure, std::uint64_t{5000});
    }

    void breakers_may_go_while_their_calls_are_under_way() {
        const base::SteadyClock clock;
        for (int round = 0; round < 100; ++round) {
            auto breaker = Guarded::make(quiet(), clock);
            std::vector<Permit> permits;
            for (int i = 0; i < 4; ++i) {
                permits.push_back(std::move(breaker->tryAcquire()).permit());
            }
            std::jthread owner([gone = std::move(breaker)]() mutable { gone.reset(); });
            onThreads(4, [&](int thread) { permits[static_cast<std::size_t>(thread)].success(); });
        }
    }
};

FUSEBOX_TEST(StressTest)

}  // namespace fusebox::breaker

#include "stress_test.moc"
