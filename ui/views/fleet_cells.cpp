#include <fusebox/views/fleet_cells.h>

#include <fusebox/models/fleet_cells.h>

#include <algorithm>

namespace fusebox::views {
namespace {

using Column = models::FleetModel::Column;
using widgets::Tone;

constexpr float kLeastTop = 5;  // calls/s: a quiet breaker's single calls do not look like a storm

widgets::TrendCell trendOf(const models::FleetRow& row) {
    widgets::TrendCell cell;
    for (std::size_t i = 0; i < row.trend.size(); ++i) {
        cell.points.append({row.trend.at(i).calls, row.trend.at(i).bad});
    }
    cell.leastTop = kLeastTop;
    return cell;
}

bool isNearTripping(const domain::Snapshot& snapshot) {
    return std::any_of(snapshot.standings.begin(), snapshot.standings.end(), [](const domain::RuleStanding& rule) {
        return rule.rule == domain::TripRule::failureRate && rule.value && *rule.value >= rule.threshold / 2;
    });
}

Tone toneOf(const models::FleetRow& row, Column column) {
    switch (column) {
        case Column::Kind:
            return Tone::muted;
        case Column::ErrorRate:
            if (!row.errorRate) return Tone::muted;
            return row.group == models::StateGroup::open || isNearTripping(row.snapshot) ? Tone::alarm : Tone::normal;
        case Column::P50:
        case Column::P95:
        case Column::P99:
            return row.snapshot.metrics.latency.p50 ? Tone::normal : Tone::muted;
        case Column::LastChange:
            return row.lastChange.isEmpty() ? Tone::muted : Tone::normal;
        default:
            return Tone::normal;
    }
}

}  // namespace

widgets::Cell FleetCells::cellAt(const QModelIndex& index) const {
    const models::FleetRow& row = m_model.row(index.row());
    const auto column = static_cast<Column>(index.column());
    if (column == Column::State) return widgets::StateCell{row.look};
    if (column == Column::TrendLine) return trendOf(row);
    const Qt::Alignment align = models::fleet_cells::isNumber(column) ? Qt::AlignRight : Qt::AlignLeft;
    return widgets::TextCell{models::fleet_cells::text(row, column), align, toneOf(row, column)};
}

bool FleetCells::isStale(const QModelIndex& index) const {
    return m_model.row(index.row()).snapshot.state == domain::State::stale;
}

}  // namespace fusebox::views
