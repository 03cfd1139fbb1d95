#include <fusebox/models/recovery_history_model.h>

#include <fusebox/format/numbers.h>
#include <fusebox/format/recovery_text.h>
#include <fusebox/format/safe_text.h>
#include <fusebox/format/words.h>

#include <numeric>
#include <unordered_map>
#include <utility>
#include <vector>

namespace fusebox::models {

namespace {

/// "Succeeded, closed after 3 s: restarted"
QString resultOf(const domain::RecoveryOutcome& run) {
    QString text = format::recoveryVerdict(run);
    text[0] = text[0].toUpper();
    return run.detail.empty() ? text : text + QStringLiteral(": ") + format::SafeText::oneLine(run.detail);
}

}  // namespace

void RecoveryHistoryModel::apply(const std::shared_ptr<const domain::RecoveryReport>& report, base::WallTime now) {
    if (report == m_report) return;
    const std::size_t size = report ? report->history.size() : 0;
    std::unordered_map<domain::RecoveryId, Slot> places;
    for (Slot at = 0; at < size; ++at) places.emplace(report->history[at].id, at);
    std::vector<Slot> moved;
    if (m_report) {
        for (const domain::RecoveryOutcome& old : m_report->history) {
            const auto found = places.find(old.id);
            moved.push_back(found == places.end() ? kGone : found->second);
        }
    }
    moveSlots(moved, size, [&] {
        m_report = report;
        m_now = now;
    });
    std::vector<Slot> all(size);
    std::iota(all.begin(), all.end(), Slot{0});
    show(std::move(all), size);
    tellChanged();
}

int RecoveryHistoryModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RecoveryHistoryModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const domain::RecoveryOutcome& run = outcome(index.row());
    if (role == Qt::ToolTipRole) return format::SafeText::toolTip(format::outcomeText(run));
    if (role != Qt::DisplayRole) return {};
    switch (static_cast<Column>(index.column())) {
        case Time:
            return format::moment(run.startedAt, m_now);
        case Breaker:
            return format::SafeText::oneLine(run.breaker.value, format::SafeText::kNameLimit);
        case Action:
            return format::word(run.action);
        case By:
            return run.actor.empty() ? tr("Fusebox") : format::SafeText::oneLine(run.actor, 64);
        case States:
            return format::word(run.before) + QStringLiteral(" → ") +
                   (run.after ? format::word(*run.after) : format::missing());
        case Result:
            return resultOf(run);
        case ColumnCount:
            break;
    }
    return {};
}

QVariant RecoveryHistoryModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (static_cast<Column>(section)) {
        case Time:
            return tr("Started");
        case Breaker:
            return tr("Breaker");
        case Action:
            return tr("Action");
        case By:
            return tr("By");
        case States:
            return tr("Before → after");
        case Result:
            return tr("Result");
        case ColumnCount:
            break;
    }
    return {};
}

}  // namespace fusebox::models
