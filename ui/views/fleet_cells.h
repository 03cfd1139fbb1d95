#pragma once
// What each cell of the breaker table says.
// Lifetime: the model outlives it.

#include <fusebox/models/fleet_model.h>
#include <fusebox/widgets/breaker_delegate.h>

namespace fusebox::views {

class FleetCells final : public widgets::CellSource {
public:
    explicit FleetCells(const models::FleetModel& model) : m_model(model) {}

    [[nodiscard]] widgets::Cell cellAt(const QModelIndex& index) const override;
    [[nodiscard]] bool isStale(const QModelIndex& index) const override;

private:
    const models::FleetModel& m_model;
};

}  // namespace fusebox::views
