#pragma once
// Where the parts of the state diagram stand: pure geometry, so that it can be tested without painting.

#include <fusebox/widgets/diagram_content.h>

#include <QFontMetricsF>
#include <QPainterPath>
#include <QRectF>

#include <array>
#include <cstddef>
#include <optional>

namespace fusebox::widgets {

struct NodePlace {
    QPointF centre;
    QRectF word;
};

struct ArrowPlace {
    QPainterPath path;  ///< from edge to edge, in the direction of the arrow
    QRectF label;
    Qt::Alignment labelAlign = Qt::AlignCenter;
};

struct DiagramLayout {
    qreal radius = 0;
    std::array<NodePlace, kDiagramNodes.size()> nodes;
    std::array<ArrowPlace, kDiagramArrowCount> arrows;
    QRectF banner;
    QRectF headline;
    QRectF sentence;

    [[nodiscard]] const NodePlace& node(DiagramNode which) const { return nodes[static_cast<std::size_t>(which)]; }
    [[nodiscard]] const ArrowPlace& arrow(DiagramArrow which) const { return arrows[static_cast<std::size_t>(which)]; }
};

enum class Banner { absent, present };

[[nodiscard]] DiagramLayout layOut(const QRectF& area, const QFontMetricsF& metrics, Banner banner);

/// The arrow that leads from one node to another; none from closed to half-open.
[[nodiscard]] std::optional<DiagramArrow> arrowBetween(DiagramNode from, DiagramNode to);

/// The way a change of state is seen to take; where no arrow leads, the straight line.
[[nodiscard]] QPainterPath wayBetween(const DiagramLayout& layout, DiagramNode from, DiagramNode to);

}  // namespace fusebox::widgets
