#pragma once
// P50, P95 and P99 of a breaker's calls over time.

#include <fusebox/charts/gapped_line.h>
#include <fusebox/charts/time_chart.h>

#include <array>

namespace fusebox::charts {

class LatencyChart final : public TimeChart {
    Q_OBJECT

public:
    explicit LatencyChart(QWidget* parent = nullptr);

protected:
    void plot(const std::vector<ChartPoint>& points, double step) override;
    void dress(const format::Theme& theme) override;
    [[nodiscard]] std::vector<LegendEntry> legendOf(const ChartPoint* point, const format::Theme& theme) const override;
    [[nodiscard]] bool hasValue(const ChartPoint& point) const override;
    [[nodiscard]] QString noValueText() const override;

private:
    std::array<GappedLine, 3> m_lines;
};

/// "0", "250 µs", "40 ms", "1.5 s"
[[nodiscard]] QString latencyMark(double milliseconds, double step);

}  // namespace fusebox::charts
