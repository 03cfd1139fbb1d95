#include <fusebox/models/transitions_model.h>

#include <fusebox/format/numbers.h>
#include <fusebox/format/safe_text.h>
#include <fusebox/format/words.h>

namespace fusebox::models {

namespace {

QString textOf(const domain::Transition& transition, TransitionsModel::Column column) {
    switch (column) {
        case TransitionsModel::Time:
            return format::clockTime(transition.wall);
        case TransitionsModel::From:
            return format::word(transition.from);
        case TransitionsModel::To:
            return format::word(transition.to);
        case TransitionsModel::Why:
            return format::SafeText::oneLine(transition.text());
        case TransitionsModel::ColumnCount:
            break;
    }
    return {};
}

QString toolTipOf(const domain::Transition& transition, TransitionsModel::Column column) {
    if (column == TransitionsModel::Time) return format::SafeText::toolTip(format::dateTime(transition.wall));
    if (column == TransitionsModel::Why) return format::SafeText::toolTip(transition.text());
    return {};
}

}  // namespace

TransitionsModel::TransitionsModel(QObject* parent) : NewestFirstModel(parent) {}

void TransitionsModel::apply(const domain::Snapshot& snapshot) {
    if (snapshot.detail == m_detail) return;
    m_detail = snapshot.detail;
    static const std::vector<domain::Transition> kNone;
    take(snapshot.identity->id, m_detail ? m_detail->transitions : kNone,
         [](const domain::Transition& a, const domain::Transition& b) {
             return a.sequence == b.sequence && a.at == b.at;
         });
}

void TransitionsModel::clear() {
    m_detail.reset();
    replaceAll({}, {});
}

const domain::Transition& TransitionsModel::transition(int row) const {
    return item(row);
}

int TransitionsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant TransitionsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const auto column = static_cast<Column>(index.column());
    if (role == Qt::DisplayRole) return textOf(transition(index.row()), column);
    if (role == Qt::ToolTipRole) return toolTipOf(transition(index.row()), column);
    return {};
}

QVariant TransitionsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (static_cast<Column>(section)) {
        case Time:
            return QStringLiteral("Time");
        case From:
            return QStringLiteral("From");
        case To:
            return QStringLiteral("To");
        case Why:
            return QStringLiteral("Why");
        case ColumnCount:
            break;
    }
    return {};
}

}  // namespace fusebox::models
