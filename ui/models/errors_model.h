#pragma once
// The last errors of one breaker, newest first. New ones are put in at the top; the rest stays where it is.
// Threads: GUI thread.

#include <fusebox/domain/snapshot.h>
#include <fusebox/models/newest_first_model.h>

#include <memory>

namespace fusebox::models {

class ErrorsModel final : public NewestFirstModel<domain::RecentError> {
    Q_OBJECT

public:
    enum Column { Time, Took, Type, Code, Category, Message, Counted, ColumnCount };

    explicit ErrorsModel(QObject* parent = nullptr);

    void apply(const domain::Snapshot& snapshot);
    void clear();

    /// REQUIRES: 0 <= row < rowCount().
    [[nodiscard]] const domain::RecentError& error(int row) const;

    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::shared_ptr<const domain::Detail> m_detail;
};

}  // namespace fusebox::models
