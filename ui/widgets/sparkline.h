#pragma once
// A small line of recent values without axes, for table cells: how much there was, and how much of it was bad.
// Limits: lines of one device pixel only; wider pens cost twenty times as much.

#include <QRectF>

#include <cstddef>
#include <span>

class QColor;
class QPainter;

namespace fusebox::widgets {

struct SparkPoint {
    float value = 0;
    float bad = 0;  ///< among value

    bool operator==(const SparkPoint&) const = default;
};

/// How many points fill the box, and the least value at its top, so that noise near zero stays small.
struct SparkScale {
    std::size_t width = 60;
    float leastTop = 1;
};

/// Draws the points, oldest first; the newest stands at the right edge. REQUIRES: scale.width >= 2.
void paintSparkline(QPainter& painter, const QRectF& box, std::span<const SparkPoint> points, const QColor& line,
                    const QColor& bad, SparkScale scale = {});

}  // namespace fusebox::widgets
