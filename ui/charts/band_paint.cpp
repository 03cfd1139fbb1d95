// What a chart of states looks like.

#include <fusebox/charts/band_chart.h>
#include <fusebox/format/safe_text.h>
#include <fusebox/format/state_look.h>

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace fusebox::charts {

namespace {

constexpr int kMarkWidth = 96;  // room for the text of one time mark
constexpr int kMarkSize = 7;

/// How much of its band a state fills: states differ by height as well as by colour.
double heightOf(domain::State state) {
    switch (state) {
        case domain::State::open:
            return 0.80;
        case domain::State::halfOpen:
            return 0.50;
        case domain::State::closed:
            return 0.22;
        case domain::State::unknown:
        case domain::State::stale:
            break;
    }
    return 0.06;
}

QColor colourOfMark(domain::EventKind kind, const format::Theme& theme) {
    if (kind == domain::EventKind::recoveryAction) return theme.seriesP50;
    return kind == domain::EventKind::command ? theme.accent : theme.stateForced;
}

}  // namespace

void BandChart::paintEvent(QPaintEvent*) {
    const format::Theme& theme = format::Theme::of(palette());
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), theme.surface);
    paintAxis(painter, theme);
    const QRect plot = plotRect();
    painter.save();
    painter.setClipRect(QRect(0, plot.top(), viewport()->width(), plot.height()));
    for (int band = 0; band < bandCount(); ++band) {
        const QRect row = bandRect(band);
        if (row.bottom() < plot.top() || row.top() > plot.bottom()) continue;
        paintBand(painter, band, theme);
        paintMarks(painter, band, theme);
    }
    painter.restore();
    paintNotes(painter, theme);
    if (m_pointed) {
        const int x = static_cast<int>(std::lround(xOf(*m_pointed)));
        painter.setPen(QPen(theme.mutedText, 1, Qt::DotLine));
        if (x >= plot.left() && x <= plot.right()) painter.drawLine(x, plot.top(), x, plot.bottom());
    }
    if (m_message.isEmpty()) return;
    painter.setPen(theme.mutedText);
    painter.drawText(plot.adjusted(8, 4, -8, -4), Qt::AlignCenter | Qt::TextWordWrap, m_message);
}

void BandChart::paintAxis(QPainter& painter, const format::Theme& theme) const {
    const QRect plot = plotRect();
    for (const TimeMark& mark : timeMarks(m_window, std::max(plot.width() / kMarkWidth, 1))) {
        const int x = static_cast<int>(std::lround(xOf(mark.at)));
        painter.setPen(theme.grid);
        painter.drawLine(x, axisHeight() - 3, x, viewport()->height());
        const QRect box(x - kMarkWidth / 2, 0, kMarkWidth, axisHeight() - 3);
        if (box.left() < plot.left() - 40 || box.right() > viewport()->width()) continue;
        painter.setPen(theme.mutedText);
        painter.drawText(box, Qt::AlignHCenter | Qt::AlignVCenter, mark.text);
    }
    painter.setPen(theme.border);
    painter.drawLine(0, axisHeight() - 1, viewport()->width(), axisHeight() - 1);
}

void BandChart::paintBand(QPainter& painter, int band, const format::Theme& theme) const {
    const QRect row = bandRect(band);
    const auto at = static_cast<std::size_t>(band);
    const bool isChosen = m_bands[at].breaker == m_chosen;
    if (isChosen) {
        QColor ground = theme.accent;
        ground.setAlphaF(0.14F);
        painter.fillRect(QRect(0, row.top(), viewport()->width(), row.height()), ground);
    }
    painter.setPen(theme.text);
    const QRect name(10, row.top(), kNameWidth - 18, row.height());
    painter.drawText(name, Qt::AlignLeft | Qt::AlignVCenter,
                     fontMetrics().elidedText(m_names[at], Qt::ElideLeft, name.width()));
    const double bottom = row.bottom() - 2;
    for (const journal::StateSpan& span : m_bands[at].spans) {
        const double left = std::max(xOf(span.from), double(row.left()));
        const double right = std::min(xOf(span.to), double(row.right() + 1));
        if (right <= left) continue;
        const double height = (row.height() - 4) * heightOf(span.state);
        const QColor colour = theme.colour(format::lookOf(span.state).tone);
        // A short opening must be seen, however long the span.
        const double width = span.state == domain::State::closed ? right - left : std::max(right - left, 2.0);
        painter.fillRect(QRectF(left, bottom - height, width, height), colour);
    }
    painter.setPen(theme.grid);
    painter.drawLine(0, row.bottom(), viewport()->width(), row.bottom());
}

void BandChart::paintMarks(QPainter& painter, int band, const format::Theme& theme) const {
    const QRect row = bandRect(band);
    int lastX = -kMarkSize;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    for (const journal::StoredEvent& mark : m_marks[static_cast<std::size_t>(band)]) {
        const int x = static_cast<int>(std::lround(xOf(mark.at)));
        const bool isOnLast = std::abs(x - lastX) < kMarkSize / 2;
        if (x < row.left() || x > row.right() || isOnLast) continue;
        lastX = x;
        painter.setPen(QPen(theme.surface, 1));
        painter.setBrush(colourOfMark(mark.kind, theme));
        const double top = row.top() + 1;
        if (mark.kind == domain::EventKind::recoveryAction) {
            painter.drawPolygon(
                QPolygonF{QPointF(x - 4, top + 4), QPointF(x, top), QPointF(x + 4, top + 4), QPointF(x, top + 8)});
        } else if (mark.kind == domain::EventKind::command) {
            painter.drawPolygon(QPolygonF{QPointF(x - 4.5, top), QPointF(x + 4.5, top), QPointF(x, top + 8)});
        } else {
            painter.drawRect(QRectF(x - 3.5, top, 7, 7));
        }
    }
    painter.restore();
}

void BandChart::paintNotes(QPainter& painter, const format::Theme& theme) const {
    const QRect plot = plotRect();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    for (const journal::Note& note : m_notes) {
        const double x = std::round(xOf(note.at)) + 0.5;
        if (x < plot.left() || x > plot.right() || !note.pinned) continue;
        QRect reach = plot;
        for (int band = 0; band < bandCount() && !note.breaker.value.empty(); ++band) {
            if (m_bands[static_cast<std::size_t>(band)].breaker == note.breaker) reach = bandRect(band) & plot;
        }
        if (reach.isEmpty()) continue;
        painter.setPen(QPen(theme.warning, 1));
        painter.drawLine(QPointF(x, reach.top()), QPointF(x, reach.bottom()));
        painter.setBrush(theme.warning);
        painter.setPen(Qt::NoPen);
        const double top = note.breaker.value.empty() ? axisHeight() - 10.0 : reach.top();
        painter.drawPolygon(QPolygonF{QPointF(x, top), QPointF(x + 9, top + 4), QPointF(x, top + 8)});
    }
    painter.restore();
}

}  // namespace fusebox::charts
