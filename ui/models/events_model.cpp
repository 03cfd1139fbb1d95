#include <fusebox/models/events_model.h>

#include <fusebox/format/numbers.h>
#include <fusebox/format/safe_text.h>
#include <fusebox/format/words.h>

#include <algorithm>
#include <cassert>
#include <iterator>

namespace fusebox::models {

namespace {

using format::SafeText::oneLine;

domain::Event lossNotice(std::uint64_t lost, base::WallTime at) {
    domain::Event notice;
    notice.kind = domain::EventKind::notice;
    notice.level = domain::Level::warning;
    notice.at = at;
    notice.text =
        format::counted(lost, QStringLiteral("event was"), QStringLiteral("events were")).toStdString() + " lost here";
    return notice;
}

/// The console's own notice of a loss concerns every breaker; it has no number of its own.
bool isLossNotice(const domain::Event& event) {
    return event.id.value == 0 && event.breaker.value.empty();
}

QString textOf(const domain::Event& event, EventsModel::Column column) {
    switch (column) {
        case EventsModel::Time:
            return format::clockTime(event.at);
        case EventsModel::Level:
            return format::word(event.level);
        case EventsModel::Breaker:
            return oneLine(event.breaker.value, format::SafeText::kNameLimit);
        case EventsModel::Kind:
            return format::word(event.kind);
        case EventsModel::Text:
            return oneLine(event.text);
        case EventsModel::Actor:
            return oneLine(event.actor, format::SafeText::kNameLimit);
        case EventsModel::ColumnCount:
            break;
    }
    return {};
}

QString toolTipOf(const domain::Event& event, EventsModel::Column column) {
    if (column == EventsModel::Time) return format::SafeText::toolTip(format::dateTime(event.at));
    if (column == EventsModel::Text) return format::SafeText::toolTip(event.text);
    return format::SafeText::toolTip(textOf(event, column));
}

}  // namespace

EventsModel::EventsModel(QObject* parent) : EventsModel(kLimit, parent) {}

EventsModel::EventsModel(std::size_t limit, QObject* parent)
    : QAbstractTableModel(parent), m_limit(std::max<std::size_t>(limit, 1)) {}

void EventsModel::apply(const domain::Frame& frame) {
    m_lost += frame.lostEvents;
    if (frame.events.empty() && frame.lostEvents == 0) return;
    std::vector<domain::Event> arrived;
    arrived.reserve(frame.events.size() + 1);
    if (frame.lostEvents > 0) arrived.push_back(lossNotice(frame.lostEvents, frame.wall));
    arrived.insert(arrived.end(), frame.events.begin(), frame.events.end());
    if (arrived.size() > m_limit) {
        m_dropped += arrived.size() - m_limit;
        arrived.erase(arrived.begin(), arrived.end() - static_cast<std::ptrdiff_t>(m_limit));
    }
    append(std::move(arrived));
    emit countsChanged(rowCount(), static_cast<int>(m_events.size()));
}

void EventsModel::append(std::vector<domain::Event> arrived) {
    makeRoom(arrived.size());
    std::vector<std::uint64_t> shown;
    for (std::size_t i = 0; i < arrived.size(); ++i) {
        if (passesFilter(arrived[i])) shown.push_back(m_firstSerial + m_events.size() + i);
    }
    if (!shown.empty()) beginInsertRows({}, 0, static_cast<int>(shown.size()) - 1);
    std::move(arrived.begin(), arrived.end(), std::back_inserter(m_events));
    m_shown.insert(m_shown.end(), shown.begin(), shown.end());
    if (!shown.empty()) endInsertRows();
}

void EventsModel::makeRoom(std::size_t arriving) {
    if (m_events.size() + arriving <= m_limit) return;
    const std::size_t leaving = m_events.size() + arriving - m_limit;
    const std::uint64_t firstKept = m_firstSerial + leaving;
    const auto keptFrom = std::lower_bound(m_shown.begin(), m_shown.end(), firstKept);
    const int hidden = static_cast<int>(std::distance(m_shown.begin(), keptFrom));
    if (hidden > 0) beginRemoveRows({}, rowCount() - hidden, rowCount() - 1);
    m_shown.erase(m_shown.begin(), keptFrom);
    m_events.erase(m_events.begin(), m_events.begin() + static_cast<std::ptrdiff_t>(leaving));
    m_firstSerial = firstKept;
    m_dropped += leaving;
    if (hidden > 0) endRemoveRows();
}

void EventsModel::setBreakerFilter(const domain::BreakerId& breaker) {
    if (breaker == m_breaker) return;
    m_breaker = breaker;
    refilter();
}

void EventsModel::setTextFilter(const QString& text) {
    const QStringList words = text.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (words == m_words) return;
    m_words = words;
    refilter();
}

void EventsModel::refilter() {
    beginResetModel();
    m_shown.clear();
    for (std::size_t i = 0; i < m_events.size(); ++i) {
        if (passesFilter(m_events[i])) m_shown.push_back(m_firstSerial + i);
    }
    endResetModel();
    emit countsChanged(rowCount(), static_cast<int>(m_events.size()));
}

bool EventsModel::passesFilter(const domain::Event& event) const {
    if (!m_breaker.value.empty() && event.breaker != m_breaker && !isLossNotice(event)) return false;
    if (m_words.isEmpty()) return true;
    const QString haystack = textOf(event, Breaker) + QLatin1Char('\n') + textOf(event, Kind) + QLatin1Char('\n') +
                             textOf(event, Text) + QLatin1Char('\n') + textOf(event, Actor);
    return std::all_of(m_words.begin(), m_words.end(),
                       [&](const QString& word) { return haystack.contains(word, Qt::CaseInsensitive); });
}

const domain::Event& EventsModel::eventAt(int row) const {
    assert(row >= 0 && row < rowCount());
    const std::uint64_t serial = m_shown[m_shown.size() - 1 - static_cast<std::size_t>(row)];
    return m_events[serial - m_firstSerial];
}

int EventsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int EventsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant EventsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const auto column = static_cast<Column>(index.column());
    if (role == Qt::DisplayRole) return textOf(eventAt(index.row()), column);
    if (role == Qt::ToolTipRole) return toolTipOf(eventAt(index.row()), column);
    return {};
}

QVariant EventsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (static_cast<Column>(section)) {
        case Time:
            return QStringLiteral("Time");
        case Level:
            return QStringLiteral("Level");
        case Breaker:
            return QStringLiteral("Breaker");
        case Kind:
            return QStringLiteral("What");
        case Text:
            return QStringLiteral("Text");
        case Actor:
            return QStringLiteral("Who");
        case ColumnCount:
            break;
    }
    return {};
}

}  // namespace fusebox::models
