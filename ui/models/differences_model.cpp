#include <fusebox/models/differences_model.h>

#include <fusebox/format/safe_text.h>

#include <algorithm>
#include <utility>

namespace fusebox::models {

DifferencesModel::DifferencesModel(QString before, QString after, QObject* parent)
    : QAbstractTableModel(parent), m_before(std::move(before)), m_after(std::move(after)) {}

void DifferencesModel::show(std::vector<ConfigDifference> differences) {
    if (differences == m_differences) return;
    const bool sameOptions =
        std::equal(differences.begin(), differences.end(), m_differences.begin(), m_differences.end(),
                   [](const ConfigDifference& a, const ConfigDifference& b) { return a.option == b.option; });
    if (sameOptions) {
        m_differences = std::move(differences);
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_differences = std::move(differences);
    endResetModel();
}

int DifferencesModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_differences.size());
}

int DifferencesModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant DifferencesModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
    const ConfigDifference& each = m_differences[static_cast<std::size_t>(index.row())];
    const QString& text = index.column() == Option ? each.option : index.column() == Before ? each.before : each.after;
    return role == Qt::ToolTipRole ? format::SafeText::toolTip(text) : format::SafeText::oneLine(text);
}

QVariant DifferencesModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    return section == Option ? QStringLiteral("Option") : section == Before ? m_before : m_after;
}

}  // namespace fusebox::models
