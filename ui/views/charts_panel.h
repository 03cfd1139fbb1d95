#pragma once
// Latency, outcomes and error rate of one breaker beside each other, over the last 1, 5 or 15 minutes.
// Threads: GUI thread only.
// Time: frame time.

#include <fusebox/models/breaker_history.h>

#include <QWidget>

#include <array>
#include <optional>

class QButtonGroup;

namespace fusebox::charts {
class ErrorRateChart;
class TimeChart;
}  // namespace fusebox::charts

namespace fusebox::views {

class ChartsPanel : public QWidget {
    Q_OBJECT
public:
    explicit ChartsPanel(QWidget* parent = nullptr);

    /// The error rate at which the breaker trips; nothing: it has no such rule.
    void setThreshold(std::optional<double> failureRate);
    [[nodiscard]] std::optional<double> threshold() const { return m_threshold; }
    /// nullptr: nothing is known yet. `now` is the second of the last frame.
    void apply(const models::BreakerHistory* history, std::int64_t now);

    [[nodiscard]] int minutes() const { return m_minutes; }
    void setMinutes(int minutes);

    /// The buttons that choose the span, for the corner of whoever holds the panel.
    [[nodiscard]] QWidget* spanSwitch() const { return m_switch; }

signals:
    /// What is kept longer than the charts reach.
    void longerWanted();

private:
    QWidget* makeSwitch();
    void shareCrosshair();

    std::array<charts::TimeChart*, 3> m_charts{};
    charts::ErrorRateChart* m_errorRate = nullptr;
    QWidget* m_switch = nullptr;
    QButtonGroup* m_spans = nullptr;
    int m_minutes = 5;
    std::optional<double> m_threshold;
};

}  // namespace fusebox::views
