#include <fusebox/models/pattern_places_model.h>

#include <fusebox/format/numbers.h>
#include <fusebox/format/safe_text.h>

#include <algorithm>
#include <numeric>

namespace fusebox::models {

namespace {

std::vector<PatternPlace> placesOf(const domain::ErrorPattern* pattern) {
    std::vector<PatternPlace> places;
    if (pattern == nullptr) return places;
    const auto all = static_cast<double>(std::max<std::uint64_t>(pattern->count, 1));
    for (const domain::BreakerShare& share : pattern->breakers) {
        places.push_back({share.breaker, {}, {}, share.count, std::min(1.0, static_cast<double>(share.count) / all)});
    }
    for (const domain::TripShare& trip : pattern->trips) {
        places.push_back({trip.breaker, trip.transition, trip.at, trip.count, trip.share});
    }
    return places;
}

}  // namespace

PatternPlacesModel::PatternPlacesModel(QObject* parent) : ArrangedModel(parent) {}

void PatternPlacesModel::apply(const domain::ErrorPattern* pattern, base::WallTime now) {
    std::vector<PatternPlace> places = placesOf(pattern);
    if (places == m_places) return;
    std::vector<Slot> moved;
    for (const PatternPlace& old : m_places) {
        const auto found =
            std::find_if(places.begin(), places.end(), [&](const PatternPlace& place) { return place.isSame(old); });
        moved.push_back(found == places.end() ? kGone : static_cast<Slot>(found - places.begin()));
    }
    const std::size_t size = places.size();
    moveSlots(moved, size, [&] {
        m_places = std::move(places);
        m_now = now;
    });
    std::vector<Slot> all(size);
    std::iota(all.begin(), all.end(), Slot{0});
    show(std::move(all), size);
    tellChanged();
}

int PatternPlacesModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant PatternPlacesModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const auto column = static_cast<Column>(index.column());
    const PatternPlace& shown = place(index.row());
    if (role == Qt::TextAlignmentRole) {
        return QVariant::fromValue(Qt::AlignVCenter |
                                   (column == Errors || column == Share ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (role == Qt::ToolTipRole) {
        return shown.transition ? format::SafeText::toolTip(format::dateTime(shown.at)) : QString();
    }
    if (role != Qt::DisplayRole) return {};
    switch (column) {
        case What:
            return shown.transition ? tr("Trip") : tr("Breaker");
        case Breaker:
            return format::SafeText::oneLine(shown.breaker.value, format::SafeText::kNameLimit);
        case When:
            return shown.transition ? format::moment(shown.at, m_now) : QString();
        case Errors:
            return format::compactCount(shown.count);
        case Share:
            return format::percent(shown.share);
        case ColumnCount:
            break;
    }
    return {};
}

QVariant PatternPlacesModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) {
        return QVariant::fromValue(Qt::AlignVCenter |
                                   (section == Errors || section == Share ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (role == Qt::ToolTipRole && section == Share) {
        return tr("Of a breaker: its share of this pattern's errors. Of a trip: this pattern's share of its errors");
    }
    if (role != Qt::DisplayRole) return {};
    switch (static_cast<Column>(section)) {
        case What:
            return tr("Seen at");
        case Breaker:
            return tr("Breaker");
        case When:
            return tr("When");
        case Errors:
            return tr("Errors");
        case Share:
            return tr("Share");
        case ColumnCount:
            break;
    }
    return {};
}

}  // namespace fusebox::models
