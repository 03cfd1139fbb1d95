#pragma once
// Draws the state diagram: content says what, layout says where, motion says how far a change of state has come.
// Limits: no effects and no caches; a repaint takes about a millisecond.

#include <fusebox/format/theme.h>
#include <fusebox/widgets/diagram_content.h>
#include <fusebox/widgets/diagram_layout.h>

#include <optional>

class QPainter;

namespace fusebox::widgets {

/// A change of state on its way: 0 at its beginning, 1 at its end.
struct DiagramMotion {
    DiagramNode from = DiagramNode::closed;
    DiagramNode to = DiagramNode::closed;
    double progress = 0;
};

void paintDiagram(QPainter& painter, const DiagramContent& content, const DiagramLayout& layout,
                  const format::Theme& theme, const std::optional<DiagramMotion>& motion);

}  // namespace fusebox::widgets
