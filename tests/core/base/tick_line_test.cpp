#include <fusebox/base/tick_line.h>
#include <fusebox/base/tsc_clock.h>

#include <fusebox/support/test_case.h>

#include <QtTest>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <thread>

namespace fusebox::base {

namespace {

using Renewal = TickLine::Renewal;

constexpr std::int64_t kMs = 1'000'000;

/// Two counters that run side by side: three ticks a nanosecond, unless told otherwise.
struct Counters {
    std::uint64_t ticks = 5'000;
    std::int64_t ns = 7 * kMs;
    double perNs = 3;

    void pass(std::int64_t span) {
        ns += span;
        ticks += static_cast<std::uint64_t>(static_cast<double>(span) * perNs);
    }
};

}  // namespace

class TickLineTest : public QObject {
    Q_OBJECT

private slots:
    void nothing_is_known_before_the_rate_was_measured() {
        TickLine line;
        Counters counters;
        QVERIFY(!line.at(counters.ticks));
        QCOMPARE(line.renew(counters.ticks, counters.ns), Renewal::early);
        counters.pass(9 * kMs);
        QCOMPARE(line.renew(counters.ticks, counters.ns), Renewal::early);
        counters.pass(2 * kMs);
        QCOMPARE(line.renew(counters.ticks, counters.ns), Renewal::renewed);
        QVERIFY(line.at(counters.ticks));
        QVERIFY(qAbs(line.tickLength() - 1.0 / 3) < 0.005);
    }

    void it_follows_the_steady_clock_to_microseconds() {
        TickLine& line = started();
        for (int i = 0; i < 1'000; ++i) {
            m_counters.pass(90 * kMs);
            const std::int64_t shown = line.at(m_counters.ticks).value();
            QVERIFY2(qAbs(shown - m_counters.ns) < 3'000, qPrintable(QString::number(shown - m_counters.ns)));
            m_counters.pass(11 * kMs);
            QVERIFY(!line.at(m_counters.ticks));  // too old
            QCOMPARE(line.renew(m_counters.ticks, m_counters.ns), Renewal::renewed);
        }
    }

    void a_slow_change_of_the_rate_is_followed_and_time_never_goes_back() {
        TickLine& line = started();
        std::int64_t before = 0;
        for (int i = 0; i < 2'000; ++i) {
            m_counters.perNs *= i % 2 == 0 ? 1.00005 : 0.99999;
            m_counters.pass(60 * kMs);
            if (const auto shown = line.at(m_counters.ticks)) {
                QVERIFY(*shown >= before);
                before = *shown;
            }
            m_counters.pass(50 * kMs);
            static_cast<void>(line.renew(m_counters.ticks, m_counters.ns));
            const auto renewed = line.at(m_counters.ticks);
            QVERIFY(renewed && *renewed >= before);
            before = *renewed;
        }
        QVERIFY(qAbs(before - m_counters.ns) < kMs);
    }

    void a_counter_that_goes_back_gives_nothing_and_is_given_up_the_third_time() {
        TickLine& line = started();
        const std::int64_t reached = line.at(m_counters.ticks).value();
        for (int i = 0; i < 3; ++i) {
            m_counters.ticks -= 2'000;
            QVERIFY(!line.at(m_counters.ticks));
            const Renewal renewal = line.renew(m_counters.ticks, m_counters.ns);
            QCOMPARE(renewal, i < 2 ? Renewal::early : Renewal::givenUp);
            QVERIFY(line.fallback(m_counters.ns) >= reached);
            if (i < 2) {
                m_counters.pass(120 * kMs);
                QCOMPARE(line.renew(m_counters.ticks, m_counters.ns), Renewal::renewed);
            }
        }
    }

    void a_counter_that_leaps_ahead_is_not_believed() {
        TickLine& line = started();
        m_counters.pass(50 * kMs);
        m_counters.ticks += 30'000'000'000;  // ten seconds
        QVERIFY(!line.at(m_counters.ticks));
        QVERIFY(line.renew(m_counters.ticks, m_counters.ns) != Renewal::givenUp);
        QVERIFY(line.fallback(m_counters.ns) <= m_counters.ns + 110 * kMs);
    }

    void strikes_far_apart_are_forgiven() {
        TickLine& line = started();
        for (int i = 0; i < 10; ++i) {
            m_counters.ticks -= 2'000;
            QCOMPARE(line.renew(m_counters.ticks, m_counters.ns), Renewal::early);
            m_counters.pass(61'000 * kMs);
            QCOMPARE(line.renew(m_counters.ticks, m_counters.ns), Renewal::renewed);
        }
    }

    void a_line_nobody_read_for_long_starts_anew_at_the_steady_clock() {
        TickLine& line = started();
        m_counters.pass(3'600'000 * kMs);
        QVERIFY(!line.at(m_counters.ticks));
        QCOMPARE(line.renew(m_counters.ticks, m_counters.ns), Renewal::renewed);
        QVERIFY(qAbs(line.at(m_counters.ticks).value() - m_counters.ns) < 3'000);
    }

    void the_real_clock_never_goes_back_on_two_threads() {
        const TscClock clock;
        const SteadyClock steady;
        const auto watch = [&clock, &steady](bool& ok) {
            const Time until = steady.now() + std::chrono::milliseconds(150);
            Time before = clock.now();
            while (steady.now() < until) {
                const Time now = clock.now();
                ok = ok && now >= before;
                before = now;
            }
        };
        bool first = true;
        bool second = true;
        std::thread other(watch, std::ref(second));
        watch(first);
        other.join();
        QVERIFY(first);
        QVERIFY(second);
        const Duration apart = clock.now() - steady.now();
        QVERIFY2(qAbs(apart.count()) < 5 * kMs, qPrintable(QString::number(apart.count())));
    }

private:
    /// A line that is in force, with m_counters at its beginning.
    TickLine& started() {
        m_line = std::make_unique<TickLine>();
        m_counters = {};
        static_cast<void>(m_line->renew(m_counters.ticks, m_counters.ns));
        m_counters.pass(20 * kMs);
        static_cast<void>(m_line->renew(m_counters.ticks, m_counters.ns));
        return *m_line;
    }

    std::unique_ptr<TickLine> m_line;
    Counters m_counters;
};

FUSEBOX_TEST(TickLineTest)

}  // namespace fusebox::base

#include "tick_line_test.moc"
