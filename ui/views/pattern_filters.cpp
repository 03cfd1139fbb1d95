#include <fusebox/views/pattern_filters.h>

#include <fusebox/format/numbers.h>
#include <fusebox/format/safe_text.h>
#include <fusebox/format/words.h>
#include <fusebox/views/choice_box.h>
#include <fusebox/widgets/filter_bar.h>

#include <QAbstractItemView>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>

#include <algorithm>
#include <array>

namespace fusebox::views {
namespace {

using format::SafeText::oneLine;

constexpr int kTextWidth = 300;
constexpr std::array kTrends{domain::Trend::fresh, domain::Trend::rising, domain::Trend::steady,
                             domain::Trend::resolved, domain::Trend::regressed};

/// A list must not change under the pointer of who is choosing from it.
bool isOpen(const QComboBox& box) {
    return box.view()->isVisible();
}

}  // namespace

PatternFilters::PatternFilters(QWidget* parent)
    : QWidget(parent), m_text(new widgets::FilterBar(tr("Filter by text, component or breaker"))) {
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(6);
    m_text->setFixedWidth(kTextWidth);
    line->addWidget(m_text);
    connect(m_text, &widgets::FilterBar::textFilterChanged, this, &PatternFilters::changed);
    m_severity = addChoice(tr("Severity"),
                           {tr("Any severity"), tr("Medium or worse"), tr("High or worse"), tr("Only critical")}, 130);
    QStringList trends{tr("Any trend")};
    for (const domain::Trend trend : kTrends) trends << format::word(trend);
    m_trend = addChoice(tr("Trend"), trends, 110);
    m_breaker = addChoice(tr("Breaker"), {tr("All breakers")}, 190);
    line->addStretch(1);
    auto* caption = new QLabel(tr("Share &of trip:"));
    line->addWidget(caption);
    m_trip = addChoice(tr("Share of trip"), {tr("The newest")}, 230);
    caption->setBuddy(m_trip);
}

QComboBox* PatternFilters::addChoice(const QString& name, const QStringList& entries, int width) {
    QComboBox* box = makeChoiceBox(name, entries, width);
    connect(box, &QComboBox::currentIndexChanged, this, &PatternFilters::changed);
    layout()->addWidget(box);
    return box;
}

void PatternFilters::offer(const models::PatternsModel& model) {
    m_text->setCounts(model.rowCount(), model.totalCount());
    if (!isOpen(*m_breaker) && model.breakers() != m_breakers) offerBreakers(model.breakers());
    if (!isOpen(*m_trip) && model.trips() != m_trips) offerTrips(model.trips());
}

void PatternFilters::offerBreakers(const std::vector<domain::BreakerId>& breakers) {
    const domain::BreakerId chosen = filter().breaker;
    const QSignalBlocker quiet(m_breaker);
    m_breakers = breakers;
    // One that had its last error long ago is still what the person has chosen.
    const bool isKnown = std::find(m_breakers.begin(), m_breakers.end(), chosen) != m_breakers.end();
    if (!chosen.value.empty() && !isKnown) m_breakers.push_back(chosen);
    while (m_breaker->count() > 1) m_breaker->removeItem(m_breaker->count() - 1);
    for (const domain::BreakerId& breaker : m_breakers) {
        m_breaker->addItem(oneLine(breaker.value, format::SafeText::kNameLimit));
        if (breaker == chosen) m_breaker->setCurrentIndex(m_breaker->count() - 1);
    }
}

void PatternFilters::offerTrips(const std::vector<models::TripKey>& trips) {
    const std::optional<models::TripKey> chosen = trip();
    const QSignalBlocker quiet(m_trip);
    m_trips = trips;
    if (chosen && std::find(m_trips.begin(), m_trips.end(), *chosen) == m_trips.end()) m_trips.push_back(*chosen);
    while (m_trip->count() > 1) m_trip->removeItem(m_trip->count() - 1);
    for (const models::TripKey& each : m_trips) {
        m_trip->addItem(format::clockTime(each.at) + QStringLiteral("  ") +
                        oneLine(each.breaker.value, format::SafeText::kNameLimit));
        if (chosen && each == *chosen) m_trip->setCurrentIndex(m_trip->count() - 1);
    }
}

models::PatternFilter PatternFilters::filter() const {
    models::PatternFilter filter;
    filter.words = m_text->text().simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (m_severity->currentIndex() > 0) filter.least = static_cast<domain::Severity>(m_severity->currentIndex());
    if (m_trend->currentIndex() > 0) filter.trend = kTrends[static_cast<std::size_t>(m_trend->currentIndex() - 1)];
    const int breaker = m_breaker->currentIndex() - 1;
    if (breaker >= 0) filter.breaker = m_breakers[static_cast<std::size_t>(breaker)];
    return filter;
}

std::optional<models::TripKey> PatternFilters::trip() const {
    const int index = m_trip->currentIndex() - 1;
    return index < 0 ? std::nullopt : std::optional(m_trips[static_cast<std::size_t>(index)]);
}

void PatternFilters::chooseBreaker(const domain::BreakerId& breaker) {
    auto place = std::find(m_breakers.begin(), m_breakers.end(), breaker);
    if (place == m_breakers.end() && !breaker.value.empty()) {
        m_breaker->addItem(oneLine(breaker.value, format::SafeText::kNameLimit));
        place = m_breakers.insert(m_breakers.end(), breaker);
    }
    m_breaker->setCurrentIndex(breaker.value.empty() ? 0 : static_cast<int>(place - m_breakers.begin()) + 1);
}

void PatternFilters::clear() {
    m_text->clear();
    for (QComboBox* box : {m_severity, m_trend, m_breaker, m_trip}) box->setCurrentIndex(0);
}

void PatternFilters::focusLine() {
    m_text->focusLine();
}

}  // namespace fusebox::views
