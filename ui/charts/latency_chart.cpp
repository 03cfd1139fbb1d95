#include <fusebox/charts/latency_chart.h>

#include <fusebox/charts/chart_canvas.h>
#include <fusebox/charts/thin_pen.h>
#include <fusebox/format/numbers.h>

#include <QCategoryAxis>
#include <QChart>

#include <algorithm>
#include <cstddef>

namespace fusebox::charts {

namespace {

struct Curve {
    const char* name;
    std::optional<double> ChartPoint::*value;
    QColor format::Theme::*colour;
};

// The tail lies over the middle: it is the one that hurts.
constexpr std::array<Curve, 3> kCurves{Curve{"P50", &ChartPoint::p50Ms, &format::Theme::seriesP50},
                                       Curve{"P95", &ChartPoint::p95Ms, &format::Theme::seriesP95},
                                       Curve{"P99", &ChartPoint::p99Ms, &format::Theme::seriesP99}};

QString latencyText(const std::optional<double>& milliseconds) {
    if (!milliseconds) return format::missing();
    return format::latency(
        std::chrono::duration_cast<base::Duration>(std::chrono::duration<double, std::milli>(*milliseconds)));
}

}  // namespace

QString latencyMark(double milliseconds, double step) {
    if (milliseconds <= 0) return QStringLiteral("0");
    if (step < 0.5) return QStringLiteral("%1 µs").arg(milliseconds * 1000, 0, 'g', 4);
    if (step < 500) return QStringLiteral("%1 ms").arg(milliseconds, 0, 'g', 4);
    return QStringLiteral("%1 s").arg(milliseconds / 1000, 0, 'g', 4);
}

LatencyChart::LatencyChart(QWidget* parent)
    : TimeChart(tr("Latency"), parent),
      m_lines{
          GappedLine(QString::fromLatin1(kCurves[0].name), canvas().chart(), canvas().timeAxis(), canvas().valueAxis()),
          GappedLine(QString::fromLatin1(kCurves[1].name), canvas().chart(), canvas().timeAxis(), canvas().valueAxis()),
          GappedLine(QString::fromLatin1(kCurves[2].name), canvas().chart(), canvas().timeAxis(),
                     canvas().valueAxis())} {
    setTheme(format::Theme::of(palette()));
}

void LatencyChart::plot(const std::vector<ChartPoint>& points, double step) {
    double top = 1.0;
    std::vector<LinePoint> line(points.size());
    for (std::size_t at = 0; at < kCurves.size(); ++at) {
        for (std::size_t index = 0; index < points.size(); ++index) {
            line[index] = {points[index].x, points[index].*kCurves[at].value};
            top = std::max(top, line[index].y.value_or(0.0));
        }
        m_lines[at].plot(line, step);
    }
    canvas().reach(top, latencyMark);
}

void LatencyChart::dress(const format::Theme& theme) {
    for (std::size_t at = 0; at < kCurves.size(); ++at) m_lines[at].setPen(thinPen(theme.*kCurves[at].colour));
}

std::vector<LegendEntry> LatencyChart::legendOf(const ChartPoint* point, const format::Theme& theme) const {
    std::vector<LegendEntry> entries;
    for (const Curve& curve : kCurves) {
        entries.push_back({QString::fromLatin1(curve.name),
                           point != nullptr ? latencyText(point->*curve.value) : format::missing(), theme.*curve.colour,
                           LegendEntry::Mark::line, QStringLiteral("00.0 ms")});
    }
    return entries;
}

bool LatencyChart::hasValue(const ChartPoint& point) const {
    return point.p50Ms || point.p95Ms || point.p99Ms;
}

QString LatencyChart::noValueText() const {
    return tr("no call was measured");
}

}  // namespace fusebox::charts
