#include <fusebox/format/numbers.h>
#include <fusebox/support/test_case.h>

#include <cmath>
#include <limits>

using namespace fusebox;
using namespace std::chrono_literals;

class NumbersTest : public QObject {
    Q_OBJECT

private slots:
    void what_is_not_known_is_a_dash();
    void a_rate_of_calls_keeps_its_digits();
    void a_share_is_never_rounded_to_all_or_nothing();
    void too_few_calls_are_said_in_words();
    void latency_has_three_digits_and_the_unit_that_fits();
    void counts_are_grouped_or_shortened();
    void ages_and_spans_are_short();
    void a_countdown_reaches_zero_only_when_it_is_over();
};

void NumbersTest::what_is_not_known_is_a_dash() {
    const QString dash = QStringLiteral("–");
    QCOMPARE(format::callsPerSecond({}), dash);
    QCOMPARE(format::percent({}), dash);
    QCOMPARE(format::percent(std::numeric_limits<double>::quiet_NaN()), dash);
    QCOMPARE(format::callsPerSecond(std::numeric_limits<double>::infinity()), dash);
    QCOMPARE(format::latency({}), dash);
    QCOMPARE(format::latency(-1ns), dash);
    QCOMPARE(format::failureRate({}), dash);
}

void NumbersTest::a_rate_of_calls_keeps_its_digits() {
    QCOMPARE(format::callsPerSecond(0.0), QStringLiteral("0.0/s"));
    QCOMPARE(format::callsPerSecond(0.04), QStringLiteral("< 0.1/s"));
    QCOMPARE(format::callsPerSecond(12.34), QStringLiteral("12.3/s"));
    QCOMPARE(format::callsPerSecond(99.96), QStringLiteral("100/s"));
    QCOMPARE(format::callsPerSecond(12'345.6), QStringLiteral("12,346/s"));
    QCOMPARE(format::callsPerSecond(-3.0), QStringLiteral("0.0/s"));
}

void NumbersTest::a_share_is_never_rounded_to_all_or_nothing() {
    QCOMPARE(format::percent(0.0), QStringLiteral("0 %"));
    QCOMPARE(format::percent(0.0001), QStringLiteral("< 0.1 %"));
    QCOMPARE(format::percent(0.123), QStringLiteral("12.3 %"));
    QCOMPARE(format::percent(0.9999), QStringLiteral("> 99.9 %"));
    QCOMPARE(format::percent(1.0), QStringLiteral("100 %"));
}

void NumbersTest::too_few_calls_are_said_in_words() {
    domain::WindowMetrics window;
    window.calls = 3;
    QCOMPARE(format::failureRate(window), QStringLiteral("too few calls"));
    window.failureRate = 0.5;
    QCOMPARE(format::failureRate(window), QStringLiteral("50.0 %"));
}

void NumbersTest::latency_has_three_digits_and_the_unit_that_fits() {
    QCOMPARE(format::latency(0ns), QStringLiteral("0.00 µs"));
    QCOMPARE(format::latency(850us), QStringLiteral("850 µs"));
    QCOMPARE(format::latency(999'600ns), QStringLiteral("1.00 ms"));
    QCOMPARE(format::latency(12'345us), QStringLiteral("12.3 ms"));
    QCOMPARE(format::latency(9'996us), QStringLiteral("10.0 ms"));
    QCOMPARE(format::latency(1'240ms), QStringLiteral("1.24 s"));
    QCOMPARE(format::latency(2h), QStringLiteral("7,200 s"));
}

void NumbersTest::counts_are_grouped_or_shortened() {
    QCOMPARE(format::count(1'234'567), QStringLiteral("1,234,567"));
    QCOMPARE(format::compactCount(987), QStringLiteral("987"));
    QCOMPARE(format::compactCount(12'345), QStringLiteral("12.3 k"));
    QCOMPARE(format::compactCount(999'999), QStringLiteral("1.0 M"));
    QCOMPARE(format::compactCount(std::numeric_limits<std::uint64_t>::max()), QStringLiteral("18.4 E"));
    QCOMPARE(format::counted(1, QStringLiteral("call"), QStringLiteral("calls")), QStringLiteral("1 call"));
    QCOMPARE(format::counted(2'000, QStringLiteral("call"), QStringLiteral("calls")), QStringLiteral("2,000 calls"));
}

void NumbersTest::ages_and_spans_are_short() {
    QCOMPARE(format::age(200ms), QStringLiteral("now"));
    QCOMPARE(format::age(-5s), QStringLiteral("now"));
    QCOMPARE(format::age(59s), QStringLiteral("59 s ago"));
    QCOMPARE(format::age(200s), QStringLiteral("3 min ago"));
    QCOMPARE(format::age(49h), QStringLiteral("2 d ago"));
    QCOMPARE(format::span(250ms), QStringLiteral("250 ms"));
    QCOMPARE(format::span(1'500ms), QStringLiteral("1.5 s"));
    QCOMPARE(format::span(2s), QStringLiteral("2 s"));
    QCOMPARE(format::span(30s), QStringLiteral("30 s"));
    QCOMPARE(format::span(5min), QStringLiteral("5 min"));
    QCOMPARE(format::span(65min), QStringLiteral("1 h 5 min"));
    QCOMPARE(format::span(51h), QStringLiteral("2 d 3 h"));
}

void NumbersTest::a_countdown_reaches_zero_only_when_it_is_over() {
    QCOMPARE(format::countdown(1ms), QStringLiteral("0:01"));
    QCOMPARE(format::countdown(0s), QStringLiteral("0:00"));
    QCOMPARE(format::countdown(-3s), QStringLiteral("0:00"));
    QCOMPARE(format::countdown(7s), QStringLiteral("0:07"));
    QCOMPARE(format::countdown(750s), QStringLiteral("12:30"));
    QCOMPARE(format::countdown(3'723s), QStringLiteral("1:02:03"));
}

FUSEBOX_TEST(NumbersTest)

#include "numbers_test.moc"
