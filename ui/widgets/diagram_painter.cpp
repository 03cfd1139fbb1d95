#include <fusebox/widgets/diagram_painter.h>

#include <fusebox/format/figures.h>
#include <fusebox/format/state_look.h>
#include <fusebox/widgets/colour_mix.h>
#include <fusebox/widgets/state_lamp.h>

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace fusebox::widgets {

namespace {

using format::Theme;
using format::Tone;

// The first part of a change runs along the arrow, the rest lights up the node that it reaches.
constexpr double kTravelShare = 0.55;
// Of a node's width, what its ring leaves for text.
constexpr qreal kInnerShare = 0.74;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(StateDiagram)
};

Tone toneOf(DiagramNode node) {
    switch (node) {
        case DiagramNode::closed:
            return Tone::closed;
        case DiagramNode::halfOpen:
            return Tone::halfOpen;
        case DiagramNode::open:
            return Tone::open;
    }
    return Tone::unknown;
}

bool isForced(const DiagramContent& content) {
    return content.heldAs && *content.heldAs != domain::HoldMode::metricsOnly;
}

QFont scaled(const QFont& font, double factor, QFont::Weight weight) {
    QFont other = font;
    other.setPointSizeF(font.pointSizeF() * factor);
    other.setWeight(weight);
    return other;
}

/// The font made smaller until the text fits.
QFont fitting(const QFont& font, const QString& text, qreal width) {
    const qreal needed = QFontMetricsF(font).horizontalAdvance(text);
    return needed <= width ? font : scaled(font, width / needed, font.weight());
}

class DiagramPainter {
public:
    DiagramPainter(QPainter& painter, const DiagramContent& content, const DiagramLayout& layout, const Theme& theme,
                   const std::optional<DiagramMotion>& motion)
        : m_painter(painter),
          m_content(content),
          m_layout(layout),
          m_theme(theme),
          m_motion(motion),
          m_font(painter.font()) {}

    void paint() {
        m_painter.setRenderHint(QPainter::Antialiasing);
        paintBanner();
        for (std::size_t at = 0; at < kDiagramArrowCount; ++at) paintArrow(static_cast<DiagramArrow>(at));
        for (const DiagramNode node : kDiagramNodes) paintNode(node);
        paintMotion();
        paintSentences();
    }

private:
    void paintBanner();
    void paintArrow(DiagramArrow which);
    void paintArrowHead(const QPainterPath& path, const QColor& colour, bool bold);
    void paintNode(DiagramNode node);
    void paintUnlitNode(DiagramNode node);
    void paintLitNode(const QPointF& centre, double share);
    void paintRing(const QPointF& centre, const QColor& colour);
    void paintProbes(const QPointF& centre);
    void paintFigure(const QPointF& centre);
    void paintWord(DiagramNode node, bool ruling);
    void paintMotion();
    void paintSentences();

    [[nodiscard]] double litShare(DiagramNode node) const;
    [[nodiscard]] bool isTaken(DiagramArrow which) const {
        return m_motion && arrowBetween(m_motion->from, m_motion->to) == which;
    }
    [[nodiscard]] format::StateLook rulingLook() const { return format::lookOf(m_content.state, m_content.heldAs); }
    [[nodiscard]] QColor litColour(DiagramNode node) const {
        return isForced(m_content) ? m_theme.stateForced : m_theme.colour(toneOf(node));
    }

    QPainter& m_painter;
    const DiagramContent& m_content;
    const DiagramLayout& m_layout;
    const Theme& m_theme;
    const std::optional<DiagramMotion>& m_motion;
    const QFont m_font;
};

void DiagramPainter::paintBanner() {
    if (m_content.banner.isEmpty()) return;
    const QRectF box = m_layout.banner;
    const QColor& colour = m_theme.stateForced;
    m_painter.setPen(QPen(colour, 1.0));
    m_painter.setBrush(mixed(m_theme.surface, colour, 0.16));
    m_painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
    const qreal side = box.height() - 10;
    paintStateMark(m_painter, QRectF(box.left() + 7, box.top() + 5, side, side), rulingLook(), m_theme);
    const QRectF words = box.adjusted(side + 15, 0, -8, 0);
    m_painter.setFont(scaled(m_font, 1.0, QFont::DemiBold));
    m_painter.setPen(m_theme.text);
    m_painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                       QFontMetricsF(m_painter.font()).elidedText(m_content.banner, Qt::ElideMiddle, words.width()));
}

void DiagramPainter::paintArrow(DiagramArrow which) {
    const ArrowContent& arrow = m_content.arrow(which);
    const ArrowPlace& place = m_layout.arrow(which);
    const bool byHand = which == DiagramArrow::reset;
    // A held breaker cannot be reset, and the words of the hold need the room.
    if (byHand && isForced(m_content)) return;
    const QColor faint = mixed(m_theme.surface, m_theme.mutedText, byHand ? 0.45 : 0.65);
    const bool strong = arrow.possible || isTaken(which);
    const QColor colour = strong ? m_theme.colour(toneOf(targetOf(which))) : faint;
    QPen pen(colour, strong ? 2.2 : 1.3, Qt::SolidLine, Qt::FlatCap);
    if (byHand) pen.setDashPattern({3, 3});
    m_painter.setPen(pen);
    m_painter.setBrush(Qt::NoBrush);
    m_painter.drawPath(place.path);
    paintArrowHead(place.path, colour, strong);

    m_painter.setFont(arrow.possible ? scaled(m_font, 1.0, QFont::DemiBold) : m_font);
    m_painter.setPen(arrow.possible ? m_theme.text : m_theme.mutedText);
    m_painter.drawText(place.label, static_cast<int>(place.labelAlign) | Qt::TextWordWrap, arrow.label);
}

void DiagramPainter::paintArrowHead(const QPainterPath& path, const QColor& colour, bool bold) {
    const QPointF tip = path.pointAtPercent(1.0);
    const QPointF tail = path.pointAtPercent(std::max(0.0, path.percentAtLength(path.length() - 8)));
    const QLineF shaft(tail, tip);
    if (shaft.length() <= 0) return;
    const QPointF along = QPointF(shaft.dx(), shaft.dy()) / shaft.length();
    const QPointF across(-along.y(), along.x());
    const qreal size = bold ? 10 : 8;
    const QPointF front = tip + along * 2;
    const QPointF back = tip - along * size;
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(colour);
    m_painter.drawPolygon(
        QPolygonF{front, back + across * size * 0.5, back + along * size * 0.25, back - across * size * 0.5});
}

double DiagramPainter::litShare(DiagramNode node) const {
    if (!m_motion || m_content.ruling != m_motion->to) return node == m_content.ruling ? 1.0 : 0.0;
    const double travelled = std::min(1.0, m_motion->progress / kTravelShare);
    // The truth first: the new state is readable from the beginning.
    if (node == m_motion->to) return std::max(0.45, travelled);
    return node == m_motion->from ? 1.0 - travelled : 0.0;
}

void DiagramPainter::paintNode(DiagramNode node) {
    const QPointF centre = m_layout.node(node).centre;
    const qreal radius = m_layout.radius;
    const double lit = litShare(node);
    const bool ruling = node == m_content.ruling && lit > 0;
    const QColor colour = litColour(node);
    const QColor rim = mixed(m_theme.border, colour, lit);
    m_painter.setPen(QPen(rim, 1.5));
    m_painter.setBrush(mixed(m_theme.surface, colour, 0.16 * lit));
    m_painter.drawEllipse(centre, radius, radius);
    if (node == m_content.underneath) {
        QPen dashes(m_theme.mutedText, 1.6);
        dashes.setDashPattern({3, 2.5});
        m_painter.setPen(dashes);
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawEllipse(centre, radius, radius);
    }
    if (ruling) {
        paintLitNode(centre, lit);
    } else {
        paintUnlitNode(node);
    }
    paintWord(node, ruling);
}

void DiagramPainter::paintLitNode(const QPointF& centre, double share) {
    m_painter.setOpacity(share);
    const DiagramNode node = *m_content.ruling;
    if (!m_content.probes.empty()) {
        paintProbes(centre);
    } else {
        paintRing(centre, litColour(node));
    }
    paintFigure(centre);
    m_painter.setOpacity(1.0);
}

void DiagramPainter::paintUnlitNode(DiagramNode node) {
    const QPointF centre = m_layout.node(node).centre;
    const qreal side = m_layout.radius * 0.62;
    const QRectF box(centre.x() - side / 2, centre.y() - side / 2, side, side);
    format::StateLook look = format::lookOf(stateOf(node));
    if (node == m_content.underneath) {
        const QString caption = Words::tr("underneath");
        m_painter.setFont(fitting(scaled(m_font, 0.84, QFont::Medium), caption, m_layout.radius * kInnerShare * 2));
        const qreal line = QFontMetricsF(m_painter.font()).height();
        paintStateMark(m_painter, box.translated(0, -line / 2), look, m_theme);
        m_painter.setPen(m_theme.mutedText);
        m_painter.drawText(QRectF(centre.x() - m_layout.radius, box.bottom() - line / 2 + 2, 2 * m_layout.radius, line),
                           Qt::AlignCenter | Qt::TextDontClip, caption);
        return;
    }
    look.tone = Tone::unknown;
    m_painter.setOpacity(0.32);
    paintStateMark(m_painter, box, look, m_theme);
    m_painter.setOpacity(1.0);
}

void DiagramPainter::paintRing(const QPointF& centre, const QColor& colour) {
    const qreal width = std::max(5.0, m_layout.radius * 0.14);
    const qreal radius = m_layout.radius - width / 2;
    const QRectF box(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius);
    m_painter.setBrush(Qt::NoBrush);
    // Without a share to show the ring is whole: lit is lit.
    m_painter.setPen(
        QPen(m_content.ring ? mixed(m_theme.surface, colour, 0.35) : colour, width, Qt::SolidLine, Qt::FlatCap));
    m_painter.drawEllipse(box);
    if (!m_content.ring || *m_content.ring <= 0) return;
    const QColor strong =
        m_content.ruling == DiagramNode::closed && *m_content.ring >= 0.75 ? m_theme.stateOpen : colour;
    m_painter.setPen(QPen(strong, width, Qt::SolidLine, Qt::FlatCap));
    m_painter.drawArc(box, 90 * 16, -static_cast<int>(std::lround(*m_content.ring * 360 * 16)));
}

void DiagramPainter::paintProbes(const QPointF& centre) {
    const qreal width = std::max(5.0, m_layout.radius * 0.16);
    const qreal radius = m_layout.radius - width / 2;
    const QRectF box(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius);
    const auto count = static_cast<double>(m_content.probes.size());
    const double gap = m_content.probes.size() > 1 ? std::min(10.0, 90.0 / count) : 0.0;
    const double sweep = 360.0 / count - gap;
    m_painter.setBrush(Qt::NoBrush);
    double start = 90.0 - gap / 2;
    for (const ProbeMark mark : m_content.probes) {
        QColor colour = mixed(m_theme.surface, m_theme.stateHalfOpen, 0.35);
        qreal thickness = width;
        if (mark == ProbeMark::succeeded) colour = m_theme.stateClosed;
        if (mark == ProbeMark::failed) colour = m_theme.stateOpen;
        if (mark == ProbeMark::inFlight) {
            colour = m_theme.stateHalfOpen;
            thickness = width * 0.5;
        }
        m_painter.setPen(QPen(colour, thickness, Qt::SolidLine, Qt::FlatCap));
        m_painter.drawArc(box, static_cast<int>(std::lround(start * 16)), -static_cast<int>(std::lround(sweep * 16)));
        start -= sweep + gap;
    }
}

void DiagramPainter::paintFigure(const QPointF& centre) {
    const qreal radius = m_layout.radius;
    const qreal room = 2 * radius * kInnerShare;
    const bool asMark = m_content.figure.isEmpty();
    const QFont small = fitting(scaled(m_font, 0.84, QFont::Medium), m_content.figureCaption, room);
    const qreal smallHeight = m_content.figureCaption.isEmpty() ? 0 : QFontMetricsF(small).height() * 0.95;
    if (asMark) {
        const qreal side = radius * 0.72;
        paintStateMark(m_painter, QRectF(centre.x() - side / 2, centre.y() - side / 2 - smallHeight / 2, side, side),
                       rulingLook(), m_theme);
    }
    QFont large = scaled(m_font, 1.0, QFont::Bold);
    large.setPixelSize(static_cast<int>(radius * 0.52));
    format::Figures figures(large);
    const qreal width = figures.width(m_content.figure);
    if (width > room) {
        large.setPixelSize(std::max(9, static_cast<int>(large.pixelSize() * room / width)));
        figures = format::Figures(large);
    }
    const qreal largeHeight = asMark ? radius * 0.72 : QFontMetricsF(large).height() * 0.92;
    const qreal top = centre.y() - (largeHeight + smallHeight) / 2;
    m_painter.setPen(m_theme.text);
    if (!asMark) {
        figures.draw(m_painter, QRectF(centre.x() - radius, top, 2 * radius, largeHeight), Qt::AlignCenter,
                     m_content.figure);
    }
    if (m_content.figureCaption.isEmpty()) return;
    m_painter.setFont(small);
    m_painter.setPen(m_theme.mutedText);
    m_painter.drawText(QRectF(centre.x() - radius, top + largeHeight, 2 * radius, smallHeight),
                       Qt::AlignCenter | Qt::TextDontClip, m_content.figureCaption);
}

void DiagramPainter::paintWord(DiagramNode node, bool ruling) {
    const QRectF box = m_layout.node(node).word;
    const format::StateLook look = ruling && isForced(m_content) ? rulingLook() : format::lookOf(stateOf(node));
    m_painter.setFont(ruling ? scaled(m_font, 1.1, QFont::Bold) : m_font);
    const QFontMetricsF metrics(m_painter.font());
    const qreal side = ruling ? stateMarkSide(metrics) : 0;
    const qreal gap = ruling ? 5 : 0;
    const qreal width = side + gap + metrics.horizontalAdvance(look.word);
    // At the edge of a narrow diagram a long word moves inwards.
    const qreal farthest = std::max(m_layout.headline.left(), m_layout.headline.right() - width);
    const qreal left = std::clamp(box.center().x() - width / 2, m_layout.headline.left(), farthest);
    if (ruling) {
        paintStateMark(m_painter, QRectF(left, box.center().y() - side / 2, side, side), look, m_theme);
    }
    m_painter.setPen(ruling ? m_theme.text : m_theme.mutedText);
    m_painter.drawText(QRectF(left + side + gap, box.top(), width, box.height()),
                       Qt::AlignVCenter | Qt::AlignLeft | Qt::TextDontClip | Qt::TextSingleLine, look.word);
}

void DiagramPainter::paintMotion() {
    if (!m_motion) return;
    const QColor colour = litColour(m_motion->to);
    if (m_motion->progress < kTravelShare) {
        const double along = m_motion->progress / kTravelShare;
        const double eased = along * along * (3 - 2 * along);
        const QPainterPath way = wayBetween(m_layout, m_motion->from, m_motion->to);
        m_painter.setPen(QPen(m_theme.surface, 2));
        m_painter.setBrush(colour);
        m_painter.drawEllipse(way.pointAtPercent(eased), 7, 7);
        return;
    }
    const double glow = (m_motion->progress - kTravelShare) / (1 - kTravelShare);
    QColor halo = colour;
    halo.setAlphaF(static_cast<float>(0.7 * (1 - glow)));
    m_painter.setPen(QPen(halo, 3));
    m_painter.setBrush(Qt::NoBrush);
    const qreal radius = m_layout.radius + 2 + glow * m_layout.radius * 0.45;
    m_painter.drawEllipse(m_layout.node(m_motion->to).centre, radius, radius);
}

void DiagramPainter::paintSentences() {
    m_painter.setFont(scaled(m_font, 1.0, QFont::DemiBold));
    m_painter.setPen(m_theme.text);
    m_painter.drawText(m_layout.headline, Qt::AlignCenter | Qt::TextSingleLine, m_content.headline);
    if (!m_content.ruling) {
        const QFontMetricsF metrics(m_painter.font());
        const qreal side = metrics.height();
        const qreal left =
            m_layout.headline.center().x() - metrics.horizontalAdvance(m_content.headline) / 2 - side - 7;
        paintStateMark(m_painter, QRectF(left, m_layout.headline.center().y() - side / 2, side, side), rulingLook(),
                       m_theme);
    }
    m_painter.setFont(m_font);
    m_painter.setPen(m_theme.mutedText);
    // A percent sign stays with its number when the line is broken.
    QString sentence = m_content.sentence;
    sentence.replace(QStringLiteral(" %"), QStringLiteral("\u00a0%"));
    m_painter.drawText(m_layout.sentence, Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, sentence);
}

}  // namespace

void paintDiagram(QPainter& painter, const DiagramContent& content, const DiagramLayout& layout, const Theme& theme,
                  const std::optional<DiagramMotion>& motion) {
    DiagramPainter(painter, content, layout, theme, motion).paint();
}

}  // namespace fusebox::widgets
