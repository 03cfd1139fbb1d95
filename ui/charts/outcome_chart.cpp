#include <fusebox/charts/outcome_chart.h>

#include <fusebox/charts/chart_canvas.h>
#include <fusebox/format/numbers.h>
#include <fusebox/widgets/colour_mix.h>

#include <QAreaSeries>
#include <QCategoryAxis>
#include <QChart>
#include <QLineSeries>

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace fusebox::charts {

namespace {

struct Outcome {
    const char* name;
    double ChartPoint::*value;
    QColor format::Theme::*colour;
};

constexpr std::array<Outcome, OutcomeChart::kOutcomes> kOutcomeOrder{
    Outcome{QT_TRANSLATE_NOOP("OutcomeChart", "success"), &ChartPoint::success, &format::Theme::outcomeSuccess},
    Outcome{QT_TRANSLATE_NOOP("OutcomeChart", "slow"), &ChartPoint::slow, &format::Theme::outcomeSlow},
    Outcome{QT_TRANSLATE_NOOP("OutcomeChart", "failure"), &ChartPoint::failure, &format::Theme::outcomeFailure},
    Outcome{QT_TRANSLATE_NOOP("OutcomeChart", "rejected"), &ChartPoint::rejected, &format::Theme::outcomeRejected}};

constexpr double kLeastTop = 4.0;  ///< calls per second

/// Success is the ground on which the rest should stand out, so it is pale.
QColor colourOf(const Outcome& outcome, const format::Theme& theme) {
    const QColor& colour = theme.*outcome.colour;
    return outcome.value == &ChartPoint::success ? widgets::mixed(theme.surface, colour, 0.5) : colour;
}

QString rateMark(double rate, double) {
    if (rate <= 0) return QStringLiteral("0");
    return rate >= 1000 ? QStringLiteral("%1k/s").arg(rate / 1000, 0, 'g', 4)
                        : QStringLiteral("%1/s").arg(rate, 0, 'g', 4);
}

QString rateText(double rate) {
    return rate > 0 && rate < 10 && rate != std::floor(rate)
               ? QString::number(rate, 'f', 1)
               : format::compactCount(static_cast<std::uint64_t>(rate + 0.5));
}

/// Where the seconds begin and end between two gaps, the layers fall to the axis, so that a gap is empty.
class EdgeBuilder {
public:
    EdgeBuilder(double step, std::size_t points) : m_step(step) {
        for (QList<QPointF>& edge : m_edges) edge.reserve(static_cast<qsizetype>(points) + 4);
    }

    void add(const ChartPoint& point) {
        std::array<double, OutcomeChart::kOutcomes> heights{};
        double sum = 0;
        for (std::size_t at = 0; at < heights.size(); ++at) heights[at] = sum += point.*kOutcomeOrder[at].value;
        if (m_last && point.x - m_last->x > m_step * 1.5) finish();
        if (!m_last) {
            push(point.x - m_step / 2, {});
            push(point.x - m_step / 2, heights);
        }
        push(point.x, heights);
        m_last = Last{point.x, heights};
    }

    void finish() {
        if (!m_last) return;
        // The newest second reaches the edge of the chart and no farther.
        const double x = std::min(0.0, m_last->x + m_step / 2);
        push(x, m_last->heights);
        push(x, {});
        m_last.reset();
    }

    [[nodiscard]] const QList<QPointF>& edge(std::size_t at) const { return m_edges[at]; }

private:
    struct Last {
        double x;
        std::array<double, OutcomeChart::kOutcomes> heights;
    };

    void push(double x, const std::array<double, OutcomeChart::kOutcomes>& heights) {
        for (std::size_t at = 0; at < heights.size(); ++at) m_edges[at].append({x, heights[at]});
    }

    double m_step;
    std::optional<Last> m_last;
    std::array<QList<QPointF>, OutcomeChart::kOutcomes> m_edges;
};

}  // namespace

OutcomeChart::OutcomeChart(QWidget* parent) : TimeChart(tr("Calls per second"), parent) {
    for (std::size_t at = 0; at < kOutcomes; ++at) {
        m_edges[at] = new QLineSeries(this);
        m_layers[at] = new QAreaSeries(m_edges[at], at > 0 ? m_edges[at - 1] : nullptr);
        m_layers[at]->setName(QString::fromLatin1(kOutcomeOrder[at].name));
        canvas().chart().addSeries(m_layers[at]);
        m_layers[at]->attachAxis(&canvas().timeAxis());
        m_layers[at]->attachAxis(&canvas().valueAxis());
    }
    canvas().setEdges(Edges::crisp);
    setTheme(format::Theme::of(palette()));
}

void OutcomeChart::plot(const std::vector<ChartPoint>& points, double step) {
    double top = kLeastTop;
    EdgeBuilder edges(step, points.size());
    for (const ChartPoint& point : points) {
        edges.add(point);
        top = std::max(top, point.total());
    }
    edges.finish();
    for (std::size_t at = 0; at < kOutcomes; ++at) m_edges[at]->replace(edges.edge(at));
    canvas().reach(top, rateMark);
}

void OutcomeChart::dress(const format::Theme& theme) {
    for (std::size_t at = 0; at < kOutcomes; ++at) {
        m_layers[at]->setPen(Qt::NoPen);
        m_layers[at]->setBrush(colourOf(kOutcomeOrder[at], theme));
    }
}

std::vector<LegendEntry> OutcomeChart::legendOf(const ChartPoint* point, const format::Theme& theme) const {
    std::vector<LegendEntry> entries;
    for (const Outcome& outcome : kOutcomeOrder) {
        entries.push_back({QCoreApplication::translate("OutcomeChart", outcome.name),
                           point != nullptr ? rateText(point->*outcome.value) : format::missing(),
                           colourOf(outcome, theme), LegendEntry::Mark::area, QStringLiteral("000")});
    }
    return entries;
}

bool OutcomeChart::hasValue(const ChartPoint& point) const {
    return point.total() > 0;
}

QString OutcomeChart::noValueText() const {
    return tr("no calls yet");
}

}  // namespace fusebox::charts
