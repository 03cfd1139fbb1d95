// Shapes are drawn in a unit square and scaled into the box, so that a lamp of 12 px and a node of 80 px look alike.

#include <fusebox/widgets/state_lamp.h>

#include <QPainter>
#include <QPainterPath>
#include <QPixmapCache>

#include <algorithm>
#include <cmath>

namespace fusebox::widgets {

namespace {

constexpr qreal kGap = 6.0;
constexpr qreal kLargestKept = 24.0;  ///< small marks are drawn once and kept as pictures

QRectF squareIn(const QRectF& box) {
    const qreal side = std::min(box.width(), box.height());
    return {box.center().x() - side / 2, box.center().y() - side / 2, side, side};
}

void drawSquare(QPainter& painter, const QColor& colour) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawRoundedRect(QRectF(0.06, 0.06, 0.88, 0.88), 0.16, 0.16);
}

void drawDisc(QPainter& painter, const QColor& colour) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawEllipse(QRectF(0.03, 0.03, 0.94, 0.94));
}

void drawCross(QPainter& painter, const QColor& colour) {
    painter.setPen(QPen(colour, 0.14, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(0.31, 0.31), QPointF(0.69, 0.69));
    painter.drawLine(QPointF(0.69, 0.31), QPointF(0.31, 0.69));
}

void drawHalfDisc(QPainter& painter, const QColor& colour) {
    const QRectF ring(0.09, 0.09, 0.82, 0.82);
    painter.setPen(QPen(colour, 0.13));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(ring);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawPie(ring, -90 * 16, 180 * 16);
}

void drawPadlock(QPainter& painter, const QColor& colour) {
    painter.setPen(QPen(colour, 0.085));
    painter.setBrush(Qt::NoBrush);
    QPainterPath shackle(QPointF(0.37, 0.50));
    shackle.lineTo(0.37, 0.40);
    shackle.arcTo(QRectF(0.37, 0.24, 0.26, 0.28), 180, -180);
    shackle.lineTo(0.63, 0.50);
    painter.drawPath(shackle);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawRoundedRect(QRectF(0.28, 0.48, 0.44, 0.30), 0.05, 0.05);
}

void drawEye(QPainter& painter, const QColor& colour) {
    QPainterPath lids(QPointF(0.03, 0.5));
    lids.quadTo(0.5, -0.06, 0.97, 0.5);
    lids.quadTo(0.5, 1.06, 0.03, 0.5);
    painter.setPen(QPen(colour, 0.11, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(lids);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawEllipse(QRectF(0.36, 0.36, 0.28, 0.28));
}

void drawStruckRing(QPainter& painter, const QColor& colour) {
    painter.setPen(QPen(colour, 0.12, Qt::SolidLine, Qt::RoundCap));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(QRectF(0.09, 0.09, 0.82, 0.82));
    painter.drawLine(QPointF(0.21, 0.79), QPointF(0.79, 0.21));
}

void drawQuestion(QPainter& painter, const QColor& colour) {
    QPen dashes(colour, 0.09);
    dashes.setDashPattern({2.2, 1.9});
    painter.setPen(dashes);
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(QRectF(0.07, 0.07, 0.86, 0.86));
    QPainterPath hook(QPointF(0.37, 0.40));
    hook.cubicTo(0.37, 0.20, 0.66, 0.22, 0.64, 0.41);
    hook.cubicTo(0.63, 0.51, 0.51, 0.50, 0.505, 0.61);
    painter.setPen(QPen(colour, 0.09, Qt::SolidLine, Qt::RoundCap));
    painter.drawPath(hook);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawEllipse(QPointF(0.505, 0.75), 0.06, 0.06);
}

void drawMark(QPainter& painter, const QRectF& square, const format::StateLook& look, const format::Theme& theme) {
    const QColor colour = theme.colour(look.tone);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(square.topLeft());
    painter.scale(square.width(), square.height());
    switch (look.shape) {
        case format::Shape::disc:
            drawDisc(painter, colour);
            break;
        case format::Shape::cross:
            drawSquare(painter, colour);
            drawCross(painter, theme.textOnState);
            break;
        case format::Shape::halfDisc:
            drawHalfDisc(painter, colour);
            break;
        case format::Shape::lockedOpen:
            drawSquare(painter, colour);
            drawPadlock(painter, theme.textOnState);
            break;
        case format::Shape::lockedClosed:
            drawDisc(painter, colour);
            drawPadlock(painter, theme.textOnState);
            break;
        case format::Shape::eye:
            drawEye(painter, colour);
            break;
        case format::Shape::struckRing:
            drawStruckRing(painter, colour);
            break;
        case format::Shape::question:
            drawQuestion(painter, colour);
            break;
    }
    painter.restore();
}

}  // namespace

void paintStateMark(QPainter& painter, const QRectF& box, const format::StateLook& look, const format::Theme& theme) {
    const QRectF square = squareIn(box);
    if (square.width() > kLargestKept) {
        drawMark(painter, square, look, theme);
        return;
    }
    const qreal ratio = painter.device() != nullptr ? painter.device()->devicePixelRatioF() : 1.0;
    const int pixels = static_cast<int>(std::ceil(square.width() * ratio));
    const QString key = QStringLiteral("fusebox-mark-%1-%2-%3-%4")
                            .arg(static_cast<int>(look.shape))
                            .arg(theme.colour(look.tone).rgba(), 0, 16)
                            .arg(theme.textOnState.rgba(), 0, 16)
                            .arg(pixels);
    QPixmap pixmap;
    if (!QPixmapCache::find(key, &pixmap)) {
        pixmap = QPixmap(pixels, pixels);
        pixmap.fill(Qt::transparent);
        QPainter inside(&pixmap);
        drawMark(inside, QRectF(0, 0, pixels, pixels), look, theme);
        inside.end();
        QPixmapCache::insert(key, pixmap);
    }
    // On whole device pixels, so that the mark stays as sharp as it was drawn.
    const QPointF corner = painter.transform().map(square.topLeft());
    const QPointF shift(std::round(corner.x() * ratio) / ratio - corner.x(),
                        std::round(corner.y() * ratio) / ratio - corner.y());
    painter.drawPixmap(QRectF(square.topLeft() + shift, QSizeF(pixels, pixels) / ratio), pixmap, pixmap.rect());
}

qreal stateMarkSide(const QFontMetricsF& metrics) {
    return std::round(metrics.ascent() + 1.0);
}

void paintStateLamp(QPainter& painter, const QRectF& box, const format::StateLook& look, const format::Theme& theme,
                    const QColor& textColour) {
    const QFontMetricsF metrics(painter.font());
    const qreal side = std::min(stateMarkSide(metrics), box.height());
    paintStateMark(painter, QRectF(box.left(), box.center().y() - side / 2, side, side), look, theme);
    const QRectF words = box.adjusted(side + kGap, 0, 0, 0);
    QString word = look.word;
    if (metrics.horizontalAdvance(word) > words.width()) word = metrics.elidedText(word, Qt::ElideRight, words.width());
    painter.setPen(textColour);
    painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, word);
}

StateLamp::StateLamp(QWidget* parent) : QWidget(parent), m_look(format::lookOf(domain::State::unknown)) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void StateLamp::setState(domain::State state, std::optional<domain::HoldMode> heldAs) {
    const format::StateLook look = format::lookOf(state, heldAs);
    if (look == m_look) return;
    m_look = look;
    setAccessibleName(look.word);
    updateGeometry();
    update();
}

QSize StateLamp::sizeHint() const {
    const QFontMetricsF metrics(font());
    const qreal side = stateMarkSide(metrics);
    const qreal width = side + kGap + metrics.horizontalAdvance(m_look.word) + 2;
    return QSizeF(width, std::max(side, metrics.height())).toSize() + QSize(1, 1);
}

QSize StateLamp::minimumSizeHint() const {
    const int side = static_cast<int>(stateMarkSide(QFontMetricsF(font())));
    return {side, side};
}

void StateLamp::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintStateLamp(painter, rect(), m_look, format::Theme::of(palette()), palette().color(QPalette::WindowText));
}

}  // namespace fusebox::widgets
