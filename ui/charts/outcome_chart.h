#pragma once
// How calls ended, per second, stacked: succeeded, succeeded slowly, failed, refused.

#include <fusebox/charts/time_chart.h>

#include <array>
#include <cstddef>

class QAreaSeries;
class QLineSeries;

namespace fusebox::charts {

class OutcomeChart final : public TimeChart {
    Q_OBJECT

public:
    static constexpr std::size_t kOutcomes = 4;

    explicit OutcomeChart(QWidget* parent = nullptr);

protected:
    void plot(const std::vector<ChartPoint>& points, double step) override;
    void dress(const format::Theme& theme) override;
    [[nodiscard]] std::vector<LegendEntry> legendOf(const ChartPoint* point, const format::Theme& theme) const override;
    [[nodiscard]] bool hasValue(const ChartPoint& point) const override;
    [[nodiscard]] QString noValueText() const override;

private:
    /// The tops of the layers; the lowest layer stands on the axis. Layer n lies between edges n - 1 and n.
    std::array<QLineSeries*, kOutcomes> m_edges{};
    std::array<QAreaSeries*, kOutcomes> m_layers{};
};

}  // namespace fusebox::charts
