// What can be seen: metrics that are never negative, NaN or -1, and events in order.

#include "guarded.h"

#include <fusebox/breaker/circuit_breaker_manager.h>
#include <fusebox/support/test_case.h>

namespace fusebox::breaker {

using domain::EventKind;
using domain::State;

class SnapshotTest : public QObject {
    Q_OBJECT

private slots:
    void too_few_calls_have_no_rate() {
        CircuitBreakerConfig config;
        config.minimumCalls = 3;
        Guarded guarded(config);
        QVERIFY(!guarded.window().failureRate);
        QVERIFY(!guarded.breaker->snapshot().metrics.latency.p95);
        guarded.run("sf");
        QVERIFY(!guarded.window().failureRate);
        QCOMPARE(guarded.window().minimumCalls, std::uint64_t{3});
        guarded.run("s");
        QCOMPARE(guarded.window().failureRate.value(), 1.0 / 3.0);
    }

    void latencies_are_within_the_stated_error() {
        for (const LatencyPrecision precision : {LatencyPrecision::standard, LatencyPrecision::fine}) {
            CircuitBreakerConfig config = quiet();
            config.latencyPrecision = precision;
            Guarded guarded(config);
            for (int i = 1; i <= 100; ++i) {
                guarded.slow(i * 1ms);
            }
            const auto latency = guarded.breaker->snapshot().metrics.latency;
            QCOMPARE(latency.samples, std::uint64_t{100});
            const auto near = [&](std::optional<base::Duration> value, base::Duration exact) {
                const auto difference = std::abs(static_cast<double>((*value - exact).count()));
                QVERIFY(difference <= latency.relativeError * static_cast<double>(exact.count()));
            };
            near(latency.p50, 50ms);
            near(latency.p95, 95ms);
            near(latency.p99, 99ms);
            near(latency.max, 100ms);
            QVERIFY(latency.relativeError <= (precision == LatencyPrecision::fine ? 0.01 : 0.016));
        }
    }

    void latencies_of_long_ago_are_forgotten() {
        CircuitBreakerConfig config = quiet();
        config.metricsWindow = 60s;
        Guarded guarded(config);
        guarded.slow(1s);
        guarded.clock.advance(60s);
        guarded.slow(1ms);
        QCOMPARE(guarded.breaker->snapshot().metrics.latency.samples, std::uint64_t{2});
        guarded.clock.advance(60s);
        QCOMPARE(guarded.breaker->snapshot().metrics.latency.samples, std::uint64_t{1});
        guarded.clock.advance(60s);
        QVERIFY(!guarded.breaker->snapshot().metrics.latency.p95);
    }

    void sampled_timing_counts_all_and_times_some() {
        CircuitBreakerConfig config = quiet();
        config.timing = Timing::sampled;
        config.timingSampleInterval = 8;
        Guarded guarded(config);
        guarded.run(std::string(80, 's'));
        const auto metrics = guarded.breaker->snapshot().metrics;
        QCOMPARE(metrics.totals.success, std::uint64_t{80});
        QCOMPARE(metrics.window.calls, std::uint64_t{80});
        QCOMPARE(metrics.latency.samples, std::uint64_t{10});
    }

    void counts_only_times_nothing_and_still_trips_in_time() {
        CircuitBreakerConfig config = quiet();
        config.timing = Timing::countsOnly;
        config.failureThreshold = 3;
        Guarded guarded(config);
        guarded.run("ff");
        guarded.clock.advance(10s);
        guarded.run("ff");
        QCOMPARE(guarded.state(), State::closed);
        guarded.run("f");
        QCOMPARE(guarded.state(), State::open);
        QCOMPARE(guarded.breaker->snapshot().metrics.latency.samples, std::uint64_t{0});
    }

    void looking_changes_nothing() {
        Guarded guarded;
        guarded.run("sf");
        const auto before = guarded.breaker->snapshot();
        for (int i = 0; i < 100; ++i) {
            (void)guarded.breaker->snapshot();
        }
        const auto after = guarded.breaker->snapshot();
        QCOMPARE(after.revision, before.revision);
        QVERIFY(after.metrics == before.metrics);
        QVERIFY(after.standings == before.standings);
        QVERIFY(after.detail == before.detail);  // shared, not made anew
    }

    void the_last_twenty_errors_are_kept() {
        Guarded guarded(quiet());
        for (int i = 0; i < 30; ++i) {
            guarded.acquire().failure(errorOf(domain::Category::transient, std::to_string(i)));
        }
        const auto errors = guarded.breaker->snapshot().detail->recentErrors;
        QCOMPARE(errors.size(), std::size_t{20});
        QCOMPARE(errors.back().error->message, std::string("29"));
    }

    void fifty_transitions_are_kept_and_all_are_counted() {
        Guarded guarded;
        for (int i = 0; i < 40; ++i) {
            QVERIFY(guarded.breaker->trip("ann", "test"));
            QVERIFY(guarded.breaker->reset("ann", "test"));
        }
        const auto snapshot = guarded.breaker->snapshot();
        QCOMPARE(snapshot.detail->transitions.size(), std::size_t{50});
        QCOMPARE(snapshot.metrics.transitions, std::uint64_t{80});
        QCOMPARE(snapshot.detail->transitions.front().sequence, std::uint64_t{31});
    }

    void events_come_in_order_and_losses_are_counted() {
        Guarded guarded;
        for (int i = 0; i < 150; ++i) {
            QVERIFY(guarded.breaker->trip("ann", "test"));
            QVERIFY(guarded.breaker->reset("ann", "test"));
        }
        const auto drained = guarded.breaker->drainEvents();
        QCOMPARE(drained.events.size(), std::size_t{256});
        QCOMPARE(drained.lost, std::uint64_t{44});
        std::uint64_t last = 44;
        for (const auto& event : drained.events) {
            const auto sequence = std::get<domain::Transition>(event.body).sequence;
            QCOMPARE(sequence, last + 1);
            last = sequence;
        }
        QVERIFY(guarded.breaker->drainEvents().events.empty());
    }

    void the_event_of_a_transition_says_from_where_to_where_and_why() {
        Guarded guarded;
        QVERIFY(guarded.breaker->trip("ann", "drill"));
        const auto events = guarded.breaker->drainEvents().events;
        QCOMPARE(events.size(), std::size_t{1});
        QCOMPARE(events[0].text, std::string("CLOSED to OPEN: trip by ann: drill"));
        QCOMPARE(events[0].actor, std::string("ann"));
    }

    void an_idle_breaker_is_small() {
        const Guarded guarded{CircuitBreakerConfig()};
        QVERIFY2(guarded.breaker->bytes() <= 3072, std::to_string(guarded.breaker->bytes()).c_str());
    }

    void a_used_breaker_stays_within_16_kib() {
        Guarded guarded{CircuitBreakerConfig()};
        for (int minute = 0; minute < 3; ++minute) {
            guarded.run("ssss");
            guarded.clock.advance(60s);
        }
        QVERIFY2(guarded.breaker->bytes() <= 16384, std::to_string(guarded.breaker->bytes()).c_str());
    }

    void the_registry_makes_finds_and_removes() {
        const base::ManualClock clock;
        CircuitBreakerManager manager(clock);
        const auto identity = [](const char* id, const char* group) {
            domain::Identity made;
            made.id = domain::BreakerId(id);
            made.group = group;
            return made;
        };
        QVERIFY(manager.create(identity("b", "shop"), {}));
        QVERIFY(manager.create(identity("a", "shop"), {}));
        QVERIFY(manager.create(identity("c", ""), {}));
        QCOMPARE(manager.create(identity("a", ""), {}).error().code, base::TroubleCode::conflict);
        QVERIFY(!manager.create(identity("", ""), {}));
        QCOMPARE(manager.list().front()->identity().id.value, std::string("a"));
        QCOMPARE(manager.inGroup("shop").size(), std::size_t{2});
        QVERIFY(manager.find(domain::BreakerId("b"))->trip("ann", "test"));
        QVERIFY(manager.remove(domain::BreakerId("b")));
        QVERIFY(!manager.remove(domain::BreakerId("b")));
        QVERIFY(manager.find(domain::BreakerId("b")) == nullptr);
        QCOMPARE(manager.snapshotAll().size(), std::size_t{2});
        const auto drained = manager.drainEvents();
        QCOMPARE(drained.events.size(), std::size_t{5});  // three added, one transition, one removed
        QCOMPARE(drained.events[3].kind, EventKind::transition);
        QCOMPARE(drained.events[4].kind, EventKind::breakerRemoved);
    }
};

FUSEBOX_TEST(SnapshotTest)

}  // namespace fusebox::breaker

#include "snapshot_test.moc"
