#include <fusebox/charts/gapped_line.h>
#include <fusebox/support/test_case.h>

namespace fusebox::charts {

class GappedLineTest : public QObject {
    Q_OBJECT

private slots:
    void a_missing_value_breaks_the_line() {
        const auto runs = runsOf({{0, 1.0}, {1, 2.0}, {2, std::nullopt}, {3, 4.0}, {4, 5.0}}, 1, 24);
        QCOMPARE(runs.size(), std::size_t{2});
        QCOMPARE(runs[0].back(), QPointF(1, 2));
        QCOMPARE(runs[1].front(), QPointF(3, 4));
    }

    void a_missing_second_breaks_the_line() {
        QCOMPARE(runsOf({{0, 1.0}, {1, 1.0}, {3, 1.0}, {4, 1.0}}, 1, 24).size(), std::size_t{2});
        QCOMPARE(runsOf({{0, 1.0}, {2, 1.0}, {4, 1.0}}, 2, 24).size(), std::size_t{1});
    }

    void a_lonely_value_becomes_a_dash() {
        const auto runs = runsOf({{5, 3.0}}, 1, 24);
        QCOMPARE(runs.size(), std::size_t{1});
        QCOMPARE(runs[0], (Run{{4.5, 3}, {5.5, 3}}));
    }

    void beyond_the_most_runs_the_shortest_gaps_are_bridged() {
        const auto runs = runsOf({{0, 1.0}, {1, 1.0}, {10, 1.0}, {11, 1.0}, {14, 1.0}, {15, 1.0}}, 1, 2);
        QCOMPARE(runs.size(), std::size_t{2});
        QCOMPARE(runs[0].size(), std::size_t{2});
        QCOMPARE(runs[1].front(), QPointF(10, 1));
    }

    void without_values_there_is_no_run() { QVERIFY(runsOf({{0, std::nullopt}}, 1, 24).empty()); }
};

FUSEBOX_TEST(GappedLineTest)

}  // namespace fusebox::charts

#include "gapped_line_test.moc"
