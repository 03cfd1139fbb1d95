#pragma once
// The places of the breakers' names and kinds in their order, so that sorting by text compares numbers.

#include <fusebox/models/fleet_row.h>

#include <vector>

namespace fusebox::models {

/// For each row its place; rows of the same kind share one.
struct RowRanks {
    std::vector<int> name;
    std::vector<int> kind;
};

[[nodiscard]] RowRanks rank(const std::vector<FleetRow>& rows);

}  // namespace fusebox::models
