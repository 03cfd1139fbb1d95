#include <fusebox/charts/chart_canvas.h>

#include <QCategoryAxis>
#include <QChart>
#include <QChartView>
#include <QGraphicsLayout>
#include <QMouseEvent>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace fusebox::charts {

namespace {

constexpr int kTopMargin = 8;
constexpr int kGap = 6;

void clearLabels(QCategoryAxis& axis) {
    for (const QString& label : axis.categoriesLabels()) axis.remove(label);
}

QString timeLabel(int seconds, int span) {
    if (seconds == 0) return ChartCanvas::tr("now");
    return span <= 60 ? ChartCanvas::tr("−%1 s").arg(seconds) : ChartCanvas::tr("−%1 min").arg(seconds / 60);
}

}  // namespace

/// Hands what Qt Charts cannot do itself to the canvas.
class ChartCanvas::View final : public QChartView {
public:
    explicit View(ChartCanvas& canvas) : QChartView(&canvas), m_canvas(canvas) {
        setRenderHint(QPainter::Antialiasing);
        setFrameShape(QFrame::NoFrame);
        setInteractive(false);
        setFocusPolicy(Qt::NoFocus);
        setMouseTracking(true);
        viewport()->setMouseTracking(true);
    }

protected:
    void drawBackground(QPainter* painter, const QRectF& rect) override { m_canvas.paintGround(*painter, rect); }
    void drawForeground(QPainter* painter, const QRectF&) override { m_canvas.paintOverlay(*painter); }
    void mouseMoveEvent(QMouseEvent* event) override { m_canvas.pointAt(event->position().x()); }

    void resizeEvent(QResizeEvent* event) override {
        QChartView::resizeEvent(event);
        m_canvas.placePlot();
    }

    void leaveEvent(QEvent* event) override {
        emit m_canvas.pointedAt(std::nullopt);
        QChartView::leaveEvent(event);
    }

private:
    ChartCanvas& m_canvas;
};

ChartCanvas::ChartCanvas(QWidget* parent)
    : QWidget(parent),
      m_view(new View(*this)),
      m_time(new QCategoryAxis),
      m_value(new QCategoryAxis),
      m_theme(format::Theme::light()) {
    QChart& chart = this->chart();
    chart.setAnimationOptions(QChart::NoAnimation);
    chart.legend()->hide();
    chart.setBackgroundVisible(false);
    chart.setPlotAreaBackgroundVisible(false);
    chart.setMargins({});
    chart.layout()->setContentsMargins(0, 0, 0, 0);
    chart.addAxis(m_time, Qt::AlignBottom);
    chart.addAxis(m_value, Qt::AlignLeft);
    for (QCategoryAxis* axis : {m_time, m_value}) {
        axis->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
        axis->setTruncateLabels(false);
        axis->setLineVisible(axis == m_time);
    }
    m_settling.setSingleShot(true);
    m_settling.setInterval(0);
    connect(&m_settling, &QTimer::timeout, this, &ChartCanvas::settle);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_view);
}

QChart& ChartCanvas::chart() {
    return *m_view->chart();
}

QRectF ChartCanvas::plotArea() const {
    return m_view->chart()->plotArea();
}

void ChartCanvas::setEdges(Edges edges) {
    m_view->setRenderHint(QPainter::Antialiasing, edges == Edges::smooth);
}

void ChartCanvas::setTheme(const format::Theme& theme) {
    m_theme = theme;
    QPen grid(theme.grid, 1.0);
    grid.setCosmetic(true);
    QPen line(theme.border, 1.0);
    line.setCosmetic(true);
    for (QCategoryAxis* axis : {m_time, m_value}) {
        axis->setLabelsBrush(theme.mutedText);
        axis->setLabelsFont(font());
        axis->setGridLinePen(grid);
        axis->setLinePen(line);
    }
    placePlot();
    m_view->viewport()->update();
}

/// Between the labels; the wider one where the narrow one does not fit.
int ChartCanvas::timeStep(int span, TimeLabels density) {
    const bool wide = density == TimeLabels::few;
    if (span <= 60) return wide ? 30 : 15;
    if (span <= 300) return wide ? 120 : 60;
    return span <= 900 ? 300 : wide ? 1200 : 600;
}

void ChartCanvas::setSeconds(int seconds) {
    if (seconds == m_seconds) return;
    m_seconds = seconds;
    labelTime();
}

void ChartCanvas::labelTime() {
    const int step = timeStep(m_seconds, m_density);
    clearLabels(*m_time);
    // A label may stand on the left end, so the axis has to begin before it.
    m_time->setStartValue(-m_seconds - 1);
    for (int at = m_seconds / step * step; at >= 0; at -= step) m_time->append(timeLabel(at, m_seconds), -at);
    m_time->setRange(-m_seconds, 0);
}

void ChartCanvas::reach(double top, const Label& label) {
    const RoundScale wanted = roundScale(top);
    const bool tooSmall = wanted.top() > m_scale.top();
    const bool tooLarge = wanted.top() < m_scale.top() * 0.6;
    if (!tooSmall && !tooLarge) return;
    m_scale = wanted;
    clearLabels(*m_value);
    m_value->setStartValue(-m_scale.step);
    for (int mark = 0; mark <= m_scale.marks; ++mark) {
        m_value->append(label(mark * m_scale.step, m_scale.step), mark * m_scale.step);
    }
    m_value->setRange(0, m_scale.top());
}

void ChartCanvas::setBands(std::vector<StateBand> bands) {
    if (bands == m_bands) return;
    m_bands = std::move(bands);
    m_view->viewport()->update();
}

void ChartCanvas::setMessage(const QString& message) {
    if (message == m_message) return;
    m_message = message;
    m_view->viewport()->update();
}

double ChartCanvas::xOf(double seconds) const {
    const QRectF plot = plotArea();
    return plot.left() + (seconds + m_seconds) / std::max(1, m_seconds) * plot.width();
}

QRect ChartCanvas::stripAt(int secondsAgo) const {
    return {static_cast<int>(std::floor(xOf(-secondsAgo))) - 2, 0, 5, height()};
}

void ChartCanvas::setMarked(std::optional<int> secondsAgo) {
    if (secondsAgo == m_marked) return;
    // Only the two strips are painted anew: the whole chart would cost milliseconds for each move of the mouse.
    if (m_marked) m_view->viewport()->update(stripAt(*m_marked));
    m_marked = secondsAgo;
    if (m_marked) m_view->viewport()->update(stripAt(*m_marked));
}

void ChartCanvas::paintGround(QPainter& painter, const QRectF& rect) const {
    painter.fillRect(rect, m_theme.surface);
    const QRectF plot = plotArea();
    for (const StateBand& band : m_bands) {
        QColor colour = m_theme.colour(band.tone);
        colour.setAlphaF(0.14F);
        const double left = std::max(plot.left(), xOf(band.from));
        painter.fillRect(QRectF(left, plot.top(), xOf(band.to) - left, plot.height()), colour);
    }
}

void ChartCanvas::paintOverlay(QPainter& painter) const {
    const QRectF plot = plotArea();
    if (!m_message.isEmpty()) {
        painter.setPen(m_theme.mutedText);
        painter.setFont(font());
        painter.drawText(plot, Qt::AlignCenter | Qt::TextWordWrap, m_message);
    }
    if (m_marked && *m_marked <= m_seconds) {
        QPen pen(m_theme.mutedText, 1.0);
        pen.setCosmetic(true);
        painter.setPen(pen);
        const double x = xOf(-*m_marked);
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
    }
}

void ChartCanvas::placePlot() {
    const QFontMetricsF metrics(font());
    // The same for every chart, so that the times of charts above each other line up.
    const qreal left = metrics.horizontalAdvance(QStringLiteral("000 ms")) + kGap + 4;
    const qreal right = metrics.horizontalAdvance(tr("now")) / 2 + kGap;
    const qreal bottom = metrics.height() + kGap;
    const QRectF plot = QRectF(m_view->viewport()->rect()).adjusted(left, kTopMargin, -right, -bottom);
    if (!plot.isValid()) return;
    const qreal label = metrics.horizontalAdvance(QStringLiteral("−00 min")) + kGap;
    const TimeLabels density = plot.width() < 5 * label ? TimeLabels::few : TimeLabels::all;
    if (density != m_density) {
        m_density = density;
        labelTime();
    }
    if (plot == plotArea()) return;
    chart().setPlotArea(plot);
    m_settling.start();
}

/// Qt Charts places the axes by the size that its layout knew before the chart was resized; now it knows the new one.
void ChartCanvas::settle() {
    const QRectF plot = plotArea();
    chart().setPlotArea({});
    chart().setPlotArea(plot);
}

void ChartCanvas::pointAt(double x) {
    const QRectF plot = plotArea();
    const double share = (x - plot.left()) / std::max(1.0, plot.width());
    if (share < 0 || share > 1) {
        emit pointedAt(std::nullopt);
    } else {
        emit pointedAt(static_cast<int>(std::lround((1 - share) * m_seconds)));
    }
}

}  // namespace fusebox::charts
