#include <fusebox/models/actions_model.h>

#include <fusebox/format/numbers.h>
#include <fusebox/format/recovery_text.h>
#include <fusebox/format/safe_text.h>
#include <fusebox/format/words.h>
#include <fusebox/models/natural_order.h>

#include <QFont>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace fusebox::models {

namespace {

enum Rank { kRunning, kProposed, kLocked, kQuiet };

int rankOf(const domain::ActionStanding& standing) {
    if (standing.running) return kRunning;
    if (!standing.proposal.empty()) return kProposed;
    return standing.lockedOut ? kLocked : kQuiet;
}

QString lastText(const domain::ActionStanding& standing, base::WallTime now) {
    if (!standing.last) return format::missing();
    return format::moment(standing.last->startedAt, now) + QStringLiteral("  ") +
           format::recoveryVerdict(*standing.last);
}

bool isNumber(int column) {
    return column == ActionsModel::ThisHour || column == ActionsModel::Helped;
}

}  // namespace

const domain::ActionStanding* actionOf(const domain::RecoveryReport* report, const domain::BreakerId& breaker,
                                       domain::RecoveryAction action) {
    if (report == nullptr) return nullptr;
    const auto owner = std::find_if(report->breakers.begin(), report->breakers.end(),
                                    [&](const domain::BreakerRecovery& one) { return one.breaker == breaker; });
    if (owner == report->breakers.end()) return nullptr;
    const auto found = std::find_if(owner->actions.begin(), owner->actions.end(),
                                    [&](const domain::ActionStanding& one) { return one.action == action; });
    return found == owner->actions.end() ? nullptr : &*found;
}

std::vector<ActionsModel::Row> ActionsModel::rowsOf(const domain::RecoveryReport& report) {
    std::map<std::pair<std::string, domain::RecoveryAction>, std::pair<std::uint32_t, std::uint32_t>> verdicts;
    for (const domain::RecoveryOutcome& outcome : report.history) {
        if (!outcome.verdictIn) continue;
        auto& [judged, helped] = verdicts[{outcome.breaker.value, outcome.action}];
        ++judged;
        helped += outcome.closedAfter ? 1 : 0;
    }
    std::vector<Row> rows;
    for (const domain::BreakerRecovery& breaker : report.breakers) {
        for (const domain::ActionStanding& standing : breaker.actions) {
            Row row{breaker.breaker, &standing,
                    format::SafeText::oneLine(breaker.breaker.value, format::SafeText::kNameLimit), rankOf(standing)};
            if (const auto found = verdicts.find({breaker.breaker.value, standing.action}); found != verdicts.end()) {
                std::tie(row.judged, row.helped) = found->second;
            }
            rows.push_back(std::move(row));
        }
    }
    std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
        if (a.rank != b.rank) return a.rank < b.rank;
        const int names = naturalCompare(a.name, b.name);
        return names != 0 ? names < 0 : a.standing->action < b.standing->action;
    });
    return rows;
}

void ActionsModel::apply(const std::shared_ptr<const domain::RecoveryReport>& report, base::WallTime now) {
    if (report == m_report) return;
    std::vector<Row> rows = report ? rowsOf(*report) : std::vector<Row>();
    std::map<std::pair<std::string, domain::RecoveryAction>, Slot> places;
    for (Slot at = 0; at < rows.size(); ++at) places[{rows[at].breaker.value, rows[at].standing->action}] = at;
    std::vector<Slot> moved;
    for (const Row& old : m_rows) {
        const auto found = places.find({old.breaker.value, old.standing->action});
        moved.push_back(found == places.end() ? kGone : found->second);
    }
    const std::size_t size = rows.size();
    moveSlots(moved, size, [&] {
        m_rows = std::move(rows);
        m_report = report;
        m_now = now;
    });
    arrange();
    tellChanged();
}

void ActionsModel::setFilter(const QString& text) {
    if (text == m_filter) return;
    m_filter = text;
    arrange();
}

void ActionsModel::arrange() {
    std::vector<Slot> wanted;
    for (Slot at = 0; at < m_rows.size(); ++at) {
        const Row& row = m_rows[at];
        const bool matches = m_filter.isEmpty() || row.name.contains(m_filter, Qt::CaseInsensitive) ||
                             textOf(row, Action).contains(m_filter, Qt::CaseInsensitive) ||
                             textOf(row, Standing).contains(m_filter, Qt::CaseInsensitive);
        if (matches) wanted.push_back(at);
    }
    show(std::move(wanted), m_rows.size());
}

ActionsModel::Attention ActionsModel::attention() const {
    Attention count;
    for (const Row& row : m_rows) {
        count.running += row.rank == kRunning ? 1 : 0;
        count.proposed += row.rank == kProposed ? 1 : 0;
        count.locked += row.standing->lockedOut ? 1 : 0;
    }
    return count;
}

int ActionsModel::rowOf(const ActionKey& key) const {
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&](const Row& row) {
        return row.breaker == key.breaker && row.standing->action == key.action;
    });
    return found == m_rows.end() ? -1 : rowOfSlot(static_cast<Slot>(found - m_rows.begin()));
}

int ActionsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QString ActionsModel::textOf(const Row& row, Column column) const {
    const domain::ActionStanding& standing = *row.standing;
    switch (column) {
        case Breaker:
            return row.name;
        case Action:
            return format::word(standing.action);
        case Mode:
            return format::word(standing.mode);
        case Standing:
            return format::standingText(standing);
        case ThisHour:
            return tr("%1 of %2").arg(standing.doneThisHour).arg(standing.budgetPerHour);
        case Helped:
            return row.judged == 0 ? format::missing() : tr("%1 of %2").arg(row.helped).arg(row.judged);
        case Last:
            return lastText(standing, m_now);
        case ColumnCount:
            break;
    }
    return {};
}

QVariant ActionsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const auto column = static_cast<Column>(index.column());
    const Row& row = rowAt(index.row());
    switch (role) {
        case Qt::DisplayRole:
            return textOf(row, column);
        case Qt::ToolTipRole:
            return format::SafeText::toolTip(column == Standing ? textOf(row, column)
                                                                : format::SafeText::oneLine(row.standing->effect));
        case Qt::TextAlignmentRole:
            return QVariant::fromValue(Qt::AlignVCenter | (isNumber(column) ? Qt::AlignRight : Qt::AlignLeft));
        case Qt::FontRole: {
            QFont font;
            font.setBold(column == Standing && row.rank != kQuiet);
            return font;
        }
        default:
            return {};
    }
}

QVariant ActionsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) {
        return QVariant::fromValue(Qt::AlignVCenter | (isNumber(section) ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (role == Qt::ToolTipRole && section == ThisHour) return tr("Runs of this hour, and how many it may have");
    if (role == Qt::ToolTipRole && section == Helped) return tr("Runs after which the breaker closed in time");
    if (role != Qt::DisplayRole) return {};
    switch (static_cast<Column>(section)) {
        case Breaker:
            return tr("Breaker");
        case Action:
            return tr("Action");
        case Mode:
            return tr("Mode");
        case Standing:
            return tr("Standing");
        case ThisHour:
            return tr("This hour");
        case Helped:
            return tr("Helped");
        case Last:
            return tr("Last run");
        case ColumnCount:
            break;
    }
    return {};
}

}  // namespace fusebox::models
