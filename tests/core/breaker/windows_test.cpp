// What each kind of window remembers, and for how long.

#include "guarded.h"

#include <fusebox/support/test_case.h>

namespace fusebox::breaker {

using domain::State;

class WindowsTest : public QObject {
    Q_OBJECT

    static CircuitBreakerConfig window(WindowKind kind) {
        CircuitBreakerConfig config = quiet();
        config.windowKind = kind;
        config.windowSize = 5s;
        config.windowBuckets = 5;
        return config;
    }
    static void compare(const Guarded& guarded, std::uint64_t calls, std::uint64_t failures) {
        const auto metrics = guarded.window();
        QCOMPARE(metrics.calls, calls);
        QCOMPARE(metrics.failures, failures);
    }

private slots:
    void by_time_the_oldest_bucket_leaves_as_a_whole() {
        Guarded guarded(window(WindowKind::time));
        guarded.run("f");
        guarded.clock.advance(100ms);
        guarded.run("s");
        guarded.clock.advance(4700ms);
        compare(guarded, 2, 1);
        guarded.run("f");
        guarded.clock.advance(200ms);  // 5.0 s: the first second has left
        compare(guarded, 1, 1);
        guarded.clock.advance(1h);
        compare(guarded, 0, 0);
        guarded.run("s");
        compare(guarded, 1, 0);
    }

    void a_failure_rate_rises_when_old_successes_leave() {
        CircuitBreakerConfig config = window(WindowKind::time);
        config.failureRateThreshold = 0.5;
        config.minimumCalls = 3;
        Guarded guarded(config);
        guarded.run("ssssssss");
        guarded.clock.advance(4s);
        guarded.run("fff");
        QCOMPARE(guarded.state(), State::closed);
        guarded.clock.advance(1s);
        guarded.breaker->tick();
        QCOMPARE(guarded.state(), State::closed);  // time alone opens nothing
        guarded.run("s");                          // 3 of 4
        QCOMPARE(guarded.state(), State::open);
    }

    void by_count_the_last_calls_matter() {
        CircuitBreakerConfig config = window(WindowKind::count);
        config.windowCalls = 4;
        config.failureThreshold = 3;
        config.failureThresholdMinimumCalls = 4;
        Guarded guarded(config);
        guarded.run("fsfsfsfsfs");
        compare(guarded, 4, 2);
        guarded.clock.advance(1h);
        compare(guarded, 4, 2);
        guarded.run("ff");
        compare(guarded, 4, 3);
        QCOMPARE(guarded.state(), State::open);
    }

    void a_long_series_by_count_never_drifts() {
        CircuitBreakerConfig config = window(WindowKind::count);
        config.windowCalls = 7;
        Guarded guarded(config);
        std::string last;
        unsigned seed = 12345;
        for (int i = 0; i < 2000; ++i) {
            seed = seed * 1664525U + 1013904223U;
            last += (seed >> 24) % 3 == 0 ? 'f' : 's';
            guarded.run(last.substr(last.size() - 1));
            const std::string window = last.substr(last.size() - std::min<std::size_t>(last.size(), 7));
            compare(guarded, window.size(), static_cast<std::uint64_t>(std::count(window.begin(), window.end(), 'f')));
        }
    }

    void a_tumbling_window_begins_anew() {
        Guarded guarded(window(WindowKind::tumbling));
        guarded.run("sf");
        guarded.clock.advance(5s - 1ns);
        guarded.run("f");
        compare(guarded, 3, 2);
        guarded.clock.advance(1ns);
        guarded.run("s");
        compare(guarded, 1, 0);
    }

    void a_tumbling_window_may_include_its_last_instant() {
        CircuitBreakerConfig config = window(WindowKind::tumbling);
        config.windowExpiry = Compare::above;
        Guarded guarded(config);
        guarded.run("f");
        guarded.clock.advance(5s);
        guarded.run("f");
        compare(guarded, 2, 2);
        guarded.clock.advance(1ns);
        guarded.run("f");
        compare(guarded, 1, 1);
    }

    void an_aligned_tumbling_window_ends_at_whole_lengths() {
        Guarded guarded(window(WindowKind::tumblingAligned));
        guarded.clock.advance(4900ms);
        guarded.run("f");
        compare(guarded, 1, 1);
        guarded.clock.advance(100ms);
        guarded.run("s");
        compare(guarded, 1, 0);
    }

    void buckets_that_begin_with_their_first_event_leave_at_their_own_age() {
        Guarded guarded(window(WindowKind::firstEvent));
        guarded.clock.advance(300ms);
        guarded.run("f");
        guarded.clock.advance(5s - 1ns);
        compare(guarded, 1, 1);
        guarded.run("s");
        compare(guarded, 2, 1);
        guarded.clock.advance(1ns);
        compare(guarded, 1, 0);
    }

    void an_unbounded_window_forgets_only_by_closing() {
        CircuitBreakerConfig config = window(WindowKind::unbounded);
        config.failureThreshold = 3;
        Guarded guarded(config);
        guarded.run("fsf");
        guarded.clock.advance(24h);
        compare(guarded, 3, 2);
        guarded.run("f");
        QCOMPARE(guarded.state(), State::open);
        guarded.clock.advance(10s);
        guarded.succeed();
        compare(guarded, 0, 0);
    }

    void a_trip_keeps_the_window_for_those_who_look() {
        Guarded guarded(twoInARow());
        guarded.run("sff");
        compare(guarded, 3, 2);
    }

    void another_shape_of_window_loses_nothing() {
        CircuitBreakerConfig config = window(WindowKind::time);
        Guarded guarded(config);
        guarded.run("ssff");
        config.windowBuckets = 100;
        config.windowSize = 20s;
        QVERIFY(guarded.breaker->reconfigure(config));
        compare(guarded, 4, 2);
        guarded.run("s");
        compare(guarded, 5, 2);
        guarded.clock.advance(5s);  // what came from the old window leaves as it would have
        compare(guarded, 1, 0);
    }

    void another_length_of_a_window_by_count_keeps_the_newest() {
        CircuitBreakerConfig config = window(WindowKind::count);
        config.windowCalls = 6;
        Guarded guarded(config);
        guarded.run("ffffss");
        config.windowCalls = 3;
        QVERIFY(guarded.breaker->reconfigure(config));
        compare(guarded, 3, 1);
        config.windowCalls = 6;
        QVERIFY(guarded.breaker->reconfigure(config));
        compare(guarded, 3, 1);
        guarded.run("ff");
        compare(guarded, 5, 3);
    }
};

FUSEBOX_TEST(WindowsTest)

}  // namespace fusebox::breaker

#include "windows_test.moc"
