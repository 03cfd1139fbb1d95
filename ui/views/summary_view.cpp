#include <fusebox/views/summary_view.h>

#include <fusebox/format/numbers.h>
#include <fusebox/widgets/summary_tile.h>

#include <QHBoxLayout>

namespace fusebox::views {

SummaryView::SummaryView(models::FleetModel& model, QWidget* parent) : QWidget(parent), m_model(model) {
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(6);
    addFilter(models::StateGroup::open, tr("Open"), domain::State::open, {});
    addFilter(models::StateGroup::halfOpen, tr("Half-open"), domain::State::halfOpen, {});
    addFilter(models::StateGroup::closed, tr("Closed"), domain::State::closed, {});
    addFilter(models::StateGroup::held, tr("Held"), domain::State::closed, domain::HoldMode::forceOpen);
    addFilter(models::StateGroup::unknown, tr("Unknown"), domain::State::unknown, {});
    const auto addFigure = [this, line](const QString& caption, const QString& tip) {
        auto* tile = new widgets::SummaryTile(caption);
        tile->setToolTip(tip);
        tile->setMinimumWidth(fontMetrics().horizontalAdvance(QStringLiteral("0,000.00 ms m")));
        line->addWidget(tile);
        return tile;
    };
    m_calls = addFigure(tr("Calls"), tr("Calls per second over all breakers, refused ones included"));
    m_errors = addFigure(tr("Errors"), tr("Failed calls of all that ended, over the last 3 s"));
    m_p95 = addFigure(tr("P95"), tr("95 of 100 calls were faster, over all breakers"));
    connect(&m_model, &models::FleetModel::applied, this, &SummaryView::refresh);
    refresh();
}

void SummaryView::addFilter(models::StateGroup group, const QString& caption, domain::State state,
                            std::optional<domain::HoldMode> heldAs) {
    auto* tile = new widgets::SummaryTile(caption, widgets::SummaryTile::Role::filter);
    tile->setLook(format::lookOf(state, heldAs));
    tile->setToolTip(tr("Show only these breakers; press again to show all"));
    connect(tile, &QAbstractButton::toggled, this, &SummaryView::applyFilter);
    layout()->addWidget(tile);
    m_filters.emplace_back(group, tile);
}

void SummaryView::refresh() {
    const models::FleetSummary& summary = m_model.summary();
    for (const auto& [group, tile] : m_filters) {
        const std::size_t count = summary.count(group);
        tile->setFigure(format::count(count));
        // Local breakers are never unknown: the tile comes with those that are watched from afar.
        if (group == models::StateGroup::unknown) tile->setVisible(count > 0 || tile->isChecked());
    }
    m_calls->setFigure(format::callsPerSecond(summary.callsPerSecond));
    m_errors->setFigure(format::percent(summary.errorRate));
    m_p95->setFigure(format::latency(summary.p95));
}

void SummaryView::applyFilter() {
    models::StateGroups groups;
    for (const auto& [group, tile] : m_filters) groups.setFlag(group, tile->isChecked());
    m_model.setStateFilter(groups);
}

void SummaryView::clearFilter() {
    for (const auto& [group, tile] : m_filters) tile->setChecked(false);
}

}  // namespace fusebox::views
