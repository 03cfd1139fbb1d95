#pragma once
// The drawing area of a chart: Qt Charts on raster, with a fixed time axis, a round vertical axis, bands for states,
// a crosshair and a message where there is nothing to draw.
// The time axis never moves: the newest second is always at its right end, and the points move below it.

#include <fusebox/charts/round_scale.h>
#include <fusebox/format/theme.h>

#include <QTimer>
#include <QWidget>

#include <functional>
#include <optional>
#include <vector>

class QCategoryAxis;
class QChart;

namespace fusebox::charts {

/// A time in which the breaker was not closed.
struct StateBand {
    double from = 0;
    double to = 0;
    format::Tone tone = format::Tone::unknown;

    bool operator==(const StateBand&) const = default;
};

/// Smooth edges suit lines; crisp ones suit filled areas, which Qt smooths at a cost that grows with the square of their
/// points.
enum class Edges { smooth, crisp };

class ChartCanvas : public QWidget {
    Q_OBJECT

public:
    using Label = std::function<QString(double value, double step)>;

    explicit ChartCanvas(QWidget* parent = nullptr);

    [[nodiscard]] QChart& chart();
    [[nodiscard]] QCategoryAxis& timeAxis() { return *m_time; }
    [[nodiscard]] QCategoryAxis& valueAxis() { return *m_value; }

    void setEdges(Edges edges);
    void setTheme(const format::Theme& theme);
    void setSeconds(int seconds);
    /// Grows to reach `top` at once, but shrinks only when little of it is used. REQUIRES: top > 0.
    void reach(double top, const Label& label);
    void setBands(std::vector<StateBand> bands);
    void setMessage(const QString& message);
    void setMarked(std::optional<int> secondsAgo);

signals:
    void pointedAt(std::optional<int> secondsAgo);

private:
    class View;
    enum class TimeLabels { all, few };

    void paintGround(QPainter& painter, const QRectF& rect) const;
    void paintOverlay(QPainter& painter) const;
    void pointAt(double x);
    void placePlot();
    void settle();
    void labelTime();
    [[nodiscard]] static int timeStep(int span, TimeLabels density);
    [[nodiscard]] QRectF plotArea() const;
    [[nodiscard]] double xOf(double seconds) const;
    [[nodiscard]] QRect stripAt(int secondsAgo) const;

    View* m_view;
    QCategoryAxis* m_time;
    QCategoryAxis* m_value;
    format::Theme m_theme;
    int m_seconds = 0;
    TimeLabels m_density = TimeLabels::all;
    QTimer m_settling;
    RoundScale m_scale{0, 0};
    std::vector<StateBand> m_bands;
    QString m_message;
    std::optional<int> m_marked;
};

}  // namespace fusebox::charts
