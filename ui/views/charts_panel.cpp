#include <fusebox/views/charts_panel.h>

#include <fusebox/charts/error_rate_chart.h>
#include <fusebox/charts/latency_chart.h>
#include <fusebox/charts/outcome_chart.h>

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QToolButton>

#include <chrono>

namespace fusebox::views {
namespace {

constexpr std::array kMinutes{1, 5, 15};
constexpr std::array kShares{10, 11, 9};   // by the length of their legends
constexpr QSize kSmallestChart{170, 120};  // three fit into a small window

}  // namespace

ChartsPanel::ChartsPanel(QWidget* parent) : QWidget(parent) {
    m_switch = makeSwitch();
    auto* latency = new charts::LatencyChart;
    auto* outcomes = new charts::OutcomeChart;
    m_errorRate = new charts::ErrorRateChart;
    m_charts = {latency, outcomes, m_errorRate};
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(2);
    for (std::size_t i = 0; i < m_charts.size(); ++i) {
        m_charts[i]->setMinimumSize(kSmallestChart);
        line->addWidget(m_charts[i], kShares[i]);
    }
    shareCrosshair();
    setMinutes(m_minutes);
}

QWidget* ChartsPanel::makeSwitch() {
    auto* box = new QWidget;
    box->setAccessibleName(tr("Time span of the charts"));
    auto* line = new QHBoxLayout(box);
    line->setContentsMargins(0, 2, 6, 2);
    line->setSpacing(2);
    m_spans = new QButtonGroup(this);
    for (const int minutes : kMinutes) {
        auto* button = new QToolButton;
        button->setText(tr("%1 min").arg(minutes));
        button->setAccessibleName(tr("Last %1 minutes").arg(minutes));
        button->setCheckable(true);
        button->setFocusPolicy(Qt::StrongFocus);
        m_spans->addButton(button, minutes);
        line->addWidget(button);
    }
    connect(m_spans, &QButtonGroup::idClicked, this, &ChartsPanel::setMinutes);
    auto* longer = new QToolButton;
    longer->setObjectName(QStringLiteral("charts-longer"));
    longer->setText(tr("Longer..."));
    longer->setToolTip(tr("What the journal keeps of this breaker: up to 30 days, on the page of history"));
    longer->setFocusPolicy(Qt::StrongFocus);
    connect(longer, &QToolButton::clicked, this, &ChartsPanel::longerWanted);
    line->addWidget(longer);
    return box;
}

// The second under the pointer is marked in all three, so that a peak in one can be read in the others.
void ChartsPanel::shareCrosshair() {
    for (charts::TimeChart* from : m_charts) {
        for (charts::TimeChart* to : m_charts) {
            if (from != to) connect(from, &charts::TimeChart::hovered, to, &charts::TimeChart::setHovered);
        }
    }
}

void ChartsPanel::setMinutes(int minutes) {
    m_minutes = minutes;
    m_spans->button(minutes)->setChecked(true);
    for (charts::TimeChart* chart : m_charts) chart->setSpan(std::chrono::minutes(minutes));
}

void ChartsPanel::setThreshold(std::optional<double> failureRate) {
    m_threshold = failureRate;
    m_errorRate->setThreshold(failureRate);
}

void ChartsPanel::apply(const models::BreakerHistory* history, std::int64_t now) {
    for (charts::TimeChart* chart : m_charts) chart->apply(history, now);
}

}  // namespace fusebox::views
