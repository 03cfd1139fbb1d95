#pragma once
// The base of small tables that show a sliding list of one breaker, newest first: what is new is put in at the top, what is too
// old leaves at the bottom, so that the rest keeps its selection and its place.
// Threads: GUI thread.

#include <fusebox/domain/ids.h>

#include <QAbstractTableModel>

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <vector>

namespace fusebox::models {

template <typename Item>
class NewestFirstModel : public QAbstractTableModel {
public:
    int rowCount(const QModelIndex& parent = {}) const override {
        return parent.isValid() ? 0 : static_cast<int>(m_items.size());
    }

protected:
    using QAbstractTableModel::QAbstractTableModel;

    /// REQUIRES: 0 <= row < rowCount().
    [[nodiscard]] const Item& item(int row) const {
        assert(row >= 0 && row < rowCount());
        return m_items[m_items.size() - 1 - static_cast<std::size_t>(row)];
    }

    /// Items newest last; isSame tells whether two items are one and the same.
    template <typename IsSame>
    void take(const domain::BreakerId& breaker, const std::vector<Item>& items, IsSame isSame) {
        const std::size_t kept = breaker == m_breaker ? keptOf(items, isSame) : 0;
        if (kept == 0) {
            replaceAll(breaker, items);
            return;
        }
        const std::size_t gone = m_items.size() - kept;
        if (gone > 0) {
            beginRemoveRows({}, static_cast<int>(kept), static_cast<int>(m_items.size()) - 1);
            m_items.erase(m_items.begin(), m_items.begin() + static_cast<std::ptrdiff_t>(gone));
            endRemoveRows();
        }
        const std::size_t arrived = items.size() - kept;
        if (arrived > 0) {
            beginInsertRows({}, 0, static_cast<int>(arrived) - 1);
            m_items.insert(m_items.end(), items.begin() + static_cast<std::ptrdiff_t>(kept), items.end());
            endInsertRows();
        }
    }

    void replaceAll(const domain::BreakerId& breaker, const std::vector<Item>& items) {
        m_breaker = breaker;
        if (items.empty() && m_items.empty()) return;
        beginResetModel();
        m_items = items;
        endResetModel();
    }

private:
    /// How many of the oldest new items are the newest old ones; 0: the lists have nothing in common.
    template <typename IsSame>
    [[nodiscard]] std::size_t keptOf(const std::vector<Item>& items, IsSame isSame) const {
        for (std::size_t kept = std::min(items.size(), m_items.size()); kept > 0; --kept) {
            const auto oldFrom = m_items.end() - static_cast<std::ptrdiff_t>(kept);
            if (std::equal(oldFrom, m_items.end(), items.begin(), isSame)) return kept;
        }
        return 0;
    }

    domain::BreakerId m_breaker;
    std::vector<Item> m_items;  ///< newest last
};

}  // namespace fusebox::models
