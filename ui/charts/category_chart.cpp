#include <fusebox/charts/category_chart.h>

#include <fusebox/charts/chart_canvas.h>
#include <fusebox/format/error_look.h>
#include <fusebox/format/numbers.h>
#include <fusebox/format/words.h>

#include <QAreaSeries>
#include <QCategoryAxis>
#include <QChart>
#include <QEvent>
#include <QLineSeries>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>
#include <numeric>

namespace fusebox::charts {

namespace {

constexpr int kMinute = 60;  // seconds
constexpr double kLeastTop = 4;

std::uint64_t sumOf(const domain::ErrorMinute& minute) {
    return std::accumulate(minute.counts.begin(), minute.counts.end(), std::uint64_t{0});
}

/// Where the minute begins, in seconds before the end of the newest one.
int beginOf(const domain::ErrorMinute& minute, const domain::ErrorMinute& newest) {
    const auto age = std::chrono::duration_cast<std::chrono::seconds>(newest.begins - minute.begins);
    return -static_cast<int>(age.count()) - kMinute;
}

QString countMark(double value, double) {
    return format::compactCount(static_cast<std::uint64_t>(value));
}

}  // namespace

CategoryChart::CategoryChart(QWidget* parent)
    : QWidget(parent),
      m_head(new ChartLegend(tr("Errors a minute"), this)),
      m_canvas(new ChartCanvas(this)),
      m_theme(format::Theme::of(palette())) {
    setAccessibleName(tr("Errors a minute by category, the last hour"));
    m_head->setRows(2);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_head);
    column->addWidget(m_canvas, 1);
    for (std::size_t at = 0; at < m_layers.size(); ++at) {
        m_edges[at] = new QLineSeries(this);
        m_layers[at] = new QAreaSeries(m_edges[at], at > 0 ? m_edges[at - 1] : nullptr);
        m_layers[at]->setName(format::word(domain::kCategories[at]));
        m_canvas->chart().addSeries(m_layers[at]);
        m_layers[at]->attachAxis(&m_canvas->timeAxis());
        m_layers[at]->attachAxis(&m_canvas->valueAxis());
    }
    m_canvas->setEdges(Edges::crisp);
    m_canvas->setSeconds(kMinutes * kMinute);
    connect(m_canvas, &ChartCanvas::pointedAt, this, &CategoryChart::setHovered);
    dress();
}

void CategoryChart::apply(const std::vector<domain::ErrorMinute>& minutes) {
    if (minutes == m_minutes) return;
    m_minutes = minutes;
    plot();
}

bool CategoryChart::isEmpty() const {
    return std::all_of(m_minutes.begin(), m_minutes.end(), [](const auto& minute) { return sumOf(minute) == 0; });
}

void CategoryChart::plot() {
    if (!isVisible()) return;
    std::array<QList<QPointF>, domain::kCategoryCount> edges;
    const auto push = [&edges](double x, const std::array<double, domain::kCategoryCount>& heights) {
        for (std::size_t at = 0; at < edges.size(); ++at) edges[at].append({x, heights[at]});
    };
    double top = kLeastTop;
    for (const domain::ErrorMinute& minute : m_minutes) {
        const int begin = beginOf(minute, m_minutes.back());
        if (begin < -kMinutes * kMinute) continue;
        std::array<double, domain::kCategoryCount> heights{};
        std::partial_sum(minute.counts.begin(), minute.counts.end(), heights.begin(), std::plus<double>());
        top = std::max(top, heights.back());
        push(begin, {});
        push(begin, heights);
        push(begin + kMinute, heights);
        push(begin + kMinute, {});
    }
    for (std::size_t at = 0; at < edges.size(); ++at) m_edges[at]->replace(edges[at]);
    m_canvas->reach(top, countMark);
    m_canvas->setMessage(isEmpty() ? tr("no errors in the last hour") : QString());
    showHead();
}

const domain::ErrorMinute* CategoryChart::minuteAt(int secondsAgo) const {
    const auto found = std::find_if(m_minutes.begin(), m_minutes.end(), [&](const domain::ErrorMinute& minute) {
        const int begin = beginOf(minute, m_minutes.back());
        return -secondsAgo >= begin && -secondsAgo < begin + kMinute;
    });
    return found == m_minutes.end() ? nullptr : &*found;
}

void CategoryChart::setHovered(std::optional<int> secondsAgo) {
    if (secondsAgo == m_hovered) return;
    m_hovered = secondsAgo;
    m_canvas->setMarked(secondsAgo);
    showHead();
}

void CategoryChart::showHead() {
    std::array<std::uint64_t, domain::kCategoryCount> counts{};
    QString moment = tr("last hour");
    if (m_hovered) {
        const domain::ErrorMinute* minute = minuteAt(std::max(*m_hovered, 1));
        if (minute != nullptr) std::copy(minute->counts.begin(), minute->counts.end(), counts.begin());
        moment = minute == nullptr ? tr("not recorded") : format::clockTime(minute->begins).left(5);
    } else {
        for (const domain::ErrorMinute& minute : m_minutes) {
            for (std::size_t at = 0; at < counts.size(); ++at) counts[at] += minute.counts[at];
        }
    }
    std::vector<LegendEntry> entries;
    for (std::size_t at = 0; at < counts.size(); ++at) {
        entries.push_back({format::word(domain::kCategories[at]), format::compactCount(counts[at]),
                           format::colourOf(domain::kCategories[at], m_theme), LegendEntry::Mark::area,
                           QStringLiteral("000")});
    }
    m_head->setEntries(moment, std::move(entries));
}

void CategoryChart::dress() {
    m_theme = format::Theme::of(palette());
    m_head->setTheme(m_theme);
    m_canvas->setTheme(m_theme);
    for (std::size_t at = 0; at < m_layers.size(); ++at) {
        m_layers[at]->setPen(Qt::NoPen);
        m_layers[at]->setBrush(format::colourOf(domain::kCategories[at], m_theme));
    }
    showHead();
}

void CategoryChart::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) dress();
    if (event->type() == QEvent::FontChange) m_canvas->setTheme(m_theme);
}

void CategoryChart::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    plot();
}

}  // namespace fusebox::charts
