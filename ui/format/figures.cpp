#include <fusebox/format/figures.h>

#include <QFontDatabase>
#include <QGlyphRun>
#include <QPainter>
#include <QPointF>
#include <QVector>

#include <algorithm>
#include <cmath>

namespace fusebox::format {

namespace {

constexpr char16_t kFirstDigit = u'0';
constexpr char16_t kLastDigit = u'9';

}  // namespace

Figures::Figures(const QFont& font) : m_font(QRawFont::fromFont(font)) {
    QString latin;
    for (char16_t c = 0; c < m_latin.size(); ++c) latin.append(QChar(c));
    for (qsizetype i = 0; i < latin.size(); ++i) {
        const QVector<quint32> indexes = m_font.glyphIndexesForString(latin.mid(i, 1));
        if (indexes.isEmpty()) continue;
        const QVector<QPointF> advances = m_font.advancesForGlyphIndexes(indexes);
        m_latin[static_cast<std::size_t>(i)] = {indexes.first(), advances.isEmpty() ? 0 : advances.first().x(), 0};
    }
    for (char16_t digit = kFirstDigit; digit <= kLastDigit; ++digit) {
        m_digitWidth = std::max(m_digitWidth, m_latin[digit].advance);
    }
    for (char16_t digit = kFirstDigit; digit <= kLastDigit; ++digit) {
        Glyph& glyph = m_latin[digit];
        glyph.indent = (m_digitWidth - glyph.advance) / 2;
        glyph.advance = m_digitWidth;
    }
}

Figures::Glyph Figures::glyphOf(QChar character) const {
    const char16_t code = character.unicode();
    if (code < m_latin.size()) return m_latin[code];
    const QVector<quint32> indexes = m_font.glyphIndexesForString(QString(character));
    if (indexes.isEmpty()) return {};
    const QVector<QPointF> advances = m_font.advancesForGlyphIndexes(indexes);
    return {indexes.first(), advances.isEmpty() ? 0 : advances.first().x(), 0};
}

qreal Figures::width(QStringView text) const {
    qreal sum = 0;
    for (const QChar character : text) sum += glyphOf(character).advance;
    return sum;
}

void Figures::draw(QPainter& painter, const QRectF& where, Qt::Alignment alignment, QStringView text) const {
    QVector<quint32> indexes;
    QVector<QPointF> positions;
    indexes.reserve(text.size());
    positions.reserve(text.size());
    qreal x = 0;
    for (const QChar character : text) {
        const Glyph glyph = glyphOf(character);
        indexes.append(glyph.index);
        positions.append(QPointF(x + glyph.indent, 0));
        x += glyph.advance;
    }
    qreal left = where.left();
    if (alignment & Qt::AlignRight) left = where.right() - x;
    if (alignment & Qt::AlignHCenter) left = where.center().x() - x / 2;
    qreal base = where.top() + m_font.ascent();
    if (alignment & Qt::AlignBottom) base = where.bottom() - m_font.descent();
    if (alignment & Qt::AlignVCenter) base = where.center().y() + (m_font.ascent() - m_font.descent()) / 2;
    QGlyphRun run;
    run.setRawFont(m_font);
    run.setGlyphIndexes(indexes);
    run.setPositions(positions);
    painter.drawGlyphRun(QPointF(left, std::round(base)), run);
}

QFont consoleFont(qreal points) {
    QFont font;
    font.setFamilies({QStringLiteral("Inter"), QStringLiteral("DejaVu Sans"), font.family()});
    font.setPointSizeF(points);
    return font;
}

}  // namespace fusebox::format
