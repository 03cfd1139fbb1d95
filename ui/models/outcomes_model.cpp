#include <fusebox/models/outcomes_model.h>

#include <fusebox/format/dossier_text.h>
#include <fusebox/format/numbers.h>
#include <fusebox/format/safe_text.h>

#include <cassert>
#include <utility>

namespace fusebox::models {

namespace {

QString textOf(const domain::PastOutcome& outcome, OutcomesModel::Column column) {
    switch (column) {
        case OutcomesModel::Age:
            return format::latency(outcome.age) + QStringLiteral(" before");
        case OutcomesModel::Result:
            return format::resultText(outcome);
        case OutcomesModel::Took:
            return format::latency(outcome.took);
        case OutcomesModel::Error:
            return outcome.error ? format::SafeText::oneLine(outcome.error->text()) : QString();
        case OutcomesModel::ColumnCount:
            break;
    }
    return {};
}

}  // namespace

OutcomesModel::OutcomesModel(QObject* parent) : QAbstractTableModel(parent) {}

void OutcomesModel::show(std::shared_ptr<const domain::Dossier> dossier) {
    if (dossier == m_dossier) return;
    beginResetModel();
    m_dossier = std::move(dossier);
    endResetModel();
}

const domain::PastOutcome& OutcomesModel::outcome(int row) const {
    assert(row >= 0 && row < rowCount());
    return m_dossier->lastOutcomes[m_dossier->lastOutcomes.size() - 1 - static_cast<std::size_t>(row)];
}

int OutcomesModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() || m_dossier == nullptr ? 0 : static_cast<int>(m_dossier->lastOutcomes.size());
}

int OutcomesModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant OutcomesModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const auto column = static_cast<Column>(index.column());
    const domain::PastOutcome& shown = outcome(index.row());
    if (role == Qt::DisplayRole) return textOf(shown, column);
    if (role == Qt::ToolTipRole && column == Error && shown.error) {
        return format::SafeText::toolTip(shown.error->text());
    }
    if (role == Qt::TextAlignmentRole) {
        const bool isNumber = column == Age || column == Took;
        return QVariant::fromValue(Qt::AlignVCenter | (isNumber ? Qt::AlignRight : Qt::AlignLeft));
    }
    return {};
}

QVariant OutcomesModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (static_cast<Column>(section)) {
        case Age:
            return QStringLiteral("Ended");
        case Result:
            return QStringLiteral("Result");
        case Took:
            return QStringLiteral("Took");
        case Error:
            return QStringLiteral("Error");
        case ColumnCount:
            break;
    }
    return {};
}

}  // namespace fusebox::models
