#include <fusebox/charts/gapped_line.h>

#include <QChart>
#include <QLineSeries>

#include <algorithm>

namespace fusebox::charts {

namespace {

void bridgeShortestGap(std::vector<Run>& runs) {
    std::size_t shortest = 1;
    const auto gapBefore = [&runs](std::size_t at) { return runs[at].front().x() - runs[at - 1].back().x(); };
    for (std::size_t at = 2; at < runs.size(); ++at) {
        if (gapBefore(at) < gapBefore(shortest)) shortest = at;
    }
    runs[shortest - 1].insert(runs[shortest - 1].end(), runs[shortest].begin(), runs[shortest].end());
    runs.erase(runs.begin() + static_cast<std::ptrdiff_t>(shortest));
}

}  // namespace

std::vector<Run> runsOf(const std::vector<LinePoint>& points, double step, std::size_t most) {
    std::vector<Run> runs;
    double previous = 0;
    bool joined = false;
    for (const LinePoint& point : points) {
        if (!point.y) {
            joined = false;
            continue;
        }
        if (!joined || point.x - previous > step * 1.5) runs.emplace_back();
        runs.back().emplace_back(point.x, *point.y);
        previous = point.x;
        joined = true;
    }
    while (runs.size() > most) bridgeShortestGap(runs);
    for (Run& run : runs) {
        if (run.size() > 1) continue;
        const QPointF alone = run.front();
        run = {{alone.x() - step / 2, alone.y()}, {alone.x() + step / 2, alone.y()}};
    }
    return runs;
}

GappedLine::GappedLine(const QString& name, QChart& chart, QAbstractAxis& horizontal, QAbstractAxis& vertical)
    : m_name(name), m_chart(chart), m_horizontal(horizontal), m_vertical(vertical) {
    seriesAt(0);
}

QLineSeries& GappedLine::seriesAt(std::size_t index) {
    while (m_series.size() <= index) {
        auto* series = new QLineSeries;
        series->setName(m_name);
        series->setPen(m_pen);
        m_chart.addSeries(series);
        series->attachAxis(&m_horizontal);
        series->attachAxis(&m_vertical);
        m_series.push_back(series);
    }
    return *m_series[index];
}

void GappedLine::setPen(const QPen& pen) {
    m_pen = pen;
    for (QLineSeries* series : m_series) series->setPen(pen);
}

void GappedLine::plot(const std::vector<LinePoint>& points, double step) {
    const std::vector<Run> runs = runsOf(points, step, kMostRuns);
    for (std::size_t at = 0; at < runs.size(); ++at) {
        seriesAt(at).replace(QList<QPointF>(runs[at].begin(), runs[at].end()));
    }
    for (std::size_t at = runs.size(); at < m_series.size(); ++at) {
        if (m_series[at]->count() > 0) m_series[at]->clear();
    }
}

}  // namespace fusebox::charts
