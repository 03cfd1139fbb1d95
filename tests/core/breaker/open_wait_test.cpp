// How long a breaker waits in OPEN, and what a refusal tells.

#include "guarded.h"

#include <fusebox/breaker/recovery_strategy.h>
#include <fusebox/support/test_case.h>

#include <cmath>

namespace fusebox::breaker {

using domain::State;

class OpenWaitTest : public QObject {
    Q_OBJECT

    static base::Duration waitOf(const Guarded& guarded) { return guarded.breaker->snapshot().openWait.value(); }

    /// The waits of so many failed probes in a row.
    static std::vector<base::Duration> waits(const CircuitBreakerConfig& config, int count) {
        Guarded guarded(config);
        guarded.run("ff");
        std::vector<base::Duration> seen;
        for (int i = 0; i < count; ++i) {
            seen.push_back(waitOf(guarded));
            guarded.clock.advance(seen.back());
            guarded.fail();
        }
        return seen;
    }
    static CircuitBreakerConfig exponential(Jitter jitter) {
        CircuitBreakerConfig config = twoInARow();
        config.backoff = Backoff::exponential;
        config.openTimeout = 1s;
        config.backoffMultiplier = 2.0;
        config.maxBackoff = 5s;
        config.jitter = jitter;
        config.jitterSeed = 7;
        return config;
    }

private slots:
    void the_wait_ends_to_the_nanosecond() {
        Guarded guarded;
        guarded.run("ff");
        guarded.clock.advance(10s - 1ns);
        QVERIFY(!guarded.succeed());
        guarded.clock.advance(1ns);
        QVERIFY(guarded.succeed());
    }

    void the_wait_may_have_to_be_exceeded() {
        CircuitBreakerConfig config = twoInARow();
        config.openWaitCompare = Compare::above;
        Guarded guarded(config);
        guarded.run("ff");
        guarded.clock.advance(10s);
        QVERIFY(!guarded.succeed());
        guarded.clock.advance(1ns);
        QVERIFY(guarded.succeed());
    }

    void only_a_call_moves_it_unless_the_tick_may() {
        CircuitBreakerConfig config = twoInARow();
        Guarded byCall(config);
        byCall.run("ff");
        byCall.clock.advance(1h);
        byCall.breaker->tick();
        QCOMPARE(byCall.state(), State::open);
        config.halfOpenBy = HalfOpenBy::tick;
        Guarded byTick(config);
        byTick.run("ff");
        byTick.clock.advance(10s);
        byTick.breaker->tick();
        QCOMPARE(byTick.state(), State::halfOpen);
    }

    void a_refusal_tells_why_and_how_long() {
        Guarded guarded;
        guarded.run("ff");
        guarded.clock.advance(4s);
        const Acquired refused = guarded.breaker->tryAcquire();
        QVERIFY(!refused);
        QCOMPARE(refused.refusal().reason, RefusalReason::open);
        QCOMPARE(refused.refusal().untilProbe, base::Duration(6s));
        QCOMPARE(guarded.breaker->snapshot().untilProbe.value(), base::Duration(6s));
        QCOMPARE(guarded.totals().rejected, std::uint64_t{1});
    }

    void exponential_waits_double_up_to_the_cap_and_start_anew_after_closing() {
        const auto seen = waits(exponential(Jitter::none), 5);
        QCOMPARE(seen, (std::vector<base::Duration>{1s, 2s, 4s, 5s, 5s}));
        Guarded guarded(exponential(Jitter::none));
        guarded.run("ff");
        guarded.clock.advance(1s);
        guarded.fail();
        QCOMPARE(waitOf(guarded), base::Duration(2s));
        guarded.clock.advance(2s);
        guarded.succeed();
        guarded.run("ff");
        QCOMPARE(waitOf(guarded), base::Duration(1s));
    }

    void waits_start_anew_only_after_a_quiet_time_where_asked() {
        CircuitBreakerConfig config = exponential(Jitter::none);
        config.backoffResetAfter = 60s;
        Guarded guarded(config);
        guarded.run("ff");
        guarded.clock.advance(1s);
        guarded.succeed();
        guarded.run("ff");  // flaps
        QCOMPARE(waitOf(guarded), base::Duration(2s));
        guarded.clock.advance(2s);
        guarded.succeed();
        guarded.clock.advance(60s);
        guarded.run("ff");
        QCOMPARE(waitOf(guarded), base::Duration(1s));
    }

    void jitter_stays_within_its_bounds_and_spreads() {
        for (const Jitter jitter : {Jitter::full, Jitter::equal, Jitter::decorrelated}) {
            CircuitBreakerConfig config = exponential(jitter);
            base::Duration least = 1h;
            base::Duration most{};
            for (std::uint64_t seed = 1; seed <= 200; ++seed) {
                config.jitterSeed = seed * 7919;
                const auto seen = waits(config, 2);
                QVERIFY(seen[0] <= (jitter == Jitter::decorrelated ? 2s : 1s));
                QVERIFY(seen[0] >= (jitter == Jitter::full    ? 0s
                                    : jitter == Jitter::equal ? base::Duration(500ms)
                                                              : 1s));
                QVERIFY(seen[1] <= 5s);
                least = std::min(least, seen[0]);
                most = std::max(most, seen[0]);
            }
            QVERIFY(most - least > 300ms);
        }
    }

    void listed_waits_are_taken_one_by_one() {
        CircuitBreakerConfig config = twoInARow();
        config.openWaits = {1ms, 2ms, 30ms};
        QCOMPARE(waits(config, 4), (std::vector<base::Duration>{1ms, 2ms, 30ms, 30ms}));
    }

    void adaptive_waits_learn_how_long_outages_last() {
        CircuitBreakerConfig config = exponential(Jitter::none);
        config.backoff = Backoff::adaptive;
        config.maxBackoff = 60s;
        Guarded guarded(config);
        guarded.run("ff");
        QCOMPARE(waitOf(guarded), base::Duration(1s));
        for (int outage = 0; outage < 10; ++outage) {
            guarded.clock.advance(100s);
            guarded.succeed();
            guarded.run("ff");
        }
        QVERIFY(waitOf(guarded) > 20s);
        QVERIFY(waitOf(guarded) <= 25s);
    }

    void the_users_own_strategy_rules() {
        class Primes final : public RecoveryStrategy {
            base::Duration openWait(const OpenSituation& situation) noexcept override {
                return situation.attempt == 1 ? 2s : situation.attempt == 2 ? 3s : 5s;
            }
            std::string_view name() const noexcept override { return "primes"; }
        };
        CircuitBreakerConfig config = twoInARow();
        config.recoveryStrategy = std::make_shared<Primes>();
        QCOMPARE(waits(config, 3), (std::vector<base::Duration>{2s, 3s, 5s}));
    }

    void retry_after_is_honoured_within_its_cap_data() {
        QTest::addColumn<int>("asked");
        QTest::addColumn<int>("waits");
        QTest::newRow("longer than the wait") << 20'000 << 20'000;
        QTest::newRow("shorter than the wait") << 1'000 << 10'000;
        QTest::newRow("longer than the cap") << 600'000 << 60'000;
    }
    void retry_after_is_honoured_within_its_cap() {
        QFETCH(int, asked);
        QFETCH(int, waits);
        Guarded guarded;
        for (int i = 0; i < 2; ++i) {
            domain::Error error = *errorOf(domain::Category::rateLimit);
            error.retryAfter = std::chrono::milliseconds(asked);
            guarded.acquire().failure(std::make_shared<const domain::Error>(error));
        }
        QCOMPARE(waitOf(guarded), base::Duration(std::chrono::milliseconds(waits)));
    }

    void the_ramp_tells_its_share_its_step_and_what_is_left_of_it() {
        CircuitBreakerConfig config = twoInARow();
        config.rampSteps = {0.1, 0.5};
        config.rampStepDuration = 2s;
        Guarded guarded(config);
        QVERIFY(!guarded.breaker->snapshot().ramp);
        guarded.run("ff");
        guarded.clock.advance(10s);
        guarded.succeed();
        QCOMPARE(guarded.breaker->snapshot().ramp.value(), (domain::RampProgress{0.1, 1, 2, 2s}));
        guarded.clock.advance(2500ms);
        guarded.breaker->tick();
        QCOMPARE(guarded.breaker->snapshot().ramp.value(), (domain::RampProgress{0.5, 2, 2, 1500ms}));
        guarded.clock.advance(2s);
        guarded.breaker->tick();
        QVERIFY(!guarded.breaker->snapshot().ramp);
    }

    void traffic_ramps_up_after_closing() {
        CircuitBreakerConfig config = twoInARow();
        config.rampSteps = {0.25, 0.5};
        config.rampStepDuration = 1s;
        Guarded guarded(config);
        guarded.run("ff");
        guarded.clock.advance(10s);
        guarded.succeed();
        const auto passing = [&guarded] {
            int passed = 0;
            for (int i = 0; i < 100; ++i) {
                passed += guarded.succeed() ? 1 : 0;
            }
            return passed;
        };
        QCOMPARE(passing(), 25);
        guarded.clock.advance(1s);
        QCOMPARE(passing(), 50);
        guarded.clock.advance(1s);
        QCOMPARE(passing(), 100);
        QVERIFY(guarded.breaker->trip("ann", "test"));
        QVERIFY(guarded.breaker->reset("ann", "all at once"));
        QCOMPARE(passing(), 100);
    }
};

FUSEBOX_TEST(OpenWaitTest)

}  // namespace fusebox::breaker

#include "open_wait_test.moc"
