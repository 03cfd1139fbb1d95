#include <fusebox/widgets/laid_text.h>

#include <QFontMetricsF>
#include <QPainter>
#include <QTextLayout>

#include <cmath>
#include <memory>

namespace fusebox::widgets {

LaidText::LaidText() : m_lines(kMostLines) {}

const LaidText::Line& LaidText::lineOf(const QString& text, int width) {
    const Key key{text, width};
    if (const Line* known = m_lines.object(key)) return *known;
    const QFontMetricsF metrics(m_font);
    QTextLayout layout(
        metrics.horizontalAdvance(text) <= width ? text : metrics.elidedText(text, Qt::ElideRight, width), m_font);
    QTextOption option;
    option.setWrapMode(QTextOption::NoWrap);
    layout.setTextOption(option);
    layout.beginLayout();
    const QTextLine laid = layout.createLine();
    layout.endLayout();
    auto line = std::make_unique<Line>();
    line->runs = layout.glyphRuns();
    line->width = laid.isValid() ? laid.naturalTextWidth() : 0;
    line->height = laid.isValid() ? laid.height() : 0;
    const Line& kept = *line;
    m_lines.insert(key, line.release());
    return kept;
}

void LaidText::draw(QPainter& painter, const QRectF& box, Qt::Alignment align, const QString& text, const QFont& font) {
    if (text.isEmpty() || box.width() < 1) return;
    if (font != m_font) {
        m_font = font;
        m_lines.clear();
    }
    const Line& line = lineOf(text, static_cast<int>(box.width()));
    qreal left = box.left();
    if (align & Qt::AlignRight) left = box.right() - line.width;
    if (align & Qt::AlignHCenter) left = box.center().x() - line.width / 2;
    const QPointF corner(left, std::round(box.center().y() - line.height / 2));
    for (const QGlyphRun& run : line.runs) painter.drawGlyphRun(corner, run);
}

}  // namespace fusebox::widgets
