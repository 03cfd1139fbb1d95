#pragma once
// What two configurations differ in: option, one value, the other.
// Threads: GUI thread.

#include <fusebox/models/config_draft.h>

#include <QAbstractTableModel>

#include <vector>

namespace fusebox::models {

class DifferencesModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Option, Before, After, ColumnCount };

    /// The titles of the two values: "Live", "Candidate".
    DifferencesModel(QString before, QString after, QObject* parent = nullptr);

    void show(std::vector<ConfigDifference> differences);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    const QString m_before;
    const QString m_after;
    std::vector<ConfigDifference> m_differences;
};

}  // namespace fusebox::models
