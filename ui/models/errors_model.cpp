#include <fusebox/models/errors_model.h>

#include <fusebox/format/numbers.h>
#include <fusebox/format/safe_text.h>
#include <fusebox/format/words.h>

namespace fusebox::models {

namespace {

using format::SafeText::oneLine;

/// "curl 28", or a dash.
QString codeText(const domain::Error& error) {
    if (error.codeSystem == domain::CodeSystem::none) return format::missing();
    return oneLine(std::string(domain::toWord(error.codeSystem)) + " " + error.code, format::SafeText::kNameLimit);
}

QString textOf(const domain::RecentError& recent, ErrorsModel::Column column) {
    static const domain::Error kNone;
    const domain::Error& error = recent.error ? *recent.error : kNone;
    switch (column) {
        case ErrorsModel::Time:
            return format::clockTime(recent.at);
        case ErrorsModel::Took:
            return format::latency(recent.took);
        case ErrorsModel::Type:
            return oneLine(error.type, format::SafeText::kNameLimit);
        case ErrorsModel::Code:
            return codeText(error);
        case ErrorsModel::Category:
            return error.category ? format::word(*error.category) : format::missing();
        case ErrorsModel::Message:
            return oneLine(error.message);
        case ErrorsModel::Counted:
            return recent.counted ? QStringLiteral("yes") : QStringLiteral("ignored");
        case ErrorsModel::ColumnCount:
            break;
    }
    return {};
}

/// The whole error with its causes.
QString wholeText(const domain::RecentError& recent) {
    QString lines;
    int depth = 0;
    constexpr int kDeepest = 8;
    for (const domain::Error* error = recent.error.get(); error && depth < kDeepest;
         error = error->cause.get(), ++depth) {
        if (depth > 0) lines += QStringLiteral("\ncaused by ");
        lines += format::SafeText::block(error->text(), 1'000);
    }
    return lines;
}

}  // namespace

ErrorsModel::ErrorsModel(QObject* parent) : NewestFirstModel(parent) {}

void ErrorsModel::apply(const domain::Snapshot& snapshot) {
    if (snapshot.detail == m_detail) return;
    m_detail = snapshot.detail;
    static const std::vector<domain::RecentError> kNone;
    take(snapshot.identity->id, m_detail ? m_detail->recentErrors : kNone,
         [](const domain::RecentError& a, const domain::RecentError& b) { return a.error == b.error && a.at == b.at; });
}

void ErrorsModel::clear() {
    m_detail.reset();
    replaceAll({}, {});
}

const domain::RecentError& ErrorsModel::error(int row) const {
    return item(row);
}

int ErrorsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ErrorsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const auto column = static_cast<Column>(index.column());
    const domain::RecentError& recent = error(index.row());
    switch (role) {
        case Qt::DisplayRole:
            return textOf(recent, column);
        case Qt::ToolTipRole:
            return format::SafeText::toolTip(column == Time ? format::dateTime(recent.at) : wholeText(recent));
        case Qt::TextAlignmentRole:
            return QVariant::fromValue(Qt::AlignVCenter | (column == Took ? Qt::AlignRight : Qt::AlignLeft));
        default:
            return {};
    }
}

QVariant ErrorsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (static_cast<Column>(section)) {
        case Time:
            return QStringLiteral("Time");
        case Took:
            return QStringLiteral("Took");
        case Type:
            return QStringLiteral("Type");
        case Code:
            return QStringLiteral("Code");
        case Category:
            return QStringLiteral("Category");
        case Message:
            return QStringLiteral("Message");
        case Counted:
            return QStringLiteral("Counted");
        case ColumnCount:
            break;
    }
    return {};
}

}  // namespace fusebox::models
