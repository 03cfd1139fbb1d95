#include <fusebox/models/stored_events_model.h>

#include <fusebox/format/numbers.h>
#include <fusebox/format/safe_text.h>
#include <fusebox/format/words.h>

#include <algorithm>
#include <array>
#include <iterator>

namespace fusebox::models {

namespace {

using format::SafeText::oneLine;

QString textOf(const journal::StoredEvent& event, StoredEventsModel::Column column) {
    switch (column) {
        case StoredEventsModel::Time:
            return format::dateTime(event.at);
        case StoredEventsModel::Level:
            return format::word(event.level);
        case StoredEventsModel::Breaker:
            return oneLine(event.breaker.value, format::SafeText::kNameLimit);
        case StoredEventsModel::Kind:
            return format::word(event.kind);
        case StoredEventsModel::Text:
            return oneLine(event.text);
        case StoredEventsModel::Actor:
            return oneLine(event.actor, format::SafeText::kNameLimit);
        case StoredEventsModel::ColumnCount:
            break;
    }
    return {};
}

}  // namespace

StoredEventsModel::StoredEventsModel(QObject* parent) : QAbstractTableModel(parent) {}

void StoredEventsModel::replace(journal::EventPage page) {
    beginResetModel();
    m_events = std::move(page.events);
    m_more = page.more;
    m_asked = false;
    endResetModel();
}

void StoredEventsModel::renew(journal::EventPage page) {
    if (m_events.empty()) {
        if (!page.events.empty()) replace(std::move(page));
        return;
    }
    const auto known = std::find_if(page.events.begin(), page.events.end(),
                                    [this](const auto& event) { return event.id == m_events.front().id; });
    // So much is new that the pages do not meet.
    if (known == page.events.end()) return replace(std::move(page));
    const auto arrived = static_cast<int>(known - page.events.begin());
    if (arrived == 0) return;
    beginInsertRows({}, 0, arrived - 1);
    m_events.insert(m_events.begin(), std::make_move_iterator(page.events.begin()), std::make_move_iterator(known));
    endInsertRows();
}

void StoredEventsModel::append(journal::EventPage page) {
    m_asked = false;
    m_more = page.more && !page.events.empty();
    if (page.events.empty()) return;
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(page.events.size()) - 1);
    std::move(page.events.begin(), page.events.end(), std::back_inserter(m_events));
    endInsertRows();
}

void StoredEventsModel::clear() {
    replace({});
}

bool StoredEventsModel::canFetchMore(const QModelIndex& parent) const {
    return !parent.isValid() && m_more && !m_asked && !m_events.empty() && !isFull();
}

void StoredEventsModel::fetchMore(const QModelIndex& parent) {
    if (!canFetchMore(parent)) return;
    m_asked = true;
    emit pageWanted(m_events.back().id);
}

int StoredEventsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_events.size());
}

int StoredEventsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant StoredEventsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const auto column = static_cast<Column>(index.column());
    const journal::StoredEvent& event = eventAt(index.row());
    if (role == Qt::DisplayRole) return textOf(event, column);
    if (role == Qt::ToolTipRole) {
        return column == Text ? format::SafeText::toolTip(event.text)
                              : format::SafeText::toolTip(textOf(event, column));
    }
    return {};
}

QVariant StoredEventsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= ColumnCount) return {};
    static const std::array<QString, ColumnCount> kTitles{tr("Time"), tr("Level"), tr("Breaker"),
                                                          tr("What"), tr("Text"),  tr("Who")};
    return kTitles[static_cast<std::size_t>(section)];
}

}  // namespace fusebox::models
