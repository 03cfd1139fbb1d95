#pragma once
// A line of a chart that is broken where values are missing: one Qt Charts series per unbroken run.
// Lifetime: the chart outlives it and owns the series.
// Limits: at most kMostRuns runs; beyond that the shortest gaps are bridged, which are then narrower than a pixel or two.

#include <QPen>
#include <QPointF>
#include <QString>

#include <cstddef>
#include <optional>
#include <vector>

class QAbstractAxis;
class QChart;
class QLineSeries;

namespace fusebox::charts {

struct LinePoint {
    double x = 0;
    std::optional<double> y;
};

class GappedLine {
public:
    static constexpr std::size_t kMostRuns = 24;

    GappedLine(const QString& name, QChart& chart, QAbstractAxis& horizontal, QAbstractAxis& vertical);

    void setPen(const QPen& pen);

    /// REQUIRES: x ascends. Points further apart than `step` are not joined.
    void plot(const std::vector<LinePoint>& points, double step);

private:
    QLineSeries& seriesAt(std::size_t index);

    QString m_name;
    QChart& m_chart;
    QAbstractAxis& m_horizontal;
    QAbstractAxis& m_vertical;
    QPen m_pen;
    std::vector<QLineSeries*> m_series;
};

using Run = std::vector<QPointF>;

/// The unbroken runs of a line; a run of a single point becomes a dash one step long, so that it is seen.
[[nodiscard]] std::vector<Run> runsOf(const std::vector<LinePoint>& points, double step, std::size_t most);

}  // namespace fusebox::charts
