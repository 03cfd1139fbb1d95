#pragma once
// The colours of the console, light and dark, as one plain value that is passed to whoever paints.
// Text reaches 4.5:1 on its ground, lamps and lines 3:1; states differ for colour-blind eyes too, and never by colour
// alone.

#include <QColor>
#include <QPalette>

#include <cstdint>

namespace fusebox::format {

/// What a state's colour means; also used for banners and badges.
enum class Tone : std::uint8_t { closed, open, halfOpen, forced, unknown };

enum class Brightness : std::uint8_t { light, dark };

struct Theme {
    Brightness brightness = Brightness::light;

    QColor window;
    QColor surface;           ///< tables, charts, inputs
    QColor alternateSurface;  ///< every other row
    QColor text;
    QColor mutedText;
    QColor border;
    QColor accent;  ///< focus, selection, links
    QColor textOnAccent;
    QColor warning;  ///< as text and icon on window and surface
    QColor danger;

    QColor stateClosed;
    QColor stateOpen;
    QColor stateHalfOpen;
    QColor stateForced;
    QColor stateUnknown;
    QColor textOnState;  ///< on each of the five

    QColor seriesP50;
    QColor seriesP95;
    QColor seriesP99;
    QColor outcomeSuccess;
    QColor outcomeFailure;
    QColor outcomeSlow;
    QColor outcomeRejected;
    QColor threshold;
    QColor grid;

    [[nodiscard]] QColor colour(Tone tone) const;
    /// For Fusion: all roles and groups.
    [[nodiscard]] QPalette palette() const;

    [[nodiscard]] static const Theme& light();
    [[nodiscard]] static const Theme& dark();
    /// The theme that a palette belongs to, by the lightness of its window colour.
    [[nodiscard]] static const Theme& of(const QPalette& palette);
};

/// WCAG 2 contrast of two opaque colours, 1 to 21.
[[nodiscard]] double contrast(const QColor& a, const QColor& b);

}  // namespace fusebox::format
