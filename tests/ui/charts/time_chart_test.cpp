#include "histories.h"

#include <fusebox/charts/error_rate_chart.h>
#include <fusebox/charts/latency_chart.h>
#include <fusebox/charts/outcome_chart.h>
#include <fusebox/support/test_case.h>

#include <QAreaSeries>
#include <QChart>
#include <QChartView>
#include <QLineSeries>
#include <QSignalSpy>
#include <QValueAxis>

namespace fusebox::charts {

namespace {

QChart& chartOf(const QWidget& widget) {
    return *widget.findChild<QChartView*>()->chart();
}

/// The points of all series of that name, run by run.
std::vector<QList<QPointF>> runsIn(const QWidget& widget, const QString& name) {
    std::vector<QList<QPointF>> runs;
    for (QAbstractSeries* series : chartOf(widget).series()) {
        const auto* line = qobject_cast<QLineSeries*>(series);
        if (line != nullptr && line->name() == name && line->count() > 0) runs.push_back(line->points());
    }
    return runs;
}

QPair<double, double> rangeOf(const QWidget& widget, Qt::Orientation orientation) {
    const auto* axis = qobject_cast<QValueAxis*>(chartOf(widget).axes(orientation).front());
    return {axis->min(), axis->max()};
}

models::BreakerHistory steady(int seconds) {
    return historyOf(seconds, [](int at) { return Second{.success = 10, .p95Ms = 20.0 + at % 5, .errorRate = 0.02}; });
}

}  // namespace

class TimeChartTest : public QObject {
    Q_OBJECT

private:
    template <class Chart>
    static void show(Chart& chart) {
        chart.resize(420, 210);
        chart.show();
        QVERIFY(QTest::qWaitForWindowExposed(&chart));
    }

private slots:
    void the_line_is_the_history_up_to_the_last_whole_second() {
        LatencyChart chart;
        show(chart);
        const models::BreakerHistory history = steady(100);
        chart.setSpan(std::chrono::minutes(1));
        chart.apply(&history, kBegin + 99);
        const auto runs = runsIn(chart, QStringLiteral("P95"));
        QCOMPARE(runs.size(), std::size_t{1});
        QCOMPARE(runs[0].size(), qsizetype{61});
        for (const QPointF& point : runs[0]) {
            const int second = 98 + static_cast<int>(point.x());
            QVERIFY(qAbs(point.y() - (20.0 + second % 5)) < 1e-4);
        }
        QCOMPARE(runs[0].back().x(), 0.0);
    }

    void the_picture_moves_by_whole_seconds_and_not_between_them() {
        LatencyChart chart;
        show(chart);
        models::BreakerHistory history = steady(100);
        chart.apply(&history, kBegin + 99);
        QSignalSpy replaced(qobject_cast<QLineSeries*>(chartOf(chart).series().front()), &QXYSeries::pointsReplaced);
        for (int frame = 0; frame < 10; ++frame) chart.apply(&history, kBegin + 99);
        QCOMPARE(replaced.count(), 0);
        const double first = runsIn(chart, QStringLiteral("P95"))[0].front().x();
        chart.apply(&history, kBegin + 100);
        QCOMPARE(runsIn(chart, QStringLiteral("P95"))[0].front().x(), first - 1);
    }

    void the_time_axis_covers_the_span_that_is_chosen() {
        ErrorRateChart chart;
        show(chart);
        const models::BreakerHistory history = steady(901);
        chart.apply(&history, kBegin + 900);
        for (const int minutes : {1, 5, 15}) {
            chart.setSpan(std::chrono::minutes(minutes));
            QCOMPARE(rangeOf(chart, Qt::Horizontal), qMakePair(-60.0 * minutes, 0.0));
            QVERIFY(chart.points().front().x >= -60.0 * minutes);
            QVERIFY(chart.points().front().x < -59.0 * minutes);
            QVERIFY(chart.points().size() <= std::size_t{TimeChart::kMostPoints} + 2);
        }
    }

    void gaps_stay_gaps() {
        const auto history = historyOf(60, [](int at) -> std::optional<Second> {
            if (at >= 20 && at < 30) return std::nullopt;
            return Second{.success = 5, .p95Ms = 10.0};
        });
        LatencyChart latency;
        show(latency);
        latency.apply(&history, kBegin + 59);
        const auto runs = runsIn(latency, QStringLiteral("P95"));
        QCOMPARE(runs.size(), std::size_t{2});
        std::size_t after = 1;
        while (history.at(after).second == history.at(after - 1).second + 1) ++after;
        const auto missing = static_cast<double>(history.at(after).second - history.at(after - 1).second);
        QVERIFY(missing > 10);
        QCOMPARE(runs[1].front().x() - runs[0].back().x(), missing);

        OutcomeChart outcomes;
        show(outcomes);
        outcomes.apply(&history, kBegin + 59);
        const auto* success = qobject_cast<QAreaSeries*>(chartOf(outcomes).series().front());
        const double inGap = runs[0].back().x() + 5;
        for (const QPointF& point : success->upperSeries()->points()) {
            if (qAbs(point.x() - inGap) < 4) QCOMPARE(point.y(), 0.0);
        }
    }

    void outcomes_are_stacked_to_the_sum_of_all_calls() {
        const auto history = historyOf(30, [](int) { return Second{.success = 7, .failure = 2, .rejected = 3}; });
        OutcomeChart chart;
        show(chart);
        chart.apply(&history, kBegin + 29);
        const auto series = chartOf(chart).series();
        QCOMPARE(series.size(), qsizetype{4});
        const std::array tops{7.0, 7.0, 9.0, 12.0};
        for (qsizetype at = 0; at < 4; ++at) {
            const auto points = qobject_cast<QAreaSeries*>(series[at])->upperSeries()->points();
            QCOMPARE(points[points.size() / 2].y(), tops[static_cast<std::size_t>(at)]);
        }
    }

    void the_threshold_is_drawn_over_the_whole_span_and_inside_the_axis() {
        ErrorRateChart chart;
        show(chart);
        const models::BreakerHistory history = steady(60);
        chart.apply(&history, kBegin + 59);
        QVERIFY(runsIn(chart, QStringLiteral("threshold")).empty());
        chart.setThreshold(0.5);
        const auto threshold = runsIn(chart, QStringLiteral("threshold"));
        QCOMPARE(threshold.size(), std::size_t{1});
        QCOMPARE(threshold[0], (QList<QPointF>{{-300.0, 50.0}, {0.0, 50.0}}));
        QVERIFY(rangeOf(chart, Qt::Vertical).second > 50.0);
        QCOMPARE(chart.legend().back().figure, QStringLiteral("50 %"));
    }

    void the_vertical_axis_grows_at_once_and_shrinks_late() {
        LatencyChart chart;
        show(chart);
        const auto peak = [](double top) {
            return historyOf(20, [top](int) { return Second{.success = 1, .p95Ms = top}; });
        };
        const auto low = peak(90);
        const auto high = peak(180);
        const auto less = peak(130);
        chart.apply(&low, kBegin + 19);
        QCOMPARE(rangeOf(chart, Qt::Vertical).second, 100.0);
        chart.apply(&high, kBegin + 19);
        QCOMPARE(rangeOf(chart, Qt::Vertical).second, 200.0);
        chart.apply(&less, kBegin + 19);
        QCOMPARE(rangeOf(chart, Qt::Vertical).second, 200.0);
        chart.apply(&low, kBegin + 19);
        QCOMPARE(rangeOf(chart, Qt::Vertical).second, 100.0);
    }

    void the_head_tells_the_second_under_the_pointer() {
        LatencyChart chart;
        show(chart);
        const models::BreakerHistory history = steady(100);
        chart.apply(&history, kBegin + 99);
        QCOMPARE(chart.legend()[1].figure, QStringLiteral("23.0 ms"));
        QSignalSpy hovered(&chart, &TimeChart::hovered);
        chart.setHovered(3);
        QCOMPARE(chart.legend()[1].figure, QStringLiteral("20.0 ms"));
        QCOMPARE(hovered.count(), 0);
        auto* viewport = chart.findChild<QChartView*>()->viewport();
        QTest::mouseMove(viewport, viewport->rect().center());
        QCOMPARE(hovered.count(), 1);
        chart.setHovered(std::nullopt);
        QCOMPARE(chart.legend()[1].figure, QStringLiteral("23.0 ms"));
    }

    void the_grid_follows_the_plot_when_the_chart_is_resized() {
        OutcomeChart chart;
        show(chart);
        const auto* view = chart.findChild<QChartView*>();
        const auto reachesTheEnd = [&] {
            const QRectF plot = view->chart()->plotArea();
            const QImage picture = chart.findChild<QChartView*>()->grab().toImage();
            const QColor ground = picture.pixelColor(1, 1);
            const int top = qRound(plot.top());
            for (int y = top - 1; y <= top + 1; ++y) {
                if (picture.pixelColor(qRound(plot.right()) - 4, y) != ground) return true;
            }
            return false;
        };
        QTRY_VERIFY(reachesTheEnd());
        chart.resize(170, 210);
        chart.resize(300, 210);
        QTRY_VERIFY(reachesTheEnd());
    }

    void without_calls_the_chart_says_so() {
        OutcomeChart chart;
        show(chart);
        chart.apply(nullptr, kBegin);
        QVERIFY(chart.isEmpty());
        const QImage empty = chart.grab().toImage();
        const models::BreakerHistory history = steady(60);
        chart.apply(&history, kBegin + 59);
        QVERIFY(!chart.isEmpty());
        QVERIFY(chart.grab().toImage() != empty);
    }

    void a_hidden_chart_draws_nothing_until_it_is_shown() {
        LatencyChart chart;
        const models::BreakerHistory history = steady(60);
        chart.apply(&history, kBegin + 59);
        QVERIFY(!chart.isEmpty());
        QVERIFY(runsIn(chart, QStringLiteral("P95")).empty());
        show(chart);
        QCOMPARE(runsIn(chart, QStringLiteral("P95")).size(), std::size_t{1});
    }

    void a_new_palette_dresses_the_whole_chart() {
        LatencyChart chart;
        show(chart);
        chart.setPalette(format::Theme::dark().palette());
        QCOMPARE(chart.grab().toImage().pixelColor(2, 2), format::Theme::dark().surface);
        QCOMPARE(chart.legend().front().colour, format::Theme::dark().seriesP50);
        chart.setPalette(format::Theme::light().palette());
        QCOMPARE(chart.grab().toImage().pixelColor(2, 2), format::Theme::light().surface);
    }

    void charts_never_collapse() {
        const LatencyChart chart;
        QVERIFY(chart.minimumSizeHint().width() >= 280);
        QVERIFY(chart.minimumSizeHint().height() >= 160);
    }

    void a_time_in_which_the_breaker_was_open_is_tinted() {
        const auto history = historyOf(300, [](int at) {
            return Second{.success = 5, .p95Ms = 10.0, .state = at < 150 ? domain::State::open : domain::State::closed};
        });
        LatencyChart chart;
        show(chart);
        chart.apply(&history, kBegin + 299);
        const QImage image = chart.grab().toImage();
        const auto* view = chart.findChild<QChartView*>();
        const QRectF plot = view->chart()->plotArea();
        const auto ground = [&](double share) {
            const QPointF spot(plot.left() + plot.width() * share, plot.center().y() + plot.height() * 0.13);
            return image.pixelColor(view->mapTo(&chart, spot.toPoint()));
        };
        QVERIFY(ground(0.27) != ground(0.73));
        QCOMPARE(ground(0.73), format::Theme::of(chart.palette()).surface);
    }
};

FUSEBOX_TEST(TimeChartTest)

}  // namespace fusebox::charts

#include "time_chart_test.moc"
