#pragma once
// The configuration in force of one breaker, option by option, with what each is for.
// Threads: GUI thread.

#include <fusebox/domain/snapshot.h>

#include <QAbstractTableModel>

#include <vector>

namespace fusebox::models {

class ConfigModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Option, Value, Help, ColumnCount };

    explicit ConfigModel(QObject* parent = nullptr);

    void apply(const domain::Snapshot& snapshot);
    void clear();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<domain::ConfigEntry> m_entries;
};

}  // namespace fusebox::models
