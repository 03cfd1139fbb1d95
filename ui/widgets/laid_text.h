#pragma once
// Lines of text that are laid out once and drawn many times: a live table repaints the same names ten times a second,
// and laying text out costs five times as much as drawing it.
// Limits: keeps at most kMostLines lines, those used last; forgets all when the font changes.

#include <QCache>
#include <QFont>
#include <QGlyphRun>
#include <QList>
#include <QRectF>
#include <QString>

class QPainter;

namespace fusebox::widgets {

class LaidText {
public:
    static constexpr int kMostLines = 4000;

    LaidText();

    /// Draws one line in the painter's pen; what does not fit is shortened with an ellipsis. Vertically centred.
    void draw(QPainter& painter, const QRectF& box, Qt::Alignment align, const QString& text, const QFont& font);

private:
    struct Key {
        QString text;
        int width = 0;

        bool operator==(const Key&) const = default;
        friend std::size_t qHash(const Key& key, std::size_t seed) { return qHashMulti(seed, key.text, key.width); }
    };

    struct Line {
        QList<QGlyphRun> runs;
        qreal width = 0;
        qreal height = 0;
    };

    const Line& lineOf(const QString& text, int width);

    QFont m_font;
    QCache<Key, Line> m_lines;
};

}  // namespace fusebox::widgets
