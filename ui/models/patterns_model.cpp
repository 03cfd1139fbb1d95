#include <fusebox/models/patterns_model.h>

#include <fusebox/format/pattern_text.h>
#include <fusebox/format/safe_text.h>
#include <fusebox/models/natural_order.h>
#include <fusebox/models/pattern_cells.h>

#include <algorithm>
#include <chrono>
#include <unordered_set>

namespace fusebox::models {

namespace {

constexpr std::chrono::seconds kSortPeriod{1};

template <typename List>
void keepNewest(List& trips, std::size_t most) {
    std::sort(trips.begin(), trips.end(), [](const TripKey& a, const TripKey& b) { return a.at > b.at; });
    if (trips.size() > most) trips.resize(most);
}

}  // namespace

PatternsModel::PatternsModel(QObject* parent) : ArrangedModel(parent) {}

void PatternsModel::apply(const std::shared_ptr<const domain::ErrorReport>& report, base::WallTime now) {
    if (report == m_report) return;
    const std::size_t before = m_rows.size();
    m_now = now;
    take(report);
    listTrips();
    listBreakers();
    deriveRows();
    const bool isSortDue = !m_lastSort || now - *m_lastSort >= kSortPeriod || now < *m_lastSort;
    if (!m_orderHeld && (isSortDue || before != m_rows.size())) {
        m_lastSort = now;
        rebuild();
    }
    tellChanged();
    emit changed();
}

void PatternsModel::take(const std::shared_ptr<const domain::ErrorReport>& report) {
    static const std::vector<domain::ErrorPattern> kNone;
    const std::vector<domain::ErrorPattern>& patterns = report == nullptr ? kNone : report->patterns;
    std::unordered_map<domain::PatternId, Slot> places;
    places.reserve(patterns.size());
    for (Slot slot = 0; slot < patterns.size(); ++slot) places.emplace(patterns[slot].id, slot);
    std::vector<Slot> moved;
    moved.reserve(m_rows.size());
    for (const PatternRow& row : m_rows) {
        const auto place = places.find(row.pattern->id);
        moved.push_back(place == places.end() ? kGone : place->second);
    }
    moveSlots(moved, patterns.size(), [&] {
        std::vector<PatternRow> rows(patterns.size());
        for (Slot old = 0; old < moved.size(); ++old) {
            // A template may become more general, but then its id changes too: the text of an id stays.
            if (moved[old] != kGone) rows[moved[old]].text = std::move(m_rows[old].text);
        }
        for (Slot slot = 0; slot < rows.size(); ++slot) {
            rows[slot].pattern = &patterns[slot];
            if (rows[slot].text.isEmpty()) rows[slot].text = format::patternName(patterns[slot]);
        }
        m_rows = std::move(rows);
        m_slots = std::move(places);
        m_report = report;
    });
}

void PatternsModel::listTrips() {
    m_trips.clear();
    for (const PatternRow& row : m_rows) {
        for (const domain::TripShare& share : row.pattern->trips) {
            const bool isOld = m_trips.size() >= kMostTrips && share.at <= m_trips.back().at;
            const bool isKnown = std::any_of(m_trips.begin(), m_trips.end(), [&](const TripKey& trip) {
                return trip.transition == share.transition && trip.breaker == share.breaker;
            });
            if (isOld || isKnown) continue;
            m_trips.push_back({share.breaker, share.transition, share.at});
            keepNewest(m_trips, kMostTrips);
        }
    }
}

void PatternsModel::listBreakers() {
    std::unordered_set<domain::BreakerId> breakers;
    for (const PatternRow& row : m_rows) {
        for (const domain::BreakerShare& share : row.pattern->breakers) breakers.insert(share.breaker);
    }
    m_breakers.assign(breakers.begin(), breakers.end());
    std::sort(m_breakers.begin(), m_breakers.end(), [](const domain::BreakerId& a, const domain::BreakerId& b) {
        return naturalCompare(QString::fromStdString(a.value), QString::fromStdString(b.value)) < 0;
    });
}

void PatternsModel::deriveRows() {
    m_shownTrip = m_trip;
    if (!m_trip) {
        const auto isMeant = [this](const TripKey& trip) {
            return m_filter.breaker.value.empty() || trip.breaker == m_filter.breaker;
        };
        const auto newest = std::find_if(m_trips.begin(), m_trips.end(), isMeant);
        if (newest != m_trips.end()) m_shownTrip = *newest;
    }
    for (PatternRow& row : m_rows) {
        row.here = 0;
        row.tripShare.reset();
        for (const domain::BreakerShare& share : row.pattern->breakers) {
            if (share.breaker == m_filter.breaker) row.here = share.count;
        }
        if (!m_shownTrip) continue;
        for (const domain::TripShare& share : row.pattern->trips) {
            if (share.transition == m_shownTrip->transition && share.breaker == m_shownTrip->breaker) {
                row.tripShare = share.share;
            }
        }
    }
}

void PatternsModel::rebuild() {
    struct Place {
        std::optional<double> key;
        Slot slot;
    };
    std::vector<Place> places;
    places.reserve(m_rows.size());
    for (Slot slot = 0; slot < m_rows.size(); ++slot) {
        if (m_filter.passes(m_rows[slot])) places.push_back({pattern_cells::sortKey(m_rows[slot], m_sortColumn), slot});
    }
    const bool isAscending = m_sortOrder == Qt::AscendingOrder;
    std::sort(places.begin(), places.end(), [&](const Place& a, const Place& b) {
        if (m_sortColumn == Text) {
            const int order = m_rows[a.slot].text.compare(m_rows[b.slot].text, Qt::CaseInsensitive);
            if (order != 0) return isAscending ? order < 0 : order > 0;
        }
        if (a.key.has_value() != b.key.has_value()) return a.key.has_value();
        if (a.key && *a.key != *b.key) return isAscending ? *a.key < *b.key : *a.key > *b.key;
        return a.slot < b.slot;
    });
    std::vector<Slot> wanted;
    wanted.reserve(places.size());
    for (const Place& place : places) wanted.push_back(place.slot);
    show(std::move(wanted), m_rows.size());
}

void PatternsModel::setSort(Column column, Qt::SortOrder order) {
    m_sortColumn = column;
    m_sortOrder = order;
    rebuild();
}

void PatternsModel::setFilter(const PatternFilter& filter) {
    if (filter == m_filter) return;
    m_filter = filter;
    deriveRows();
    rebuild();
    tellChanged();
    emit changed();
}

void PatternsModel::setTrip(const std::optional<TripKey>& trip) {
    if (trip == m_trip) return;
    m_trip = trip;
    deriveRows();
    rebuild();
    tellChanged();
    emit changed();
}

void PatternsModel::holdOrder(bool hold) {
    if (hold == m_orderHeld) return;
    m_orderHeld = hold;
    if (hold) return;
    rebuild();
    emit changed();
}

int PatternsModel::rowOf(domain::PatternId id) const {
    const auto found = m_slots.find(id);
    return found == m_slots.end() ? -1 : rowOfSlot(found->second);
}

const PatternRow* PatternsModel::find(domain::PatternId id) const {
    const auto found = m_slots.find(id);
    return found == m_slots.end() ? nullptr : &m_rows[found->second];
}

int PatternsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant PatternsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const auto column = static_cast<Column>(index.column());
    switch (role) {
        case Qt::DisplayRole:
            return pattern_cells::text(row(index.row()), column, m_now);
        case Qt::ToolTipRole:
            return format::SafeText::toolTip(pattern_cells::toolTip(row(index.row()), column));
        case Qt::TextAlignmentRole:
            return QVariant::fromValue(Qt::AlignVCenter |
                                       (pattern_cells::isNumber(column) ? Qt::AlignRight : Qt::AlignLeft));
        default:
            return {};
    }
}

QVariant PatternsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) return {};
    const auto column = static_cast<Column>(section);
    if (role == Qt::DisplayRole) return pattern_cells::title(column);
    if (role == Qt::ToolTipRole) return format::SafeText::toolTip(pattern_cells::titleToolTip(column));
    if (role == Qt::TextAlignmentRole) {
        return QVariant::fromValue(Qt::AlignVCenter |
                                   (pattern_cells::isNumber(column) ? Qt::AlignRight : Qt::AlignLeft));
    }
    return {};
}

void PatternsModel::sort(int column, Qt::SortOrder order) {
    if (column >= 0 && column < ColumnCount) setSort(static_cast<Column>(column), order);
}

}  // namespace fusebox::models
