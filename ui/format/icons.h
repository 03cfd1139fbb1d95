#pragma once
// The console's own icons: single-colour SVGs, tinted from a palette so that they are seen in light and dark.
// Lifetime: an icon keeps the colours of the palette it was made with; make it anew when the palette changes.

#include <QColor>
#include <QIcon>
#include <QPalette>
#include <QString>
#include <QStringList>

namespace fusebox::format {

/// REQUIRES: name is one of iconNames(). Normal in the text colour, disabled muted, selected in the highlighted text
/// colour.
[[nodiscard]] QIcon icon(const QString& name, const QPalette& palette);
/// The same shape in one colour of your own.
[[nodiscard]] QIcon icon(const QString& name, const QColor& colour);
/// The coloured application icon.
[[nodiscard]] QIcon applicationIcon();

/// "chart", "check", "clear", "clock", "columns", "copy", "error", "events", "fault", "filter", "help",
/// "hold-closed", "hold-open", "info", "lab", "layout", "lock", "pause", "play", "probe", "refresh", "release",
/// "reset", "search", "settings", "stop", "theme", "trip", "warning"
[[nodiscard]] QStringList iconNames();

}  // namespace fusebox::format
