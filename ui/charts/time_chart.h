#pragma once
// What the charts of one breaker have in common: the last 1, 5 or 15 minutes up to the last whole second, a head with
// the figures of now (or of the second under the pointer), bands where the breaker was not closed, and a word where
// there is nothing to show. Qt Charts stays inside this room; whoever uses it sees plain widgets.
// Threads: GUI thread.
// Time: reads no clock. The picture changes once per whole second of frame time, and only while it is visible; apply()
// may be called at every frame.
// Limits: at most kMostPoints points per line; longer spans join two seconds and keep the worse.

#include <fusebox/charts/chart_legend.h>
#include <fusebox/charts/chart_point.h>
#include <fusebox/format/theme.h>
#include <fusebox/models/breaker_history.h>

#include <QWidget>

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace fusebox::charts {

class ChartCanvas;

class TimeChart : public QWidget {
    Q_OBJECT

public:
    static constexpr std::int64_t kMostPoints = 450;

    /// REQUIRES: 1, 5 or 15 minutes.
    void setSpan(std::chrono::minutes span);
    [[nodiscard]] std::chrono::minutes span() const { return m_span; }

    /// Called by the chart itself when the palette changes.
    void setTheme(const format::Theme& theme);

    /// Shows the history up to the last second before `now` (HistoryBook::now()); nullptr shows an empty chart.
    void apply(const models::BreakerHistory* history, std::int64_t now);

    /// Marks a second, counted back from the newest shown, and tells its figures in the head; nothing: the newest.
    /// For one crosshair through all charts connect hovered() of each to setHovered() of the others.
    void setHovered(std::optional<int> secondsAgo);

    /// No value in the span.
    [[nodiscard]] bool isEmpty() const { return m_empty; }
    [[nodiscard]] const std::vector<ChartPoint>& points() const { return m_points; }
    [[nodiscard]] const std::vector<LegendEntry>& legend() const { return m_head->entries(); }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void hovered(std::optional<int> secondsAgo);

protected:
    TimeChart(const QString& title, QWidget* parent);

    /// Draws the points; `step` is their distance in seconds.
    virtual void plot(const std::vector<ChartPoint>& points, double step) = 0;
    /// Colours the lines.
    virtual void dress(const format::Theme& theme) = 0;
    /// The head for one point; nullptr where there is none.
    [[nodiscard]] virtual std::vector<LegendEntry> legendOf(const ChartPoint* point,
                                                            const format::Theme& theme) const = 0;
    [[nodiscard]] virtual bool hasValue(const ChartPoint& point) const = 0;
    /// What is said where calls were made but there is no value.
    [[nodiscard]] virtual QString noValueText() const = 0;

    [[nodiscard]] ChartCanvas& canvas() { return *m_canvas; }
    /// Draws anew what is known, after something that plot() needs has changed.
    void refresh();

    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    [[nodiscard]] std::int64_t step() const;
    [[nodiscard]] QString emptyText() const;
    void showBands();
    void showHead();

    ChartLegend* m_head;
    ChartCanvas* m_canvas;
    format::Theme m_theme;
    std::chrono::minutes m_span{5};
    std::vector<models::HistoryPoint> m_seconds;
    const models::BreakerHistory* m_shown = nullptr;  ///< only compared, never followed
    std::int64_t m_newest = 0;
    std::vector<ChartPoint> m_points;
    bool m_empty = true;
    std::optional<int> m_hovered;
};

}  // namespace fusebox::charts
