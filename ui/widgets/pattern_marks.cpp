#include <fusebox/widgets/pattern_marks.h>

#include <QPainter>
#include <QPainterPath>

#include <array>
#include <cmath>

namespace fusebox::widgets {

namespace {

constexpr int kSteps = 4;

// Marks are drawn in a square of 0 to 1, from the top left.
using Stroke = std::array<QPointF, 2>;

void drawStrokes(QPainter& painter, const QRectF& box, std::initializer_list<Stroke> strokes) {
    const auto place = [&box](const QPointF& at) {
        return QPointF(box.left() + at.x() * box.width(), box.top() + at.y() * box.height());
    };
    for (const Stroke& stroke : strokes) painter.drawLine(place(stroke[0]), place(stroke[1]));
}

void drawReturn(QPainter& painter, const QRectF& box) {
    const QRectF circle = box.adjusted(box.width() * 0.1, box.height() * 0.1, -box.width() * 0.1, -box.height() * 0.1);
    painter.drawArc(circle, 60 * 16, 270 * 16);
    drawStrokes(painter, box, {Stroke{{{0.62, 0.0}, {0.70, 0.16}}}, Stroke{{{0.70, 0.16}, {0.50, 0.26}}}});
}

}  // namespace

QColor colourOf(domain::Severity severity, const format::Theme& theme) {
    switch (severity) {
        case domain::Severity::low:
            return theme.mutedText;
        case domain::Severity::medium:
            return theme.seriesP50;
        case domain::Severity::high:
            return theme.warning;
        case domain::Severity::critical:
            return theme.danger;
    }
    return theme.mutedText;
}

QColor colourOf(domain::Trend trend, const format::Theme& theme) {
    switch (trend) {
        case domain::Trend::fresh:
            return theme.accent;
        case domain::Trend::rising:
            return theme.danger;
        case domain::Trend::steady:
            return theme.mutedText;
        case domain::Trend::resolved:
            return theme.stateClosed;
        case domain::Trend::regressed:
            return theme.warning;
    }
    return theme.mutedText;
}

void paintSeverityMark(QPainter& painter, const QRectF& box, domain::Severity severity, const format::Theme& theme) {
    const int filled = static_cast<int>(severity) + 1;
    const qreal step = box.width() / kSteps;
    for (int i = 0; i < kSteps; ++i) {
        const qreal height = std::round(box.height() * (0.4 + 0.2 * i));
        const QRectF bar(std::round(box.left() + step * i), std::round(box.bottom() - height), std::floor(step) - 1,
                         height);
        painter.fillRect(bar, i < filled ? colourOf(severity, theme) : theme.border);
    }
}

void paintTrendMark(QPainter& painter, const QRectF& box, domain::Trend trend, const format::Theme& theme) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colourOf(trend, theme), 1.7, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    switch (trend) {
        case domain::Trend::fresh:
            drawStrokes(painter, box,
                        {Stroke{{{0.5, 0.05}, {0.5, 0.95}}}, Stroke{{{0.1, 0.28}, {0.9, 0.72}}},
                         Stroke{{{0.1, 0.72}, {0.9, 0.28}}}});
            break;
        case domain::Trend::rising:
            drawStrokes(painter, box,
                        {Stroke{{{0.12, 0.88}, {0.85, 0.15}}}, Stroke{{{0.4, 0.12}, {0.88, 0.12}}},
                         Stroke{{{0.88, 0.12}, {0.88, 0.6}}}});
            break;
        case domain::Trend::steady:
            drawStrokes(painter, box,
                        {Stroke{{{0.05, 0.5}, {0.92, 0.5}}}, Stroke{{{0.62, 0.2}, {0.94, 0.5}}},
                         Stroke{{{0.62, 0.8}, {0.94, 0.5}}}});
            break;
        case domain::Trend::resolved:
            drawStrokes(painter, box, {Stroke{{{0.08, 0.55}, {0.38, 0.86}}}, Stroke{{{0.38, 0.86}, {0.94, 0.16}}}});
            break;
        case domain::Trend::regressed:
            drawReturn(painter, box);
            break;
    }
    painter.restore();
}

}  // namespace fusebox::widgets
