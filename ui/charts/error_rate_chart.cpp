#include <fusebox/charts/error_rate_chart.h>

#include <fusebox/charts/chart_canvas.h>
#include <fusebox/charts/thin_pen.h>
#include <fusebox/format/numbers.h>

#include <QCategoryAxis>
#include <QChart>

#include <algorithm>

namespace fusebox::charts {

namespace {

constexpr double kLeastTop = 10.0;  ///< percent: a single failure of many does not fill the chart

QString percentMark(double percent, double) {
    return percent <= 0 ? QStringLiteral("0") : QStringLiteral("%1 %").arg(percent, 0, 'g', 4);
}

}  // namespace

ErrorRateChart::ErrorRateChart(QWidget* parent)
    : TimeChart(tr("Error rate"), parent),
      m_rate(QStringLiteral("error rate"), canvas().chart(), canvas().timeAxis(), canvas().valueAxis()),
      m_limit(QStringLiteral("threshold"), canvas().chart(), canvas().timeAxis(), canvas().valueAxis()) {
    setTheme(format::Theme::of(palette()));
}

void ErrorRateChart::setThreshold(std::optional<double> failureRate) {
    if (failureRate == m_threshold) return;
    m_threshold = failureRate;
    refresh();
}

void ErrorRateChart::plot(const std::vector<ChartPoint>& points, double step) {
    double top = kLeastTop;
    std::vector<LinePoint> line;
    line.reserve(points.size());
    for (const ChartPoint& point : points) {
        line.push_back({point.x, point.errorRate});
        if (line.back().y) *line.back().y *= 100;
        top = std::max(top, line.back().y.value_or(0.0));
    }
    m_rate.plot(line, step);

    std::vector<LinePoint> limit;
    if (m_threshold) {
        const double percent = *m_threshold * 100;
        const double left = -static_cast<double>(std::chrono::seconds(span()).count());
        limit = {{left, percent}, {0.0, percent}};
        // The threshold is never at the very edge: how far the rate is below it is the point of the chart.
        top = std::max(top, std::min(100.0, percent * 1.3));
    }
    m_limit.plot(limit, static_cast<double>(std::chrono::seconds(span()).count()));
    canvas().reach(std::min(top, 100.0), percentMark);
}

void ErrorRateChart::dress(const format::Theme& theme) {
    m_rate.setPen(thinPen(theme.outcomeFailure));
    m_limit.setPen(thinPen(theme.threshold, Qt::DashLine));
}

std::vector<LegendEntry> ErrorRateChart::legendOf(const ChartPoint* point, const format::Theme& theme) const {
    const bool fewCalls = point != nullptr && !point->errorRate && point->total() > 0;
    std::vector<LegendEntry> entries{
        {tr("failing"),
         fewCalls ? format::tooFewCalls() : format::percent(point != nullptr ? point->errorRate : std::nullopt),
         theme.outcomeFailure, LegendEntry::Mark::line, QStringLiteral("00.0 %")}};
    if (m_threshold) {
        entries.push_back(
            {tr("trips at"), percentMark(*m_threshold * 100, 0), theme.threshold, LegendEntry::Mark::dashes});
    }
    return entries;
}

bool ErrorRateChart::hasValue(const ChartPoint& point) const {
    return point.errorRate.has_value();
}

QString ErrorRateChart::noValueText() const {
    return tr("too few calls");
}

}  // namespace fusebox::charts
