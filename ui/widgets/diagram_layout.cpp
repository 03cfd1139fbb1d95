#include <fusebox/widgets/diagram_layout.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace fusebox::widgets {

namespace {

constexpr qreal kClear = 6.0;       ///< between an arrow and the node it meets
constexpr qreal kPairOffset = 9.0;  ///< of the two arrows between half-open and open
constexpr qreal kLabelGap = 5.0;
constexpr qreal kSmallestRadius = 28.0;
constexpr qreal kLargestRadius = 54.0;

QPointF onRim(const QPointF& centre, qreal radius, qreal degrees) {
    const qreal radians = degrees * std::numbers::pi / 180.0;
    return centre + QPointF(std::cos(radians), -std::sin(radians)) * radius;
}

QPainterPath straight(const QPointF& from, const QPointF& to) {
    QPainterPath path(from);
    path.lineTo(to);
    return path;
}

/// A flat arch from rim to rim whose middle passes through height y.
QPainterPath arch(const QPointF& from, const QPointF& to, qreal y) {
    // A cubic with both handles at the same height reaches three quarters of the way to them.
    const qreal handle = from.y() + (y - from.y()) * 4.0 / 3.0;
    const qreal reach = (to.x() - from.x()) * 0.22;
    QPainterPath path(from);
    path.cubicTo(QPointF(from.x() + reach, handle), QPointF(to.x() - reach, handle), to);
    return path;
}

/// From edge to edge of two nodes on one line, shifted by dy.
QPainterPath between(const QPointF& from, const QPointF& to, qreal radius, qreal dy) {
    const qreal rim = std::sqrt(radius * radius - dy * dy) + kClear;
    const qreal direction = to.x() > from.x() ? 1.0 : -1.0;
    return straight({from.x() + direction * rim, from.y() + dy}, {to.x() - direction * rim, to.y() + dy});
}

}  // namespace

DiagramLayout layOut(const QRectF& area, const QFontMetricsF& metrics, Banner banner) {
    const qreal line = metrics.height();
    DiagramLayout layout;
    QRectF room = area;
    if (banner == Banner::present) {
        layout.banner = QRectF(room.left(), room.top(), room.width(), line + 10);
        room.setTop(layout.banner.bottom() + 4);
    }
    layout.sentence = QRectF(room.left(), room.bottom() - 2 * line, room.width(), 2 * line);
    layout.headline = QRectF(room.left(), layout.sentence.top() - line * 1.2, room.width(), line * 1.2);
    room.setBottom(layout.headline.top() - 4);

    // From top to bottom: the label and rise of the upper arch, a node, its word, the lower arch with its label.
    const qreal above = line + 14;
    const qreal below = line + 4 + line + 12;
    const qreal radius =
        std::clamp(std::min((room.height() - above - below) / 2, room.width() / 13), kSmallestRadius, kLargestRadius);
    layout.radius = radius;
    const qreal used = above + 2 * radius + below;
    const qreal y = room.top() + std::max(0.0, (room.height() - used) / 2) + above + radius;
    const qreal spacing = std::min((room.width() - 2 * radius - 2 * kClear) / 2 - radius * 0.3, radius * 7);
    const qreal middle = room.center().x();
    const std::array<qreal, 3> x{middle - spacing, middle, middle + spacing};
    const qreal gap = spacing - 2 * radius - 2 * kClear;
    for (std::size_t at = 0; at < layout.nodes.size(); ++at) {
        layout.nodes[at].centre = QPointF(x[at], y);
        const qreal half = std::min(spacing / 2, radius * 2);
        layout.nodes[at].word = QRectF(x[at] - half, y + radius + 6, 2 * half, line);
    }

    const auto place = [&layout](DiagramArrow which) -> ArrowPlace& {
        return layout.arrows[static_cast<std::size_t>(which)];
    };
    const QPointF closed = layout.node(DiagramNode::closed).centre;
    const QPointF halfOpen = layout.node(DiagramNode::halfOpen).centre;
    const QPointF open = layout.node(DiagramNode::open).centre;
    const qreal rim = radius + kClear;
    // The rims curve away from a label, so it may be a little wider than its arrow.
    const qreal spill = radius * 0.2;
    const auto labelOver = [&](qreal from, qreal dy) {
        return QRectF(from - spill, y + dy - kLabelGap - 2 * line, gap + 2 * spill, 2 * line);
    };
    const qreal firstGap = closed.x() + rim;
    const qreal secondGap = halfOpen.x() + rim;

    const qreal archTop = y - radius - 12;
    place(DiagramArrow::trip) = {arch(onRim(closed, rim, 52), onRim(open, rim, 128), archTop),
                                 QRectF(closed.x(), archTop - 3 - line, 2 * spacing, line),
                                 Qt::AlignHCenter | Qt::AlignBottom};
    place(DiagramArrow::probesSucceeded) = {between(halfOpen, closed, radius, 0), labelOver(firstGap, 0),
                                            Qt::AlignHCenter | Qt::AlignBottom};
    place(DiagramArrow::waitOver) = {between(open, halfOpen, radius, -kPairOffset), labelOver(secondGap, -kPairOffset),
                                     Qt::AlignHCenter | Qt::AlignBottom};
    place(DiagramArrow::probeFailed) = {
        between(halfOpen, open, radius, kPairOffset),
        QRectF(secondGap - spill, y + kPairOffset + kLabelGap, gap + 2 * spill, 2 * line),
        Qt::AlignHCenter | Qt::AlignTop};
    const qreal archBottom = y + radius + 6 + line + 8;
    place(DiagramArrow::reset) = {arch(onRim(open, rim, -132), onRim(closed, rim, -48), archBottom),
                                  QRectF(closed.x(), archBottom + 2, 2 * spacing, line),
                                  Qt::AlignHCenter | Qt::AlignTop};
    return layout;
}

std::optional<DiagramArrow> arrowBetween(DiagramNode from, DiagramNode to) {
    using enum DiagramNode;
    if (from == closed && to == open) return DiagramArrow::trip;
    if (from == open && to == halfOpen) return DiagramArrow::waitOver;
    if (from == halfOpen && to == open) return DiagramArrow::probeFailed;
    if (from == halfOpen && to == closed) return DiagramArrow::probesSucceeded;
    if (from == open && to == closed) return DiagramArrow::reset;
    return std::nullopt;
}

QPainterPath wayBetween(const DiagramLayout& layout, DiagramNode from, DiagramNode to) {
    if (const std::optional<DiagramArrow> arrow = arrowBetween(from, to)) return layout.arrow(*arrow).path;
    return between(layout.node(from).centre, layout.node(to).centre, layout.radius, 0);
}

}  // namespace fusebox::widgets
