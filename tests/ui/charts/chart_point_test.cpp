#include <fusebox/charts/chart_point.h>
#include <fusebox/support/test_case.h>

namespace fusebox::charts {

namespace {

models::HistoryPoint second(std::int64_t at, std::uint32_t success, std::uint32_t failure = 0) {
    models::HistoryPoint point;
    point.second = at;
    point.success = success;
    point.failure = failure;
    return point;
}

}  // namespace

class ChartPointTest : public QObject {
    Q_OBJECT

private slots:
    void the_newest_second_is_at_zero_and_older_ones_before_it() {
        const std::vector<models::HistoryPoint> seconds{second(97, 1), second(98, 2), second(100, 3)};
        const auto points = pointsOf(seconds, 100, 60, 1);
        QCOMPARE(points.size(), std::size_t{3});
        QCOMPARE(points[0].x, -3.0);
        QCOMPARE(points[2].x, 0.0);
        QCOMPARE(points[2].success, 3.0);
    }

    void only_the_span_is_taken_and_the_running_second_is_not() {
        std::vector<models::HistoryPoint> seconds;
        for (std::int64_t at = 0; at <= 200; ++at) seconds.push_back(second(at, 1));
        const auto points = pointsOf(seconds, 199, 60, 1);
        QCOMPARE(points.front().x, -60.0);
        QCOMPARE(points.back().x, 0.0);
        QCOMPARE(points.size(), std::size_t{61});
    }

    void joined_seconds_keep_the_worst_latency_and_the_mean_of_counts() {
        std::vector<models::HistoryPoint> seconds{second(100, 10, 4), second(101, 20)};
        seconds[0].p99Ms = 80.0F;
        seconds[1].p99Ms = 20.0F;
        seconds[1].errorRate = 0.25F;
        seconds[0].state = domain::State::open;
        const auto points = pointsOf(seconds, 101, 900, 2);
        QCOMPARE(points.size(), std::size_t{1});
        QCOMPARE(points[0].success, 15.0);
        QCOMPARE(points[0].failure, 2.0);
        QCOMPARE(*points[0].p99Ms, 80.0);
        QCOMPARE(*points[0].errorRate, 0.25);
        QVERIFY(!points[0].p50Ms);
        QCOMPARE(points[0].state, domain::State::open);
    }

    void a_second_stays_with_its_partner_while_time_moves_on() {
        std::vector<models::HistoryPoint> seconds;
        for (std::int64_t at = 100; at < 110; ++at) seconds.push_back(second(at, static_cast<std::uint32_t>(at)));
        const auto before = pointsOf(seconds, 108, 900, 2);
        const auto after = pointsOf(seconds, 109, 900, 2);
        for (std::size_t at = 0; at < 4; ++at) QCOMPARE(before[at].success, after[at].success);
    }

    void slow_calls_are_counted_once() {
        models::HistoryPoint point = second(100, 10, 2);
        point.slow = 5;
        const auto points = pointsOf(std::vector{point}, 100, 60, 1);
        QCOMPARE(points[0].total(), 12.0);
        QCOMPARE(points[0].slow, 3.0);
    }
};

FUSEBOX_TEST(ChartPointTest)

}  // namespace fusebox::charts

#include "chart_point_test.moc"
