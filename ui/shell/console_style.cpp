#include <fusebox/shell/console_style.h>

#include <fusebox/format/theme.h>

#include <QPainter>
#include <QStyleOption>

namespace fusebox::shell {
namespace {

constexpr int kCellMargin = 6;
constexpr qreal kRadius = 2;
constexpr qreal kDisabledOpacity = 0.4;
constexpr float kPressedFill = 0.3F;

// Fusion derives edges by darkening the window's colour, which on a dark ground leaves nothing to see.
void drawEdge(const QStyleOption& option, QPainter& painter) {
    const bool focused = option.state.testFlag(QStyle::State_HasFocus);
    if (focused) return;  // Fusion's own focus frame is plain to see
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (!option.state.testFlag(QStyle::State_Enabled)) painter.setOpacity(kDisabledOpacity);
    painter.setPen(QPen(format::Theme::of(option.palette).mutedText, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
    painter.restore();
}

// What is pressed in must be seen at a glance: it tells which span or filter is in force.
void drawPressedIn(const QStyleOption& option, QPainter& painter) {
    const format::Theme& theme = format::Theme::of(option.palette);
    QColor fill = theme.accent;
    fill.setAlphaF(kPressedFill);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.accent, 1));
    painter.setBrush(fill);
    painter.drawRoundedRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
    painter.restore();
}

bool isDark(const QStyleOption& option) {
    return format::Theme::of(option.palette).brightness == format::Brightness::dark;
}

}  // namespace

ConsoleStyle::ConsoleStyle() : QProxyStyle(QStringLiteral("Fusion")) {}

void ConsoleStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                                 const QWidget* widget) const {
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    const bool hasEdge = element == PE_FrameLineEdit || element == PE_IndicatorCheckBox;
    if (hasEdge && isDark(*option)) drawEdge(*option, *painter);
    const bool isButton = element == PE_PanelButtonTool || element == PE_PanelButtonCommand;
    if (isButton && option->state.testFlag(State_On)) drawPressedIn(*option, *painter);
}

void ConsoleStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                                      const QWidget* widget) const {
    QProxyStyle::drawComplexControl(control, option, painter, widget);
    const bool hasEdge = control == CC_SpinBox || control == CC_ComboBox;
    if (hasEdge && isDark(*option)) drawEdge(*option, *painter);
}

int ConsoleStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const {
    switch (metric) {
        case PM_HeaderMargin:
            return kCellMargin;
        case PM_FocusFrameHMargin:
            return kCellMargin - 1;  // the views add one
        default:
            return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

}  // namespace fusebox::shell
