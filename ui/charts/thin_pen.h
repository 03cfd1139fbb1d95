#pragma once
// The pen of live lines: one device pixel wide on every screen, since wider pens cost several times as much.

#include <QPen>

namespace fusebox::charts {

[[nodiscard]] inline QPen thinPen(const QColor& colour, Qt::PenStyle style = Qt::SolidLine) {
    QPen pen(colour, 1.0, style);
    pen.setCosmetic(true);
    return pen;
}

}  // namespace fusebox::charts
