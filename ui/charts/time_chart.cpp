#include <fusebox/charts/time_chart.h>

#include <fusebox/charts/chart_canvas.h>
#include <fusebox/format/state_look.h>
#include <fusebox/format/words.h>

#include <QEvent>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace fusebox::charts {

TimeChart::TimeChart(const QString& title, QWidget* parent)
    : QWidget(parent),
      m_head(new ChartLegend(title, this)),
      m_canvas(new ChartCanvas(this)),
      m_theme(format::Theme::of(palette())) {
    setAccessibleName(title);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_head);
    column->addWidget(m_canvas, 1);
    m_canvas->setSeconds(static_cast<int>(std::chrono::seconds(m_span).count()));
    connect(m_canvas, &ChartCanvas::pointedAt, this, [this](std::optional<int> secondsAgo) {
        setHovered(secondsAgo);
        emit hovered(secondsAgo);
    });
}

QSize TimeChart::sizeHint() const {
    return {420, 210};
}

QSize TimeChart::minimumSizeHint() const {
    return {280, 160};
}

std::int64_t TimeChart::step() const {
    const std::int64_t seconds = std::chrono::seconds(m_span).count();
    return (seconds + kMostPoints - 1) / kMostPoints;
}

void TimeChart::setSpan(std::chrono::minutes span) {
    if (span == m_span) return;
    m_span = span;
    m_canvas->setSeconds(static_cast<int>(std::chrono::seconds(span).count()));
    refresh();
}

void TimeChart::setTheme(const format::Theme& theme) {
    m_theme = theme;
    m_head->setTheme(theme);
    m_canvas->setTheme(theme);
    dress(theme);
    showHead();
}

void TimeChart::apply(const models::BreakerHistory* history, std::int64_t now) {
    const std::int64_t newest = now - 1;
    if (history == m_shown && newest == m_newest) return;
    m_shown = history;
    m_newest = newest;
    m_seconds.clear();
    const std::size_t size = history != nullptr ? history->size() : 0;
    m_seconds.reserve(size);
    for (std::size_t at = 0; at < size; ++at) m_seconds.push_back(history->at(at));
    refresh();
}

void TimeChart::refresh() {
    m_points = pointsOf(m_seconds, m_newest, std::chrono::seconds(m_span).count(), step());
    m_empty = std::none_of(m_points.begin(), m_points.end(), [this](const auto& point) { return hasValue(point); });
    // A hidden chart costs nothing; it is drawn when it is shown.
    if (!isVisible()) return;
    plot(m_points, static_cast<double>(step()));
    showBands();
    m_canvas->setMessage(m_empty ? emptyText() : QString());
    showHead();
}

QString TimeChart::emptyText() const {
    const auto wasCalled = [](const auto& point) { return point.total() > 0; };
    if (std::any_of(m_points.begin(), m_points.end(), wasCalled)) return noValueText();
    const bool everCalled = std::any_of(m_seconds.begin(), m_seconds.end(), [](const models::HistoryPoint& second) {
        return second.success + second.failure + second.rejected > 0;
    });
    return everCalled ? tr("no calls in the last %1 min").arg(m_span.count()) : tr("no calls yet");
}

void TimeChart::showBands() {
    std::vector<StateBand> bands;
    const auto width = static_cast<double>(step());
    for (const ChartPoint& point : m_points) {
        if (point.state == domain::State::closed) continue;
        const format::Tone tone = format::lookOf(point.state).tone;
        const double from = point.x - width;
        if (!bands.empty() && bands.back().tone == tone && from <= bands.back().to + width / 2) {
            bands.back().to = point.x;
        } else {
            bands.push_back({from, point.x, tone});
        }
    }
    m_canvas->setBands(std::move(bands));
}

void TimeChart::setHovered(std::optional<int> secondsAgo) {
    if (secondsAgo == m_hovered) return;
    m_hovered = secondsAgo;
    m_canvas->setMarked(secondsAgo);
    showHead();
}

void TimeChart::showHead() {
    const double wanted = -static_cast<double>(m_hovered.value_or(0));
    const double reach = static_cast<double>(step()) - 0.5;
    const auto isThere = [&](const ChartPoint& point) { return std::abs(point.x - wanted) <= reach; };
    const auto found = std::find_if(m_points.rbegin(), m_points.rend(), isThere);
    const ChartPoint* point = found != m_points.rend() ? &*found : nullptr;
    QString moment = tr("now");
    if (m_hovered && *m_hovered > 0) {
        const int ago = *m_hovered;
        moment = ago < 60 ? tr("%1 s ago").arg(ago)
                          : tr("%1:%2 min ago").arg(ago / 60).arg(ago % 60, 2, 10, QLatin1Char('0'));
    }
    if (point != nullptr && point->state != domain::State::closed) {
        moment = tr("%1 · %2").arg(format::word(point->state), moment);
    }
    m_head->setEntries(moment, legendOf(point, m_theme));
}

void TimeChart::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) setTheme(format::Theme::of(palette()));
    if (event->type() == QEvent::FontChange) m_canvas->setTheme(m_theme);
}

void TimeChart::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refresh();
}

}  // namespace fusebox::charts
