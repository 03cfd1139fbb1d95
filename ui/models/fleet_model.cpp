#include <fusebox/models/fleet_model.h>

#include <fusebox/format/safe_text.h>
#include <fusebox/models/breaker_history.h>
#include <fusebox/models/fleet_cells.h>
#include <fusebox/models/row_ranks.h>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace fusebox::models {

namespace {

constexpr base::Duration kSortPeriod = std::chrono::seconds(1);
constexpr double kSteadyShare = 0.05;

}  // namespace

FleetModel::FleetModel(QObject* parent) : ArrangedModel(parent) {}

void FleetModel::apply(const domain::Frame& frame) {
    std::vector<bool> seen(m_rows.size(), false);
    bool isNew = false;
    for (std::size_t position = 0; position < frame.snapshots.size(); ++position) {
        const domain::Snapshot& snapshot = frame.snapshots[position];
        const Slot slot = slotOf(position, snapshot);
        if (slot >= seen.size()) {
            seen.resize(slot + 1, false);
            isNew = true;
        }
        seen[slot] = true;
        updateRow(slot, snapshot, frame.at);
    }
    const bool isGone = std::find(seen.begin(), seen.end(), false) != seen.end();
    if (isGone) removeVanished(seen);
    if (isNew || isGone) rankRows();
    summarise(frame);

    const bool isSortDue = !m_lastSort || frame.at - *m_lastSort >= kSortPeriod;
    // There is no order to hold where no row is.
    if ((!m_orderHeld || rowCount() == 0) && (isNew || isSortDue)) {
        m_lastSort = frame.at;
        rebuild(Keys::steady);
    }
    tellChanged();
    announceCounts();
    emit applied();
}

FleetModel::Slot FleetModel::slotOf(std::size_t position, const domain::Snapshot& snapshot) {
    // Frames keep their order, so a breaker mostly stands where it stood before.
    if (position < m_rows.size() && m_rows[position].snapshot.identity == snapshot.identity) return position;
    const auto found = m_slots.find(snapshot.identity->id);
    return found != m_slots.end() ? found->second : addRow(snapshot);
}

FleetModel::Slot FleetModel::addRow(const domain::Snapshot& snapshot) {
    const Slot slot = m_rows.size();
    FleetRow row;
    row.id = snapshot.identity->id;
    m_slots.emplace(row.id, slot);
    m_rows.push_back(std::move(row));
    m_memory.emplace_back();
    return slot;
}

void FleetModel::updateRow(Slot slot, const domain::Snapshot& snapshot, base::Time at) {
    FleetRow& row = m_rows[slot];
    Memory& memory = m_memory[slot];
    if (row.snapshot.identity != snapshot.identity) {
        row.name = format::SafeText::oneLine(snapshot.identity->name, format::SafeText::kNameLimit);
        if (snapshot.from != nullptr) {
            // Two agents may well guard what has the same name.
            row.name +=
                QStringLiteral(" @ ") + format::SafeText::oneLine(snapshot.from->name, format::SafeText::kNameLimit);
        }
        row.kind = format::SafeText::oneLine(snapshot.identity->kind, format::SafeText::kNameLimit);
        row.target = format::SafeText::oneLine(snapshot.identity->target);
        row.groupName = format::SafeText::oneLine(snapshot.identity->group, format::SafeText::kNameLimit);
    }
    row.snapshot = snapshot;
    row.look = format::lookOf(snapshot);
    row.group = groupOf(snapshot);
    row.holds = fleet_cells::holdsText(snapshot);
    if (snapshot.detail && !snapshot.detail->transitions.empty()) {
        const domain::Transition& last = snapshot.detail->transitions.back();
        if (memory.lastSequence != last.sequence || row.lastChange.isEmpty()) {
            memory.lastSequence = last.sequence;
            row.lastChange = format::SafeText::oneLine(last.text());
        }
    }

    const domain::Totals& totals = snapshot.metrics.totals;
    memory.window.add(at, totals);
    memory.rates = memory.window.rates();
    const std::optional<Rates>& rates = memory.rates;
    row.callsPerSecond = rates ? std::optional(rates->attempts) : std::nullopt;
    row.rejectedPerSecond = rates ? std::optional(rates->rejected) : std::nullopt;
    row.errorRate = snapshot.metrics.window.failureRate;
    const Trend::Point change = memory.totals ? happened(*memory.totals, totals) : Trend::Point{};
    row.trend.add(secondOf(at), change.calls, change.bad);
    memory.totals = totals;
}

void FleetModel::removeVanished(const std::vector<bool>& seen) {
    std::vector<Slot> moved(m_rows.size());
    Slot next = 0;
    for (Slot slot = 0; slot < m_rows.size(); ++slot) moved[slot] = seen[slot] ? next++ : kGone;
    moveSlots(moved, next, [&] {
        for (Slot slot = 0; slot < moved.size(); ++slot) {
            if (moved[slot] == kGone) {
                m_slots.erase(m_rows[slot].id);
            } else if (moved[slot] != slot) {
                m_rows[moved[slot]] = std::move(m_rows[slot]);
                m_memory[moved[slot]] = std::move(m_memory[slot]);
                m_slots[m_rows[moved[slot]].id] = moved[slot];
            }
        }
        m_rows.resize(next);
        m_memory.resize(next);
    });
}

void FleetModel::rankRows() {
    const RowRanks ranks = rank(m_rows);
    for (Slot slot = 0; slot < m_rows.size(); ++slot) {
        m_memory[slot].nameRank = ranks.name[slot];
        m_memory[slot].kindRank = ranks.kind[slot];
    }
}

void FleetModel::summarise(const domain::Frame& frame) {
    FleetSummary summary;
    Rates sum;
    bool isRated = false;
    for (std::size_t slot = 0; slot < m_rows.size(); ++slot) {
        switch (m_rows[slot].group) {
            case StateGroup::closed:
                ++summary.closed;
                break;
            case StateGroup::open:
                ++summary.open;
                break;
            case StateGroup::halfOpen:
                ++summary.halfOpen;
                break;
            case StateGroup::held:
                ++summary.held;
                break;
            case StateGroup::unknown:
                ++summary.unknown;
                break;
        }
        if (const std::optional<Rates>& rates = m_memory[slot].rates) {
            isRated = true;
            sum.attempts += rates->attempts;
            sum.rejected += rates->rejected;
            sum.ended += rates->ended;
            sum.failed += rates->failed;
        }
    }
    summary.total = m_rows.size();
    if (isRated) {
        summary.callsPerSecond = sum.attempts;
        summary.rejectedPerSecond = sum.rejected;
        if (sum.ended > 0) summary.errorRate = sum.failed / sum.ended;
    }
    summary.p95 = frame.overall.p95;
    m_summary = summary;
}

void FleetModel::setSort(Column column, Qt::SortOrder order) {
    m_sortColumn = column;
    m_sortOrder = order;
    rebuild(Keys::fresh);
}

void FleetModel::setTextFilter(const QString& text) {
    m_textFilter = text;
    m_words = text.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    rebuild(Keys::fresh);
    announceCounts();
}

void FleetModel::setStateFilter(StateGroups groups) {
    m_stateFilter = groups;
    rebuild(Keys::fresh);
    announceCounts();
}

void FleetModel::holdOrder(bool hold) {
    if (hold == m_orderHeld) return;
    m_orderHeld = hold;
    if (hold) return;
    rebuild(Keys::steady);
    announceCounts();
}

bool FleetModel::passesFilter(const FleetRow& row) const {
    if (m_stateFilter && !m_stateFilter.testFlag(row.group)) return false;
    return std::all_of(m_words.begin(), m_words.end(), [&row](const QString& word) {
        return row.name.contains(word, Qt::CaseInsensitive) || row.kind.contains(word, Qt::CaseInsensitive) ||
               row.target.contains(word, Qt::CaseInsensitive) || row.look.word.contains(word, Qt::CaseInsensitive) ||
               row.groupName.contains(word, Qt::CaseInsensitive) || row.lastChange.contains(word, Qt::CaseInsensitive);
    });
}

std::optional<double> FleetModel::keyOf(Slot slot) const {
    if (m_sortColumn == Name) return m_memory[slot].nameRank;
    if (m_sortColumn == Kind) return m_memory[slot].kindRank;
    return fleet_cells::sortKey(m_rows[slot], m_sortColumn);
}

void FleetModel::refreshKeys(Keys keys) {
    const bool isSteady = keys == Keys::steady && fleet_cells::isUnsteady(m_sortColumn);
    for (Slot slot = 0; slot < m_rows.size(); ++slot) {
        const std::optional<double> key = keyOf(slot);
        std::optional<double>& kept = m_memory[slot].sortKey;
        const bool isClose = isSteady && key && kept && std::abs(*key - *kept) <= kSteadyShare * std::abs(*kept);
        if (!isClose) kept = key;
    }
}

void FleetModel::sortByKeys(std::vector<Slot>& order) const {
    // Keys are gathered side by side: a comparison that has to look into two rows costs two cache misses.
    struct Place {
        std::optional<double> key;
        int rank;
        Slot slot;
    };
    std::vector<Place> places;
    places.reserve(order.size());
    for (const Slot slot : order) places.push_back({m_memory[slot].sortKey, m_memory[slot].nameRank, slot});
    const bool isAscending = m_sortOrder == Qt::AscendingOrder;
    std::sort(places.begin(), places.end(), [isAscending](const Place& a, const Place& b) {
        if (a.key.has_value() != b.key.has_value()) return a.key.has_value();
        if (a.key && *a.key != *b.key) return isAscending ? *a.key < *b.key : *a.key > *b.key;
        return a.rank < b.rank;
    });
    std::transform(places.begin(), places.end(), order.begin(), [](const Place& place) { return place.slot; });
}

void FleetModel::rebuild(Keys keys) {
    refreshKeys(keys);
    std::vector<Slot> wanted;
    wanted.reserve(m_rows.size());
    for (Slot slot = 0; slot < m_rows.size(); ++slot) {
        if (passesFilter(m_rows[slot])) wanted.push_back(slot);
    }
    sortByKeys(wanted);
    show(std::move(wanted), m_rows.size());
}

void FleetModel::announceCounts() {
    const int shown = rowCount();
    const int total = static_cast<int>(m_rows.size());
    if (shown == m_announcedShown && total == m_announcedTotal) return;
    m_announcedShown = shown;
    m_announcedTotal = total;
    emit countsChanged(shown, total);
}

const FleetRow& FleetModel::row(int row) const {
    return m_rows[slotAt(row)];
}

const domain::BreakerId& FleetModel::idAt(int row) const {
    return this->row(row).id;
}

int FleetModel::rowOf(const domain::BreakerId& id) const {
    const auto found = m_slots.find(id);
    return found == m_slots.end() ? -1 : rowOfSlot(found->second);
}

const FleetRow* FleetModel::find(const domain::BreakerId& id) const {
    const auto found = m_slots.find(id);
    return found == m_slots.end() ? nullptr : &m_rows[found->second];
}

int FleetModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FleetModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const FleetRow& shown = row(index.row());
    const auto column = static_cast<Column>(index.column());
    switch (role) {
        case Qt::DisplayRole:
            return fleet_cells::text(shown, column);
        case Qt::ToolTipRole:
            return format::SafeText::toolTip(fleet_cells::toolTip(shown, column));
        case Qt::TextAlignmentRole:
            return QVariant::fromValue(Qt::AlignVCenter |
                                       (fleet_cells::isNumber(column) ? Qt::AlignRight : Qt::AlignLeft));
        case SortKeyRole: {
            if (column == Name) return shown.name;
            if (column == Kind) return shown.kind;
            const std::optional<double> key = fleet_cells::sortKey(shown, column);
            return key ? QVariant(*key) : QVariant();
        }
        default:
            return {};
    }
}

QVariant FleetModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) return {};
    const auto column = static_cast<Column>(section);
    if (role == Qt::DisplayRole) return fleet_cells::title(column);
    if (role == Qt::ToolTipRole) return format::SafeText::toolTip(fleet_cells::titleToolTip(column));
    if (role == Qt::TextAlignmentRole) {
        return QVariant::fromValue(Qt::AlignVCenter | (fleet_cells::isNumber(column) ? Qt::AlignRight : Qt::AlignLeft));
    }
    return {};
}

void FleetModel::sort(int column, Qt::SortOrder order) {
    if (column >= 0 && column < ColumnCount) setSort(static_cast<Column>(column), order);
}

}  // namespace fusebox::models
