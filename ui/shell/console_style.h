#pragma once
// Fusion with three changes: the edges of inputs and check boxes can be seen on dark grounds, buttons that are pressed in
// stand out, and the titles of tables stand exactly above their columns.

#include <QProxyStyle>

namespace fusebox::shell {

class ConsoleStyle : public QProxyStyle {
    Q_OBJECT
public:
    ConsoleStyle();

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                            const QWidget* widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
};

}  // namespace fusebox::shell
