#pragma once
// The error rate as the trip rules see it, with the threshold at which the breaker opens.

#include <fusebox/charts/gapped_line.h>
#include <fusebox/charts/time_chart.h>

#include <optional>

namespace fusebox::charts {

class ErrorRateChart final : public TimeChart {
    Q_OBJECT

public:
    explicit ErrorRateChart(QWidget* parent = nullptr);

    /// 0..1; nothing: the breaker has no such rule.
    void setThreshold(std::optional<double> failureRate);

protected:
    void plot(const std::vector<ChartPoint>& points, double step) override;
    void dress(const format::Theme& theme) override;
    [[nodiscard]] std::vector<LegendEntry> legendOf(const ChartPoint* point, const format::Theme& theme) const override;
    [[nodiscard]] bool hasValue(const ChartPoint& point) const override;
    [[nodiscard]] QString noValueText() const override;

private:
    GappedLine m_rate;
    GappedLine m_limit;
    std::optional<double> m_threshold;
};

}  // namespace fusebox::charts
