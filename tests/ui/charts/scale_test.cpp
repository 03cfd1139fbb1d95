#include <fusebox/charts/latency_chart.h>
#include <fusebox/charts/round_scale.h>
#include <fusebox/support/test_case.h>

#include <cmath>

namespace fusebox::charts {

class ScaleTest : public QObject {
    Q_OBJECT

private slots:
    void marks_are_round_and_reach_the_top_data() {
        QTest::addColumn<double>("top");
        QTest::addColumn<double>("step");
        QTest::addColumn<int>("marks");
        QTest::newRow("exact") << 100.0 << 50.0 << 2;
        QTest::newRow("just above") << 101.0 << 50.0 << 3;
        QTest::newRow("small") << 0.03 << 0.01 << 3;
        QTest::newRow("large") << 73'000.0 << 20'000.0 << 4;
        QTest::newRow("one") << 1.0 << 0.5 << 2;
    }

    void marks_are_round_and_reach_the_top() {
        QFETCH(double, top);
        QFETCH(double, step);
        QFETCH(int, marks);
        const RoundScale scale = roundScale(top);
        QVERIFY(std::abs(scale.step - step) < step * 1e-9);
        QCOMPARE(scale.marks, marks);
    }

    void every_top_is_reached_by_one_to_four_marks_without_much_waste() {
        for (double top = 1e-3; top < 1e6; top *= 1.07) {
            const RoundScale scale = roundScale(top);
            QVERIFY(scale.top() >= top * (1 - 1e-6));
            QVERIFY(scale.top() - scale.step < top);
            QVERIFY(scale.marks >= 1 && scale.marks <= 4);
        }
    }

    void latency_marks_carry_the_unit_that_suits_their_step() {
        QCOMPARE(latencyMark(0, 50), QStringLiteral("0"));
        QCOMPARE(latencyMark(0.25, 0.05), QStringLiteral("250 µs"));
        QCOMPARE(latencyMark(40, 20), QStringLiteral("40 ms"));
        QCOMPARE(latencyMark(1500, 500), QStringLiteral("1.5 s"));
    }
};

FUSEBOX_TEST(ScaleTest)

}  // namespace fusebox::charts

#include "scale_test.moc"
