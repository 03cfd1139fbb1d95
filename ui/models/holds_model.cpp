#include <fusebox/models/holds_model.h>

#include <fusebox/format/numbers.h>
#include <fusebox/format/safe_text.h>
#include <fusebox/format/words.h>

#include <algorithm>
#include <cassert>

namespace fusebox::models {

namespace {

using format::SafeText::oneLine;

QString textOf(const domain::Hold& hold, HoldsModel::Column column) {
    switch (column) {
        case HoldsModel::Mode:
            return format::word(hold.mode);
        case HoldsModel::Who:
            return oneLine(hold.who, format::SafeText::kNameLimit);
        case HoldsModel::Why:
            return oneLine(hold.why);
        case HoldsModel::Since:
            return format::clockTime(hold.since);
        case HoldsModel::Left:
            return hold.remaining ? format::countdown(*hold.remaining) : QStringLiteral("until released");
        case HoldsModel::Effect:
        case HoldsModel::ColumnCount:
            break;
    }
    return {};
}

QString toolTipOf(const domain::Hold& hold, HoldsModel::Column column) {
    switch (column) {
        case HoldsModel::Who:
            return format::SafeText::toolTip(hold.who);
        case HoldsModel::Why:
            return format::SafeText::toolTip(hold.why);
        case HoldsModel::Since:
            return format::SafeText::toolTip(format::dateTime(hold.since));
        case HoldsModel::Left:
            return hold.until ? format::SafeText::toolTip(format::dateTime(*hold.until)) : QString();
        case HoldsModel::Effect:
            return QStringLiteral("The strongest hold rules; the others wait below it");
        case HoldsModel::Mode:
        case HoldsModel::ColumnCount:
            break;
    }
    return {};
}

}  // namespace

HoldsModel::HoldsModel(QObject* parent) : QAbstractTableModel(parent) {}

void HoldsModel::apply(const domain::Snapshot& snapshot) {
    const domain::BreakerId breaker = snapshot.identity->id;
    const bool isSameList =
        breaker == m_breaker && std::equal(m_holds.begin(), m_holds.end(), snapshot.holds.begin(), snapshot.holds.end(),
                                           [](const domain::Hold& a, const domain::Hold& b) { return a.id == b.id; });
    if (!isSameList) {
        beginResetModel();
        m_breaker = breaker;
        m_holds = snapshot.holds;
        m_heldAs = snapshot.heldAs;
        endResetModel();
        return;
    }
    if (m_holds == snapshot.holds && m_heldAs == snapshot.heldAs) return;
    m_holds = snapshot.holds;
    m_heldAs = snapshot.heldAs;
    if (m_holds.empty()) return;
    emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void HoldsModel::clear() {
    m_breaker = {};
    if (m_holds.empty()) return;
    beginResetModel();
    m_holds.clear();
    endResetModel();
}

const domain::Hold& HoldsModel::hold(int row) const {
    assert(row >= 0 && row < rowCount());
    return m_holds[static_cast<std::size_t>(row)];
}

int HoldsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_holds.size());
}

int HoldsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant HoldsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const auto column = static_cast<Column>(index.column());
    if (role == Qt::DisplayRole && column == Effect) {
        return hold(index.row()).mode == m_heldAs ? QStringLiteral("rules") : QStringLiteral("overruled");
    }
    if (role == Qt::DisplayRole) return textOf(hold(index.row()), column);
    if (role == Qt::ToolTipRole) return toolTipOf(hold(index.row()), column);
    return {};
}

QVariant HoldsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (static_cast<Column>(section)) {
        case Mode:
            return QStringLiteral("Mode");
        case Who:
            return QStringLiteral("Who");
        case Why:
            return QStringLiteral("Why");
        case Since:
            return QStringLiteral("Since");
        case Left:
            return QStringLiteral("Time left");
        case Effect:
            return QStringLiteral("Now");
        case ColumnCount:
            break;
    }
    return {};
}

}  // namespace fusebox::models
