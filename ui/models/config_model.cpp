#include <fusebox/models/config_model.h>

#include <fusebox/format/safe_text.h>

namespace fusebox::models {

ConfigModel::ConfigModel(QObject* parent) : QAbstractTableModel(parent) {}

void ConfigModel::apply(const domain::Snapshot& snapshot) {
    static const std::vector<domain::ConfigEntry> kNone;
    const std::vector<domain::ConfigEntry>& entries = snapshot.detail ? snapshot.detail->config : kNone;
    if (entries == m_entries) return;
    beginResetModel();
    m_entries = entries;
    endResetModel();
}

void ConfigModel::clear() {
    apply({});
}

int ConfigModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int ConfigModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ConfigModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const domain::ConfigEntry& entry = m_entries[static_cast<std::size_t>(index.row())];
    const std::string& text = index.column() == Option ? entry.option : entry.value;
    if (role == Qt::DisplayRole) return format::SafeText::oneLine(text);
    if (role == Qt::ToolTipRole) return format::SafeText::toolTip(text);
    return {};
}

QVariant ConfigModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    return section == Option ? QStringLiteral("Option") : QStringLiteral("Value");
}

}  // namespace fusebox::models
