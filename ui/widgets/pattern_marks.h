#pragma once
// Small drawn marks for error patterns: how severe, and where they are going. Each differs by shape, not by colour alone.

#include <fusebox/domain/error_pattern.h>
#include <fusebox/format/theme.h>

#include <QRectF>

class QPainter;

namespace fusebox::widgets {

[[nodiscard]] QColor colourOf(domain::Severity severity, const format::Theme& theme);
[[nodiscard]] QColor colourOf(domain::Trend trend, const format::Theme& theme);

/// Four steps, as many of them filled as it is severe.
void paintSeverityMark(QPainter& painter, const QRectF& box, domain::Severity severity, const format::Theme& theme);
/// A star, an arrow up, a level arrow, a tick, an arrow that turns back.
void paintTrendMark(QPainter& painter, const QRectF& box, domain::Trend trend, const format::Theme& theme);

}  // namespace fusebox::widgets
