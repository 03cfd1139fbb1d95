#include <fusebox/shell/lab_badge.h>

#include <fusebox/format/theme.h>

#include <QPainter>

namespace fusebox::shell {
namespace {

constexpr int kSidePadding = 10;
constexpr int kTopPadding = 2;
constexpr qreal kRadius = 4;

}  // namespace

LabBadge::LabBadge(QWidget* parent) : QAbstractButton(parent) {
    setText(tr("LAB"));
    setAccessibleName(tr("Lab"));
    setAccessibleDescription(tr("The breakers shown guard services of the built-in lab. Opens the lab panel."));
    setToolTip(
        tr("These breakers guard services of the built-in lab on this machine, not real ones.\n"
           "Click to open the lab panel."));
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::TabFocus);
}

QFont LabBadge::badgeFont() const {
    QFont bold = font();
    bold.setBold(true);
    bold.setLetterSpacing(QFont::AbsoluteSpacing, 1.5);
    return bold;
}

QSize LabBadge::sizeHint() const {
    const QFontMetrics metrics(badgeFont());
    return {metrics.horizontalAdvance(text()) + 2 * kSidePadding, metrics.height() + 2 * kTopPadding};
}

void LabBadge::paintEvent(QPaintEvent*) {
    const format::Theme& theme = format::Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect()).adjusted(1, 1, -1, -1);
    painter.setPen(hasFocus() ? QPen(theme.text, 2) : QPen(Qt::NoPen));
    painter.setBrush(theme.colour(format::Tone::forced));
    painter.drawRoundedRect(box, kRadius, kRadius);
    painter.setPen(theme.textOnState);
    painter.setFont(badgeFont());
    painter.drawText(box, Qt::AlignCenter, text());
}

}  // namespace fusebox::shell
