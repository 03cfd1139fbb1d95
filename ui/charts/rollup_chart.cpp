#include <fusebox/charts/rollup_chart.h>

#include <fusebox/charts/band_chart.h>
#include <fusebox/charts/round_scale.h>
#include <fusebox/format/numbers.h>

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>

namespace fusebox::charts {

namespace {

constexpr int kHead = 4;
constexpr int kGap = 8;
constexpr double kCallsShare = 0.5;

using Milliseconds = std::chrono::duration<double, std::milli>;

double msOf(const std::optional<base::Duration>& duration) {
    return duration ? Milliseconds(*duration).count() : 0;
}

double perSecond(std::uint64_t count, const journal::RollupPoint& point) {
    const double seconds = std::chrono::duration<double>(point.span).count();
    return seconds <= 0 ? 0 : double(count) / seconds;
}

std::uint64_t callsOf(const journal::RollupPoint& point) {
    return point.success + point.failure + point.rejected;
}

base::WallTime endOf(const journal::RollupPoint& point) {
    return point.at + std::chrono::duration_cast<base::WallTime::duration>(point.span);
}

}  // namespace

RollupChart::RollupChart(QWidget* parent) : QWidget(parent) {
    setMouseTracking(true);
    setAccessibleName(tr("Calls and latency over time"));
}

void RollupChart::setWindow(const HistoryWindow& window) {
    if (window == m_window) return;
    m_window = window;
    update();
}

void RollupChart::show(const QString& name, std::vector<journal::RollupPoint> points) {
    m_name = name;
    m_points = std::move(points);
    setAccessibleDescription(headText());
    update();
}

void RollupChart::setMessage(const QString& message) {
    if (message == m_message) return;
    m_message = message;
    update();
}

void RollupChart::setPointed(std::optional<base::WallTime> at) {
    if (at == m_pointed) return;
    m_pointed = at;
    update();
}

const journal::RollupPoint* RollupChart::pointAt(base::WallTime at) const {
    const auto found = std::find_if(m_points.begin(), m_points.end(), [&](const journal::RollupPoint& point) {
        return at >= point.at && at < endOf(point);
    });
    return found == m_points.end() ? nullptr : &*found;
}

QString RollupChart::headText() const {
    if (m_name.isEmpty()) return {};
    if (m_pointed) {
        const journal::RollupPoint* point = pointAt(*m_pointed);
        const QString at = format::dateTime(*m_pointed).left(19);
        if (point == nullptr) return tr("%1   %2   not recorded").arg(m_name, at);
        return tr("%1   %2   %3, %4 failed, P50 %5, P95 %6, P99 %7")
            .arg(m_name, at, format::callsPerSecond(point->callsPerSecond), format::percent(point->failureRate),
                 format::latency(point->latency.p50), format::latency(point->latency.p95),
                 format::latency(point->latency.p99));
    }
    std::uint64_t calls = 0;
    std::uint64_t failed = 0;
    std::uint64_t refused = 0;
    std::optional<base::Duration> worst;
    for (const journal::RollupPoint& point : m_points) {
        calls += callsOf(point);
        failed += point.failure;
        refused += point.rejected;
        if (point.latency.p95 && (!worst || *point.latency.p95 > *worst)) worst = point.latency.p95;
    }
    return tr("%1   %2, %3 failed, %4 refused, highest P95 %5")
        .arg(m_name, format::counted(calls, tr("call"), tr("calls")), format::count(failed), format::count(refused),
             format::latency(worst));
}

QRect RollupChart::plotRect() const {
    const int head = fontMetrics().height() + kHead;
    return rect().adjusted(BandChart::kNameWidth, head, -BandChart::kRightMargin, -4);
}

double RollupChart::xOf(base::WallTime at, const QRect& plot) const {
    return plot.left() + placeOf(m_window, at) * plot.width();
}

void RollupChart::paintEvent(QPaintEvent*) {
    const format::Theme& theme = format::Theme::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(), theme.surface);
    const QRect plot = plotRect();
    painter.setPen(theme.text);
    const QRect head(10, 2, width() - 20, fontMetrics().height());
    painter.drawText(head, Qt::AlignLeft | Qt::AlignVCenter,
                     fontMetrics().elidedText(headText(), Qt::ElideRight, head.width()));
    if (m_points.empty()) {
        painter.setPen(theme.mutedText);
        painter.drawText(plot, Qt::AlignCenter | Qt::TextWordWrap, m_message);
        return;
    }
    const int callsHeight = static_cast<int>((plot.height() - kGap) * kCallsShare);
    paintCalls(painter, {plot.left(), plot.top(), plot.width(), callsHeight}, theme);
    paintLatency(painter, plot.adjusted(0, callsHeight + kGap, 0, 0), theme);
    if (!m_pointed) return;
    const int x = static_cast<int>(std::lround(xOf(*m_pointed, plot)));
    painter.setPen(QPen(theme.mutedText, 1, Qt::DotLine));
    if (x >= plot.left() && x <= plot.right()) painter.drawLine(x, plot.top(), x, plot.bottom());
}

void RollupChart::paintGround(QPainter& painter, const QRect& pane, const QString& title, const QString& top,
                              const format::Theme& theme) const {
    painter.setPen(theme.grid);
    painter.drawLine(pane.left(), pane.bottom(), pane.right(), pane.bottom());
    painter.drawLine(pane.left(), pane.top(), pane.right(), pane.top());
    painter.setPen(theme.mutedText);
    const QRect side(10, pane.top(), BandChart::kNameWidth - 18, pane.height());
    painter.drawText(side, Qt::AlignLeft | Qt::AlignVCenter, title);
    painter.drawText(side, Qt::AlignRight | Qt::AlignTop, top);
    painter.drawText(side, Qt::AlignRight | Qt::AlignBottom, QStringLiteral("0"));
}

void RollupChart::paintCalls(QPainter& painter, const QRect& pane, const format::Theme& theme) const {
    double top = 1;
    for (const journal::RollupPoint& point : m_points) top = std::max(top, perSecond(callsOf(point), point));
    top = roundScale(top).top();
    paintGround(painter, pane, tr("Calls by outcome"), format::callsPerSecond(top), theme);
    painter.save();
    painter.setClipRect(pane.adjusted(0, 0, 1, 0));
    for (const journal::RollupPoint& point : m_points) {
        const double left = xOf(point.at, pane);
        const double width = std::max(xOf(endOf(point), pane) - left, 1.0);
        const std::array<std::pair<std::uint64_t, QColor>, 3> layers{std::pair{point.failure, theme.outcomeFailure},
                                                                     std::pair{point.rejected, theme.outcomeRejected},
                                                                     std::pair{point.success, theme.outcomeSuccess}};
        double bottom = pane.bottom();
        for (const auto& [count, colour] : layers) {
            const double height = perSecond(count, point) / top * pane.height();
            if (height > 0) painter.fillRect(QRectF(left, bottom - height, width, height), colour);
            bottom -= height;
        }
    }
    painter.restore();
}

void RollupChart::paintLatency(QPainter& painter, const QRect& pane, const format::Theme& theme) const {
    double top = 1;
    for (const journal::RollupPoint& point : m_points) top = std::max(top, msOf(point.latency.p99));
    top = roundScale(top).top();
    const auto topTime = std::chrono::duration_cast<base::Duration>(Milliseconds(top));
    paintGround(painter, pane, tr("P50, P95, P99"), format::latency(topTime), theme);
    painter.save();
    painter.setClipRect(pane.adjusted(0, 0, 1, 0));
    using Quantile = std::optional<base::Duration> domain::LatencyMetrics::*;
    const std::array<std::pair<Quantile, QColor>, 3> lines{std::pair{&domain::LatencyMetrics::p50, theme.seriesP50},
                                                           std::pair{&domain::LatencyMetrics::p95, theme.seriesP95},
                                                           std::pair{&domain::LatencyMetrics::p99, theme.seriesP99}};
    const auto yOf = [&](const std::optional<base::Duration>& latency) {
        return pane.bottom() - msOf(latency) / top * pane.height();
    };
    for (const auto& [quantile, colour] : lines) {
        // One flat piece for each point, joined to the next one where nothing lies between.
        QVector<QLineF> pieces;
        const journal::RollupPoint* last = nullptr;
        for (const journal::RollupPoint& point : m_points) {
            if (!(point.latency.*quantile)) continue;
            const double left = xOf(point.at, pane);
            const double y = yOf(point.latency.*quantile);
            pieces.append({left, y, std::max(xOf(endOf(point), pane), left + 1), y});
            if (last != nullptr && endOf(*last) >= point.at) {
                pieces.append({left, yOf(last->latency.*quantile), left, y});
            }
            last = &point;
        }
        painter.setPen(QPen(colour, 1));
        painter.drawLines(pieces);
    }
    painter.restore();
}

void RollupChart::mouseMoveEvent(QMouseEvent* event) {
    const QRect plot = plotRect();
    const double place = double(event->pos().x() - plot.left()) / std::max(plot.width(), 1);
    if (place < 0 || place > 1) return emit pointedAt(std::nullopt);
    emit pointedAt(momentAt(m_window, place));
}

void RollupChart::leaveEvent(QEvent*) {
    emit pointedAt(std::nullopt);
}

QSize RollupChart::sizeHint() const {
    return {BandChart::kNameWidth * 4, 150};
}

QSize RollupChart::minimumSizeHint() const {
    return {BandChart::kNameWidth * 2, 100};
}

}  // namespace fusebox::charts
