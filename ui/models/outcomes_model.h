#pragma once
// The last outcomes before a trip, newest first. Set once per dossier; a dossier never changes.
// Threads: GUI thread.

#include <fusebox/domain/dossier.h>

#include <QAbstractTableModel>

#include <memory>

namespace fusebox::models {

class OutcomesModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Age, Result, Took, Error, ColumnCount };

    explicit OutcomesModel(QObject* parent = nullptr);

    /// nullptr: none.
    void show(std::shared_ptr<const domain::Dossier> dossier);

    /// REQUIRES: 0 <= row < rowCount().
    [[nodiscard]] const domain::PastOutcome& outcome(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::shared_ptr<const domain::Dossier> m_dossier;
};

}  // namespace fusebox::models
