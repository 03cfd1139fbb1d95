#pragma once
// The strip above the table: how many breakers are in each state, calls, errors and P95 over all. The state tiles are
// pressed in to filter the table.
// Threads: GUI thread only.
// Lifetime: the model outlives it.

#include <fusebox/models/fleet_model.h>

#include <QWidget>

#include <utility>
#include <vector>

namespace fusebox::widgets {
class SummaryTile;
}

namespace fusebox::views {

class SummaryView : public QWidget {
    Q_OBJECT
public:
    explicit SummaryView(models::FleetModel& model, QWidget* parent = nullptr);

    void clearFilter();

private:
    void addFilter(models::StateGroup group, const QString& caption, domain::State state,
                   std::optional<domain::HoldMode> heldAs);
    void refresh();
    void applyFilter();

    models::FleetModel& m_model;
    std::vector<std::pair<models::StateGroup, widgets::SummaryTile*>> m_filters;
    widgets::SummaryTile* m_calls = nullptr;
    widgets::SummaryTile* m_errors = nullptr;
    widgets::SummaryTile* m_p95 = nullptr;
};

}  // namespace fusebox::views
