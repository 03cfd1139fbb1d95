#include <fusebox/widgets/gauge.h>

#include <fusebox/format/theme.h>
#include <fusebox/widgets/colour_mix.h>

#include <QPainter>

#include <algorithm>

namespace fusebox::widgets {

namespace {

constexpr double kNearlyFull = 0.8;
constexpr int kLineHeights = 3;

QColor colourOf(double share, GaugeSense sense, const format::Theme& theme) {
    if (sense == GaugeSense::progress) return theme.accent;
    if (share >= 1) return theme.danger;
    return share >= kNearlyFull ? theme.warning : theme.stateClosed;
}

}  // namespace

Gauge::Gauge(GaugeSense sense, QWidget* parent) : QWidget(parent), m_sense(sense) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Gauge::setShare(double share) {
    if (share == m_share) return;
    m_share = share;
    update();
}

QSize Gauge::sizeHint() const {
    const int line = fontMetrics().height();
    return {kLineHeights * line, line / 2};
}

void Gauge::paintEvent(QPaintEvent*) {
    const format::Theme& theme = format::Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(QPen(theme.mutedText, 1));
    painter.setBrush(theme.surface);
    painter.drawRoundedRect(frame, 2, 2);
    QRectF filled = frame.adjusted(1.5, 1.5, -1.5, -1.5);
    filled.setWidth(filled.width() * std::clamp(m_share, 0.0, 1.0));
    if (filled.width() < 0.5) return;
    painter.fillRect(filled, colourOf(m_share, m_sense, theme));
}

}  // namespace fusebox::widgets
