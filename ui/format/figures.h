#pragma once
// Draws numbers so that they do not dance: each digit takes the same width, in a font whose digits are not tabular too.
// Lifetime: keeps the measures of the font it was made with; make it anew when the font changes. Cheap to draw with.

#include <QFont>
#include <QRawFont>
#include <QRectF>
#include <QStringView>

#include <array>

class QPainter;

namespace fusebox::format {

class Figures {
public:
    explicit Figures(const QFont& font);

    [[nodiscard]] qreal width(QStringView text) const;
    /// Draws one line in the painter's pen, clipped to nothing; alignment as for QPainter::drawText.
    void draw(QPainter& painter, const QRectF& where, Qt::Alignment alignment, QStringView text) const;

private:
    struct Glyph {
        quint32 index = 0;
        qreal advance = 0;
        qreal indent = 0;  ///< of a narrow digit inside its cell
    };

    [[nodiscard]] Glyph glyphOf(QChar character) const;

    QRawFont m_font;
    qreal m_digitWidth = 0;
    std::array<Glyph, 256> m_latin{};
};

/// The console's font: Inter where it is installed, else DejaVu Sans, else what the system has.
[[nodiscard]] QFont consoleFont(qreal points);

}  // namespace fusebox::format
