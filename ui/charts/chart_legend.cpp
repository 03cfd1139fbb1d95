#include <fusebox/charts/chart_legend.h>

#include <fusebox/format/figures.h>

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace fusebox::charts {

namespace {

constexpr qreal kLineWidth = 12;
constexpr qreal kSquareWidth = 9;
constexpr qreal kMarkGap = 4;
constexpr qreal kFigureGap = 4;
constexpr qreal kWideGap = 14;
constexpr qreal kNarrowGap = 6;
constexpr int kMargin = 8;
constexpr qreal kSmallestPoints = 6.5;

qreal markWidth(const LegendEntry& entry) {
    return entry.mark == LegendEntry::Mark::area ? kSquareWidth : kLineWidth;
}

void paintMark(QPainter& painter, const QPointF& leftMiddle, const LegendEntry& entry) {
    if (entry.mark == LegendEntry::Mark::area) {
        painter.fillRect(
            QRectF(leftMiddle.x(), std::round(leftMiddle.y() - kSquareWidth / 2), kSquareWidth, kSquareWidth),
            entry.colour);
        return;
    }
    QPen pen(entry.colour, 2.0, Qt::SolidLine, Qt::FlatCap);
    if (entry.mark == LegendEntry::Mark::dashes) pen.setDashPattern({2, 1.5});
    painter.setPen(pen);
    painter.drawLine(leftMiddle, leftMiddle + QPointF(kLineWidth, 0));
}

std::vector<qreal> widthsOf(const std::vector<LegendEntry>& entries, const QFont& font) {
    const QFontMetricsF metrics(font);
    const format::Figures figures(font);
    std::vector<qreal> widths;
    for (const LegendEntry& entry : entries) {
        const qreal figure =
            entry.figure.isEmpty() ? 0 : kFigureGap + std::max(figures.width(entry.figure), figures.width(entry.room));
        widths.push_back(markWidth(entry) + kMarkGap + metrics.horizontalAdvance(entry.name) + figure);
    }
    return widths;
}

qreal sumOf(const std::vector<qreal>& widths) {
    return std::accumulate(widths.begin(), widths.end(), 0.0);
}

}  // namespace

ChartLegend::ChartLegend(const QString& title, QWidget* parent)
    : QWidget(parent), m_title(title), m_theme(format::Theme::light()) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ChartLegend::setTheme(const format::Theme& theme) {
    m_theme = theme;
    update();
}

void ChartLegend::setEntries(const QString& moment, std::vector<LegendEntry> entries) {
    if (moment == m_moment && entries == m_entries) return;
    m_moment = moment;
    m_entries = std::move(entries);
    update();
}

void ChartLegend::setRows(int rows) {
    m_rows = rows;
    updateGeometry();
    update();
}

QSize ChartLegend::sizeHint() const {
    return {280, (1 + m_rows) * fontMetrics().height() + 8};
}

void ChartLegend::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.surface);
    const QFontMetricsF metrics(font());
    const QRectF head(kMargin, 4, width() - 2 * kMargin, metrics.height());
    painter.setPen(m_theme.mutedText);
    painter.drawText(head, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, m_moment);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    painter.setFont(bold);
    painter.setPen(m_theme.text);
    const qreal room = head.width() - metrics.horizontalAdvance(m_moment) - kWideGap;
    painter.drawText(head, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     QFontMetricsF(bold).elidedText(m_title, Qt::ElideRight, room));
    const std::size_t each =
        (m_entries.size() + static_cast<std::size_t>(m_rows) - 1) / static_cast<std::size_t>(m_rows);
    QRectF row(kMargin, head.bottom() + 1, head.width(), metrics.height());
    for (std::size_t from = 0; from < m_entries.size(); from += each) {
        const auto begin = m_entries.begin() + static_cast<std::ptrdiff_t>(from);
        const auto end = m_entries.begin() + static_cast<std::ptrdiff_t>(std::min(from + each, m_entries.size()));
        paintEntries(painter, row, {begin, end});
        row.translate(0, metrics.height());
    }
}

void ChartLegend::paintEntries(QPainter& painter, const QRectF& row, const std::vector<LegendEntry>& entries) const {
    const auto gaps = static_cast<qreal>(entries.size() - 1);
    QFont plain = font();
    std::vector<qreal> widths = widthsOf(entries, plain);
    while (sumOf(widths) + gaps * kNarrowGap > row.width() && plain.pointSizeF() > kSmallestPoints) {
        plain.setPointSizeF(plain.pointSizeF() - 0.5);
        widths = widthsOf(entries, plain);
    }
    const qreal spare = row.width() - sumOf(widths);
    const qreal gap = gaps > 0 ? std::clamp(spare / gaps, kNarrowGap, kWideGap) : 0;

    painter.setFont(plain);
    const QFontMetricsF metrics(plain);
    const format::Figures figures(plain);
    qreal x = row.left();
    for (std::size_t at = 0; at < entries.size(); ++at) {
        const LegendEntry& entry = entries[at];
        paintMark(painter, {x, row.center().y()}, entry);
        const qreal name = x + markWidth(entry) + kMarkGap;
        painter.setPen(m_theme.mutedText);
        painter.drawText(QRectF(name, row.top(), row.width(), row.height()), Qt::AlignLeft | Qt::AlignVCenter,
                         entry.name);
        const qreal figure = name + metrics.horizontalAdvance(entry.name) + kFigureGap;
        painter.setPen(m_theme.text);
        figures.draw(painter, QRectF(figure, row.top(), row.width(), row.height()), Qt::AlignLeft | Qt::AlignVCenter,
                     entry.figure);
        x += widths[at] + gap;
    }
}

}  // namespace fusebox::charts
