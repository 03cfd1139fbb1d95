#pragma once
// The last errors of one breaker, newest first. New ones are put in at the top; the rest stays where it is.
// Threads: GUI thread.

#include <fusebox/domain/snapshot.h>

#include <QAbstractTableModel>

#include <memory>
#include <vector>

namespace fusebox::models {

class ErrorsModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Time, Took, Type, Code, Message, Counted, ColumnCount };

    explicit ErrorsModel(QObject* parent = nullptr);

    void apply(const domain::Snapshot& snapshot);
    void clear();

    /// REQUIRES: 0 <= row < rowCount().
    [[nodiscard]] const domain::RecentError& error(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    domain::BreakerId m_breaker;
    std::shared_ptr<const domain::Detail> m_detail;
    std::vector<domain::RecentError> m_errors;  ///< newest last
};

}  // namespace fusebox::models
