#include <fusebox/models/recovery_rates_model.h>

#include <fusebox/format/numbers.h>
#include <fusebox/format/pattern_text.h>
#include <fusebox/format/words.h>

#include <algorithm>

namespace fusebox::models {

namespace {

bool isSame(const domain::RecoveryRate& a, const domain::RecoveryRate& b) {
    return a.action == b.action && a.pattern == b.pattern;
}

}  // namespace

void RecoveryRatesModel::apply(const std::shared_ptr<const domain::RecoveryReport>& recovery,
                               const std::shared_ptr<const domain::ErrorReport>& errors) {
    if (recovery == m_report && errors == m_errors) return;
    const bool sameRows = recovery && m_report &&
                          std::equal(recovery->rates.begin(), recovery->rates.end(), m_report->rates.begin(),
                                     m_report->rates.end(), isSame);
    if (!sameRows) beginResetModel();
    m_report = recovery;
    m_errors = errors;
    if (!sameRows) {
        endResetModel();
    } else if (rowCount() > 0) {
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    }
}

QString RecoveryRatesModel::patternOf(const domain::RecoveryRate& rate) const {
    if (!rate.pattern) return tr("all errors");
    if (m_errors) {
        for (const domain::ErrorPattern& pattern : m_errors->patterns) {
            if (pattern.id == *rate.pattern) return format::patternName(pattern);
        }
    }
    return tr("a pattern that is no longer kept");
}

int RecoveryRatesModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() || !m_report ? 0 : static_cast<int>(m_report->rates.size());
}

int RecoveryRatesModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RecoveryRatesModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const auto column = static_cast<Column>(index.column());
    if (role == Qt::TextAlignmentRole) {
        return QVariant::fromValue(Qt::AlignVCenter | (column >= Runs ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (role != Qt::DisplayRole) return {};
    const domain::RecoveryRate& shown = rate(index.row());
    switch (column) {
        case Action:
            return format::word(shown.action);
        case Pattern:
            return patternOf(shown);
        case Runs:
            return format::count(shown.runs);
        case Helped:
            return shown.runs == 0 ? format::missing() : format::percent(double(shown.helped) / double(shown.runs));
        case AverageTime:
            return shown.helped == 0 ? format::missing() : format::span(shown.averageTime);
        case ColumnCount:
            break;
    }
    return {};
}

QVariant RecoveryRatesModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) {
        return QVariant::fromValue(Qt::AlignVCenter | (section >= Runs ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (role != Qt::DisplayRole) return {};
    switch (static_cast<Column>(section)) {
        case Action:
            return tr("Action");
        case Pattern:
            return tr("Against");
        case Runs:
            return tr("Runs");
        case Helped:
            return tr("Helped");
        case AverageTime:
            return tr("Closed after");
        case ColumnCount:
            break;
    }
    return {};
}

}  // namespace fusebox::models
