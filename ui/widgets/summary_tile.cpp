#include <fusebox/widgets/summary_tile.h>

#include <fusebox/format/figures.h>
#include <fusebox/format/theme.h>
#include <fusebox/widgets/colour_mix.h>
#include <fusebox/widgets/state_lamp.h>

#include <QPainter>

#include <algorithm>

namespace fusebox::widgets {

namespace {

constexpr qreal kPaddingX = 10.0;
constexpr qreal kPaddingY = 3.0;
constexpr qreal kRadius = 6.0;

}  // namespace

SummaryTile::SummaryTile(const QString& caption, Role role, QWidget* parent)
    : QAbstractButton(parent), m_caption(caption) {
    const bool isFilter = role == Role::filter;
    setCheckable(isFilter);
    setFocusPolicy(isFilter ? Qt::StrongFocus : Qt::NoFocus);
    setCursor(isFilter ? Qt::PointingHandCursor : Qt::ArrowCursor);
    setAttribute(Qt::WA_Hover, isFilter);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setAccessibleName(caption);
}

void SummaryTile::setLook(const format::StateLook& look) {
    m_look = look;
    updateGeometry();
    update();
}

void SummaryTile::setFigure(const QString& figure) {
    if (figure == m_figure) return;
    const QSize before = sizeHint();
    m_figure = figure;
    setAccessibleName(m_caption + QStringLiteral(": ") + figure);
    if (sizeHint() != before) updateGeometry();
    update();
}

QFont SummaryTile::figureFont() const {
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.4);
    large.setWeight(QFont::DemiBold);
    return large;
}

QSize SummaryTile::sizeHint() const {
    const QFontMetricsF captionMetrics(font());
    const QFontMetricsF figureMetrics(figureFont());
    const qreal mark = m_look ? stateMarkSide(captionMetrics) + 6 : 0;
    // Room for three digits from the start, so that the strip does not shift with every count.
    const qreal figureWidth =
        std::max(figureMetrics.horizontalAdvance(m_figure), figureMetrics.horizontalAdvance(QStringLiteral("000")));
    const qreal width = 2 * kPaddingX + std::max(mark + captionMetrics.horizontalAdvance(m_caption), figureWidth);
    const qreal height = 2 * kPaddingY + captionMetrics.height() + figureMetrics.height();
    return {static_cast<int>(width) + 2, static_cast<int>(height) + 1};
}

QSize SummaryTile::minimumSizeHint() const {
    return sizeHint();
}

void SummaryTile::paintEvent(QPaintEvent*) {
    const format::Theme& theme = format::Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool lit = isChecked();
    const bool hot = isCheckable() && underMouse() && isEnabled();
    const QRectF frame = QRectF(rect()).adjusted(1, 1, -1, -1);
    painter.setBrush(lit ? mixed(theme.surface, theme.accent, isDown() ? 0.30 : 0.18)
                         : mixed(theme.surface, theme.text,
                                 isDown() ? 0.10
                                 : hot    ? 0.05
                                          : 0.0));
    painter.setPen(QPen(lit || hasFocus() ? theme.accent : hot ? theme.mutedText : theme.border, lit ? 2.0 : 1.0));
    painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
    if (hasFocus() && lit) {
        painter.setPen(QPen(theme.accent, 1.0, Qt::DotLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(frame.adjusted(4, 4, -4, -4), kRadius - 3, kRadius - 3);
    }

    const QRectF inner = frame.adjusted(kPaddingX - 1, kPaddingY - 1, 1 - kPaddingX, 1 - kPaddingY);
    const QFontMetricsF metrics(font());
    QRectF captionRow(inner.left(), inner.top(), inner.width(), metrics.height());
    if (m_look) {
        const qreal side = stateMarkSide(metrics);
        paintStateMark(painter, QRectF(captionRow.left(), captionRow.center().y() - side / 2, side, side), *m_look,
                       theme);
        captionRow.setLeft(captionRow.left() + side + 6);
    }
    painter.setPen(theme.mutedText);
    painter.drawText(captionRow, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, m_caption);

    const bool none = isCheckable() && m_figure == QStringLiteral("0");
    const QRectF figureRow(inner.left(), captionRow.bottom(), inner.width(), inner.bottom() - captionRow.bottom());
    painter.setPen(none ? theme.mutedText : theme.text);
    format::Figures(figureFont()).draw(painter, figureRow, Qt::AlignLeft | Qt::AlignVCenter, m_figure);
}

}  // namespace fusebox::widgets
