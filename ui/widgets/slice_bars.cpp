#include <fusebox/widgets/slice_bars.h>

#include <fusebox/format/numbers.h>
#include <fusebox/format/safe_text.h>
#include <fusebox/format/theme.h>

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <array>
#include <utility>

namespace fusebox::widgets {

namespace {

constexpr qreal kWidest = 56;
constexpr qreal kGap = 3;

QString sliceText(const domain::WindowSlice& slice) {
    return SliceBars::tr("%1 before the trip: %2, %3 failed, %4 slow")
        .arg(format::latency(slice.age), format::counted(slice.calls, SliceBars::tr("call"), SliceBars::tr("calls")),
             format::count(slice.failures), format::count(slice.slow));
}

}  // namespace

SliceBars::SliceBars(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Window, slice by slice"));
}

void SliceBars::setSlices(const std::vector<domain::WindowSlice>& slices) {
    if (slices == m_slices) return;
    m_slices = slices;
    std::uint64_t calls = 0;
    std::uint64_t failures = 0;
    for (const domain::WindowSlice& slice : m_slices) {
        calls += slice.calls;
        failures += slice.failures;
    }
    setAccessibleDescription(tr("%1 slices, %2 calls, %3 failed").arg(m_slices.size()).arg(calls).arg(failures));
    update();
}

QSize SliceBars::sizeHint() const {
    return {fontMetrics().height() * 22, fontMetrics().height() * 7};
}

QSize SliceBars::minimumSizeHint() const {
    return {fontMetrics().height() * 14, fontMetrics().height() * 7};
}

QRectF SliceBars::plot() const {
    const qreal line = fontMetrics().height();
    return {0, line + 4, static_cast<qreal>(width()), height() - 2 * line - 8};
}

bool SliceBars::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip || m_slices.empty()) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const qreal step = std::min(plot().width() / static_cast<qreal>(m_slices.size()), kWidest);
    const auto index = static_cast<std::size_t>(std::max(0.0, help->pos().x() / step));
    if (index < m_slices.size()) {
        QToolTip::showText(help->globalPos(), format::SafeText::toolTip(sliceText(m_slices[index])), this);
    } else {
        QToolTip::hideText();
    }
    return true;
}

void SliceBars::paintLegend(QPainter& painter, std::uint64_t most) const {
    const format::Theme& theme = format::Theme::of(palette());
    const std::array<std::pair<QString, QColor>, 3> entries{
        {{tr("success"), theme.outcomeSuccess}, {tr("failed"), theme.outcomeFailure}, {tr("slow"), theme.outcomeSlow}}};
    const qreal side = fontMetrics().height() / 2.0;
    qreal left = 0;
    for (const auto& [word, colour] : entries) {
        painter.fillRect(QRectF(left, side / 2, side, side), colour);
        left += side + 4;
        const qreal wide = fontMetrics().horizontalAdvance(word);
        painter.setPen(theme.mutedText);
        painter.drawText(QRectF(left, 0, wide + 2, side * 2), Qt::AlignLeft | Qt::AlignVCenter, word);
        left += wide + 14;
    }
    const QString scale = tr("at most %1 in a slice").arg(format::counted(most, tr("call"), tr("calls")));
    if (left + fontMetrics().horizontalAdvance(scale) > width()) return;
    painter.drawText(QRectF(left, 0, width() - left, side * 2), Qt::AlignRight | Qt::AlignVCenter, scale);
}

void SliceBars::paintEvent(QPaintEvent*) {
    const format::Theme& theme = format::Theme::of(palette());
    QPainter painter(this);
    const QRectF area = plot();
    if (m_slices.empty()) {
        painter.setPen(theme.mutedText);
        painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter, tr("A window by count has no slices."));
        return;
    }
    std::uint64_t most = 1;
    for (const domain::WindowSlice& slice : m_slices) most = std::max(most, slice.calls);
    paintLegend(painter, most);
    const qreal step = std::min(area.width() / static_cast<qreal>(m_slices.size()), kWidest);
    const qreal perCall = area.height() / static_cast<qreal>(most);
    QRectF column(area.left(), area.bottom(), std::max(1.0, step - kGap), 0);
    const auto stack = [&](std::uint64_t calls, const QColor& colour) {
        const qreal high = perCall * static_cast<qreal>(calls);
        painter.fillRect(QRectF(column.left(), column.top() - high, column.width(), high), colour);
        column.moveTop(column.top() - high);
    };
    for (const domain::WindowSlice& slice : m_slices) {
        column.moveTop(area.bottom());
        stack(slice.failures, theme.outcomeFailure);
        stack(slice.calls - std::min(slice.failures, slice.calls), theme.outcomeSuccess);
        const qreal slow = perCall * static_cast<qreal>(std::min(slice.slow, slice.calls));
        painter.fillRect(QRectF(column.left() + column.width() * 0.7, area.bottom() - slow, column.width() * 0.3, slow),
                         theme.outcomeSlow);
        column.translate(step, 0);
    }
    painter.setPen(theme.border);
    painter.drawLine(area.bottomLeft(),
                     QPointF(area.left() + step * static_cast<qreal>(m_slices.size()), area.bottom()));
    painter.setPen(theme.mutedText);
    const QRectF below(area.left(), area.bottom() + 2, step * static_cast<qreal>(m_slices.size()),
                       fontMetrics().height());
    painter.drawText(below, Qt::AlignLeft | Qt::AlignVCenter, QStringLiteral("−") + format::span(m_slices.front().age));
    painter.drawText(below, Qt::AlignRight | Qt::AlignVCenter, tr("trip"));
}

}  // namespace fusebox::widgets
