#pragma once
// A table whose items stand in slots and whose rows are some of these slots in some order. However much changes at
// once, a view hears of one move, one removal at the end and one insertion at the end: selection, current row and
// scrolling stay with their items.
// Threads: GUI thread.

#include <QAbstractTableModel>

#include <cstddef>
#include <limits>
#include <vector>

namespace fusebox::models {

class ArrangedModel : public QAbstractTableModel {
    Q_OBJECT

public:
    int rowCount(const QModelIndex& parent = {}) const override;

protected:
    using Slot = std::size_t;
    static constexpr Slot kGone = std::numeric_limits<Slot>::max();

    explicit ArrangedModel(QObject* parent = nullptr) : QAbstractTableModel(parent) {}

    /// REQUIRES: 0 <= row < rowCount().
    [[nodiscard]] Slot slotAt(int row) const;
    /// -1: it has no row.
    [[nodiscard]] int rowOfSlot(Slot slot) const;

    /// These slots and no others have rows, in this order. REQUIRES: each is below `size` and occurs once.
    void show(std::vector<Slot> wanted, std::size_t size);

    /// The items move to other slots: the one at `old` to moved[old], or it is gone. Rows of those that are gone leave
    /// first; then `adopt` puts the new items in place.
    template <typename Adopt>
    void moveSlots(const std::vector<Slot>& moved, std::size_t size, Adopt adopt) {
        dropGone(moved);
        adopt();
        renumber(moved, size);
    }

    /// All cells may have changed.
    void tellChanged();

private:
    void dropGone(const std::vector<Slot>& moved);
    void renumber(const std::vector<Slot>& moved, std::size_t size);
    void permute(std::vector<Slot> order);
    void indexRows();

    std::vector<Slot> m_order;     ///< of each row its slot
    std::vector<int> m_rowOfSlot;  ///< -1: it has none
};

}  // namespace fusebox::models
