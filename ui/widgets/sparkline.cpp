#include <fusebox/widgets/sparkline.h>

#include <QLineF>
#include <QPainter>
#include <QVarLengthArray>

#include <algorithm>

namespace fusebox::widgets {

namespace {

constexpr qreal kHeadroom = 1.2;

}  // namespace

void paintSparkline(QPainter& painter, const QRectF& box, std::span<const SparkPoint> points, const QColor& line,
                    const QColor& bad, SparkScale scale) {
    if (points.size() > scale.width) points = points.last(scale.width);
    if (points.size() < 2) return;
    float top = scale.leastTop;
    for (const SparkPoint& point : points) top = std::max(top, point.value);
    // Some air above, so that a steady line does not look like the edge of its cell.
    const qreal perUnit = (box.height() - 1) / (kHeadroom * static_cast<qreal>(top));
    const qreal step = box.width() / static_cast<qreal>(scale.width - 1);
    const qreal left = box.right() - step * static_cast<qreal>(points.size() - 1);
    const auto pointAt = [&](std::size_t index, float value) {
        return QPointF(left + step * static_cast<qreal>(index),
                       box.bottom() - 0.5 - perUnit * static_cast<qreal>(value));
    };

    // Separate lines, not one polyline: Qt strokes a polyline as a path, many times slower on a scaled screen.
    QVarLengthArray<QLineF, 64> values;
    QVarLengthArray<QLineF, 64> bads;
    for (std::size_t index = 1; index < points.size(); ++index) {
        const SparkPoint& from = points[index - 1];
        const SparkPoint& to = points[index];
        values.append(QLineF(pointAt(index - 1, from.value), pointAt(index, to.value)));
        if (from.bad > 0 || to.bad > 0) bads.append(QLineF(pointAt(index - 1, from.bad), pointAt(index, to.bad)));
    }
    const auto draw = [&painter](const QVarLengthArray<QLineF, 64>& lines, const QColor& colour) {
        QPen pen(colour, 1.0);
        pen.setCosmetic(true);
        painter.setPen(pen);
        painter.drawLines(lines.constData(), static_cast<int>(lines.size()));
    };
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    draw(values, line);
    draw(bads, bad);
    painter.restore();
}

}  // namespace fusebox::widgets
