#pragma once
// The holds that lie on one breaker, with the time that is left of each, and which of them rule.
// Threads: GUI thread.

#include <fusebox/domain/snapshot.h>

#include <QAbstractTableModel>

#include <optional>
#include <vector>

namespace fusebox::models {

class HoldsModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Mode, Who, Why, Since, Left, Effect, ColumnCount };

    explicit HoldsModel(QObject* parent = nullptr);

    void apply(const domain::Snapshot& snapshot);
    void clear();

    /// REQUIRES: 0 <= row < rowCount().
    [[nodiscard]] const domain::Hold& hold(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    domain::BreakerId m_breaker;
    std::vector<domain::Hold> m_holds;
    std::optional<domain::HoldMode> m_heldAs;
};

}  // namespace fusebox::models
