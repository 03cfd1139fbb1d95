#pragma once
// Errors of the last hour by category, minute by minute, stacked.
// Threads: GUI thread.
// Time: reads no clock; the newest minute of the report stands at the right end. Nothing is drawn while it is hidden.

#include <fusebox/charts/chart_legend.h>
#include <fusebox/domain/error_pattern.h>
#include <fusebox/format/theme.h>

#include <QWidget>

#include <array>
#include <optional>
#include <vector>

class QAreaSeries;
class QLineSeries;

namespace fusebox::charts {

class ChartCanvas;

class CategoryChart final : public QWidget {
    Q_OBJECT

public:
    static constexpr int kMinutes = 60;

    explicit CategoryChart(QWidget* parent = nullptr);

    /// Oldest first; the last one is under way.
    void apply(const std::vector<domain::ErrorMinute>& minutes);

    [[nodiscard]] const std::vector<LegendEntry>& legend() const { return m_head->entries(); }
    /// The moment that the figures of the head are of.
    [[nodiscard]] const QString& moment() const { return m_head->moment(); }
    [[nodiscard]] bool isEmpty() const;

    /// Marks a minute and tells its figures in the head; nothing: all of the hour.
    void setHovered(std::optional<int> secondsAgo);

    [[nodiscard]] QSize sizeHint() const override { return {420, 210}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {280, 140}; }

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void dress();
    void plot();
    void showHead();
    [[nodiscard]] const domain::ErrorMinute* minuteAt(int secondsAgo) const;

    ChartLegend* m_head;
    ChartCanvas* m_canvas;
    format::Theme m_theme;
    std::vector<domain::ErrorMinute> m_minutes;
    /// The tops of the layers; layer n lies between edges n - 1 and n.
    std::array<QLineSeries*, domain::kCategoryCount> m_edges{};
    std::array<QAreaSeries*, domain::kCategoryCount> m_layers{};
    std::optional<int> m_hovered;
};

}  // namespace fusebox::charts
