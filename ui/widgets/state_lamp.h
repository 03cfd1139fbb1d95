#pragma once
// The mark of a breaker's state: a shape of its own for each state, in its colour, and the word beside it.
// Threads: GUI thread.

#include <fusebox/domain/state.h>
#include <fusebox/format/state_look.h>
#include <fusebox/format/theme.h>

#include <QFontMetricsF>
#include <QWidget>

#include <optional>

class QPainter;

namespace fusebox::widgets {

/// Draws the mark alone, as large as the box allows.
void paintStateMark(QPainter& painter, const QRectF& box, const format::StateLook& look, const format::Theme& theme);

/// How large a mark stands beside text of this font.
[[nodiscard]] qreal stateMarkSide(const QFontMetricsF& metrics);

/// Draws mark and word on one line; a word that does not fit is shortened.
void paintStateLamp(QPainter& painter, const QRectF& box, const format::StateLook& look, const format::Theme& theme,
                    const QColor& textColour);

class StateLamp : public QWidget {
    Q_OBJECT

public:
    explicit StateLamp(QWidget* parent = nullptr);

    void setState(domain::State state, std::optional<domain::HoldMode> heldAs);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    format::StateLook m_look;
};

}  // namespace fusebox::widgets
