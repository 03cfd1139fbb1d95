#include <fusebox/views/fleet_view.h>

#include <fusebox/views/fleet_table.h>
#include <fusebox/views/summary_view.h>
#include <fusebox/widgets/filter_bar.h>

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QVBoxLayout>

namespace fusebox::views {
namespace {

constexpr int kFilterWidth = 300;
constexpr int kMargin = 8;

}  // namespace

FleetView::FleetView(LiveModels& models, QWidget* parent)
    : QWidget(parent),
      m_models(models),
      m_summary(new SummaryView(models.fleet())),
      m_filter(new widgets::FilterBar(tr("Filter by name, kind, target or state"))),
      m_held(new QLabel(tr("order held"))),
      m_table(new FleetTable(models)) {
    m_held->setToolTip(tr("Rows do not move while the pointer is over them, a menu is open or keys are used"));
    m_held->setForegroundRole(QPalette::PlaceholderText);
    m_held->setContentsMargins(0, 0, 8, 0);
    QSizePolicy keepsPlace = m_held->sizePolicy();
    keepsPlace.setRetainSizeWhenHidden(true);
    m_held->setSizePolicy(keepsPlace);
    m_held->hide();
    m_filter->setFixedWidth(kFilterWidth);
    auto* top = new QHBoxLayout;
    top->setContentsMargins(kMargin, kMargin / 2, kMargin, kMargin / 2);
    top->addWidget(m_summary);
    top->addStretch(1);
    top->addWidget(m_held);
    top->addWidget(m_filter);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(top);
    column->addWidget(m_table, 1);
    connect(m_table, &FleetTable::orderHeld, m_held, &QWidget::setVisible);
    connect(m_filter, &widgets::FilterBar::textFilterChanged, &models.fleet(), &models::FleetModel::setTextFilter);
    connect(&models.fleet(), &models::FleetModel::countsChanged, this, &FleetView::showCounts);
    showCounts(0, 0);
}

void FleetView::showCounts(int shown, int total) {
    m_filter->setCounts(shown, total);
    m_table->setEmptyText(total == 0 ? tr("No breakers yet. They appear here with the first data.")
                                     : tr("No breaker matches the filter."));
}

void FleetView::focusFilter() {
    m_filter->focusLine();
}

QByteArray FleetView::saveState() const {
    return m_table->horizontalHeader()->saveState();
}

void FleetView::restoreState(const QByteArray& state) {
    if (state.isEmpty() || !m_table->horizontalHeader()->restoreState(state)) return;
    const QHeaderView& header = *m_table->horizontalHeader();
    m_table->sortByColumn(header.sortIndicatorSection(), header.sortIndicatorOrder());
}

void FleetView::resetState() {
    m_table->resetColumns();
    m_summary->clearFilter();
    m_filter->clear();
}

}  // namespace fusebox::views
