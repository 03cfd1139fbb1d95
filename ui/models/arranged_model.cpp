#include <fusebox/models/arranged_model.h>

#include <algorithm>
#include <cassert>
#include <iterator>

namespace fusebox::models {

int ArrangedModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_order.size());
}

ArrangedModel::Slot ArrangedModel::slotAt(int row) const {
    assert(row >= 0 && row < rowCount());
    return m_order[static_cast<std::size_t>(row)];
}

int ArrangedModel::rowOfSlot(Slot slot) const {
    return slot < m_rowOfSlot.size() ? m_rowOfSlot[slot] : -1;
}

void ArrangedModel::show(std::vector<Slot> wanted, std::size_t size) {
    m_rowOfSlot.resize(size, -1);
    std::vector<bool> isWanted(size, false);
    for (const Slot slot : wanted) isWanted[slot] = true;
    std::vector<Slot> arranged;
    arranged.reserve(m_order.size());
    std::copy_if(wanted.begin(), wanted.end(), std::back_inserter(arranged),
                 [&](Slot slot) { return m_rowOfSlot[slot] >= 0; });
    const std::size_t staying = arranged.size();
    std::copy_if(m_order.begin(), m_order.end(), std::back_inserter(arranged),
                 [&](Slot slot) { return !isWanted[slot]; });
    permute(std::move(arranged));
    if (staying < m_order.size()) {
        beginRemoveRows({}, static_cast<int>(staying), static_cast<int>(m_order.size()) - 1);
        m_order.resize(staying);
        indexRows();
        endRemoveRows();
    }
    if (staying < wanted.size()) {
        std::vector<Slot> arriving;
        std::copy_if(wanted.begin(), wanted.end(), std::back_inserter(arriving),
                     [&](Slot slot) { return m_rowOfSlot[slot] < 0; });
        beginInsertRows({}, static_cast<int>(staying), static_cast<int>(wanted.size()) - 1);
        m_order.insert(m_order.end(), arriving.begin(), arriving.end());
        indexRows();
        endInsertRows();
        permute(std::move(wanted));
    }
}

void ArrangedModel::dropGone(const std::vector<Slot>& moved) {
    std::vector<Slot> staying;
    staying.reserve(m_order.size());
    std::copy_if(m_order.begin(), m_order.end(), std::back_inserter(staying),
                 [&](Slot slot) { return moved[slot] != kGone; });
    if (staying.size() < m_order.size()) show(std::move(staying), moved.size());
}

void ArrangedModel::renumber(const std::vector<Slot>& moved, std::size_t size) {
    for (Slot& slot : m_order) slot = moved[slot];
    m_rowOfSlot.resize(size);
    indexRows();
}

void ArrangedModel::permute(std::vector<Slot> order) {
    assert(order.size() == m_order.size());
    if (order == m_order) return;
    emit layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    std::vector<Slot> places;
    places.reserve(static_cast<std::size_t>(before.size()));
    for (const QModelIndex& old : before) places.push_back(m_order[static_cast<std::size_t>(old.row())]);
    m_order = std::move(order);
    indexRows();
    QModelIndexList after;
    after.reserve(before.size());
    for (qsizetype i = 0; i < before.size(); ++i) {
        after.append(index(m_rowOfSlot[places[static_cast<std::size_t>(i)]], before.at(i).column()));
    }
    changePersistentIndexList(before, after);
    emit layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

void ArrangedModel::indexRows() {
    std::fill(m_rowOfSlot.begin(), m_rowOfSlot.end(), -1);
    for (std::size_t row = 0; row < m_order.size(); ++row) m_rowOfSlot[m_order[row]] = static_cast<int>(row);
}

void ArrangedModel::tellChanged() {
    if (rowCount() > 0) emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

}  // namespace fusebox::models
