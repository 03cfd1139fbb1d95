#pragma once
// The figures of one breaker over a span that may lie far back: calls by outcome, and latency, from the journal's rollups.
// It stands below a BandChart and shares its time and its margins.
// Threads: GUI thread.

#include <fusebox/charts/history_window.h>
#include <fusebox/format/theme.h>
#include <fusebox/journal/query.h>

#include <QWidget>

#include <optional>
#include <vector>

namespace fusebox::charts {

class RollupChart : public QWidget {
    Q_OBJECT

public:
    explicit RollupChart(QWidget* parent = nullptr);

    /// The points stay where they belong when the window moves, until others come.
    void setWindow(const HistoryWindow& window);
    /// `name`: of the breaker, made safe.
    void show(const QString& name, std::vector<journal::RollupPoint> points);
    /// Said where there is nothing to draw.
    void setMessage(const QString& message);
    void setPointed(std::optional<base::WallTime> at);

    [[nodiscard]] const std::vector<journal::RollupPoint>& points() const { return m_points; }
    /// The figures of the moment that is pointed at, else of the whole span.
    [[nodiscard]] QString headText() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void pointedAt(std::optional<fusebox::base::WallTime> at);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    [[nodiscard]] QRect plotRect() const;
    [[nodiscard]] double xOf(base::WallTime at, const QRect& plot) const;
    [[nodiscard]] const journal::RollupPoint* pointAt(base::WallTime at) const;
    void paintCalls(QPainter& painter, const QRect& pane, const format::Theme& theme) const;
    void paintLatency(QPainter& painter, const QRect& pane, const format::Theme& theme) const;
    void paintGround(QPainter& painter, const QRect& pane, const QString& title, const QString& top,
                     const format::Theme& theme) const;

    HistoryWindow m_window;
    QString m_name;
    std::vector<journal::RollupPoint> m_points;
    QString m_message;
    std::optional<base::WallTime> m_pointed;
};

}  // namespace fusebox::charts
