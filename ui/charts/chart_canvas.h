#pragma once
// The drawing area of a chart: Qt Charts on raster, with a fixed time axis, a round vertical axis, bands for states,
// a crosshair and a message where there is nothing to draw.
// The time axis never moves: the newest second is always at its right end, and the points move below it.

#include <fusebox/charts/round_scale.h>
#include <fusebox/format/theme.h>

#include <QCategoryAxis>
#include <QChartView>

#include <functional>
#include <optional>
#include <vector>

namespace fusebox::charts {

/// A time in which the breaker was not closed.
struct StateBand {
    double from = 0;
    double to = 0;
    format::Tone tone = format::Tone::unknown;

    bool operator==(const StateBand&) const = default;
};

class ChartCanvas : public QChartView {
    Q_OBJECT

public:
    using Label = std::function<QString(double value, double step)>;

    explicit ChartCanvas(QWidget* parent = nullptr);

    [[nodiscard]] QCategoryAxis& timeAxis() { return *m_time; }
    [[nodiscard]] QCategoryAxis& valueAxis() { return *m_value; }

    void setTheme(const format::Theme& theme);
    void setSeconds(int seconds);
    /// Grows to reach `top` at once, but shrinks only when little of it is used. REQUIRES: top > 0.
    void reach(double top, const Label& label);
    void setBands(std::vector<StateBand> bands);
    void setMessage(const QString& message);
    void setMarked(std::optional<int> secondsAgo);

signals:
    void pointedAt(std::optional<int> secondsAgo);

protected:
    void drawBackground(QPainter* painter, const QRectF& rect) override;
    void drawForeground(QPainter* painter, const QRectF& rect) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void placePlot();
    [[nodiscard]] double xOf(double seconds) const;
    [[nodiscard]] QRect stripAt(int secondsAgo) const;

    QCategoryAxis* m_time;
    QCategoryAxis* m_value;
    format::Theme m_theme;
    int m_seconds = 0;
    RoundScale m_scale{0, 0};
    std::vector<StateBand> m_bands;
    QString m_message;
    std::optional<int> m_marked;
};

}  // namespace fusebox::charts
