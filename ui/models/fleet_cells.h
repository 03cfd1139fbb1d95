#pragma once
// What stands in the cells of the fleet table, and what its columns sort by.

#include <fusebox/models/fleet_model.h>

#include <optional>

namespace fusebox::models::fleet_cells {

[[nodiscard]] QString text(const FleetRow& row, FleetModel::Column column);
[[nodiscard]] QString toolTip(const FleetRow& row, FleetModel::Column column);
[[nodiscard]] bool isNumber(FleetModel::Column column);
[[nodiscard]] QString title(FleetModel::Column column);
[[nodiscard]] QString titleToolTip(FleetModel::Column column);

/// Absent: nothing known, or a column that sorts by text.
[[nodiscard]] std::optional<double> sortKey(const FleetRow& row, FleetModel::Column column);
/// Columns whose numbers flicker and so must change by a share before a row may move.
[[nodiscard]] bool isUnsteady(FleetModel::Column column);

/// "ann: deploy, 12 min left", "3 holds", or nothing. Made safe.
[[nodiscard]] QString holdsText(const domain::Snapshot& snapshot);

}  // namespace fusebox::models::fleet_cells
