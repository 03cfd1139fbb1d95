#include <fusebox/models/config_model.h>

#include <fusebox/breaker/circuit_breaker_config.h>
#include <fusebox/format/safe_text.h>

#include <algorithm>

namespace fusebox::models {

namespace {

/// What the option is for; empty when the library does not know it.
QString helpOf(const std::string& option) {
    const auto& all = breaker::CircuitBreakerConfig::options();
    const auto known =
        std::find_if(all.begin(), all.end(), [&](const breaker::ConfigOption& each) { return each.name == option; });
    return known == all.end() ? QString()
                              : QString::fromUtf8(known->help.data(), static_cast<qsizetype>(known->help.size()));
}

}  // namespace

ConfigModel::ConfigModel(QObject* parent) : QAbstractTableModel(parent) {}

void ConfigModel::apply(const domain::Snapshot& snapshot) {
    static const std::vector<domain::ConfigEntry> kNone;
    const std::vector<domain::ConfigEntry>& entries = snapshot.detail ? snapshot.detail->config() : kNone;
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
    if (index.column() == Help) return role == Qt::DisplayRole ? QVariant(helpOf(entry.option)) : QVariant();
    const std::string& text = index.column() == Option ? entry.option : entry.value;
    if (role == Qt::DisplayRole) return format::SafeText::oneLine(text);
    if (role == Qt::ToolTipRole) return format::SafeText::toolTip(text);
    return {};
}

QVariant ConfigModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    if (section == Help) return QStringLiteral("What it is for");
    return section == Option ? QStringLiteral("Option") : QStringLiteral("Value");
}

}  // namespace fusebox::models
