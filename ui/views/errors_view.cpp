#include <fusebox/views/errors_view.h>

#include <fusebox/charts/category_chart.h>
#include <fusebox/views/error_totals.h>
#include <fusebox/views/pattern_filters.h>
#include <fusebox/views/pattern_panel.h>
#include <fusebox/views/pattern_table.h>

#include <QSplitter>
#include <QVBoxLayout>

namespace fusebox::views {
namespace {

constexpr int kMargin = 8;
// Shares of the page, in percent.
constexpr int kTableShare = 56;
constexpr int kPanelShare = 62;

}  // namespace

ErrorsView::ErrorsView(LiveModels& models, QWidget* parent) : QWidget(parent), m_models(models) {
    m_table = new PatternTable(m_patterns, PatternTable::Scope::all);
    setFocusProxy(m_table);
    auto* parts = new QSplitter(Qt::Vertical);
    parts->setChildrenCollapsible(false);
    parts->addWidget(m_table);
    parts->addWidget(makeBottom());
    parts->setStretchFactor(0, kTableShare);
    parts->setStretchFactor(1, 100 - kTableShare);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeTop());
    column->addWidget(parts, 1);
    connect(m_table, &PatternTable::selectedChanged, this, &ErrorsView::showSelected);
    connect(m_table, &PlainTable::rowOpened, this, &ErrorsView::open);
    connect(&m_patterns, &models::PatternsModel::changed, this, &ErrorsView::showState);
    connect(&models, &LiveModels::applied, this, &ErrorsView::refresh);
    showState();
}

QWidget* ErrorsView::makeTop() {
    m_totals = new ErrorTotals;
    m_filters = new PatternFilters;
    auto* top = new QWidget;
    auto* column = new QVBoxLayout(top);
    column->setContentsMargins(kMargin, kMargin / 2, kMargin, kMargin / 2);
    column->setSpacing(kMargin / 2);
    column->addWidget(m_totals);
    column->addWidget(m_filters);
    connect(m_totals, &ErrorTotals::categoriesChanged, this, &ErrorsView::applyFilter);
    connect(m_filters, &PatternFilters::changed, this, &ErrorsView::applyFilter);
    return top;
}

QWidget* ErrorsView::makeBottom() {
    m_panel = new PatternPanel;
    m_chart = new charts::CategoryChart;
    auto* parts = new QSplitter(Qt::Horizontal);
    parts->setChildrenCollapsible(false);
    parts->addWidget(m_panel);
    parts->addWidget(m_chart);
    parts->setStretchFactor(0, kPanelShare);
    parts->setStretchFactor(1, 100 - kPanelShare);
    connect(m_panel, &PatternPanel::breakerWanted, this, &ErrorsView::breakerWanted);
    connect(m_panel, &PatternPanel::tripWanted, this, &ErrorsView::tripWanted);
    connect(m_panel, &PatternPanel::actionWanted, this, &ErrorsView::actionWanted);
    return parts;
}

void ErrorsView::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refresh();
}

void ErrorsView::refresh() {
    const domain::FrameRef& frame = m_models.frame();
    if (frame == nullptr || !isVisible()) return;
    m_patterns.apply(frame->errors, frame->wall);
    m_table->setEmptyText(emptyText());
}

void ErrorsView::applyFilter() {
    models::PatternFilter filter = m_filters->filter();
    filter.categories = m_totals->categories();
    m_table->showHere(!filter.breaker.value.empty());
    m_patterns.setTrip(m_filters->trip());
    m_patterns.setFilter(filter);
}

void ErrorsView::showState() {
    const domain::ErrorReport* report = m_patterns.report().get();
    m_totals->show(report);
    m_filters->offer(m_patterns);
    m_table->setEmptyText(emptyText());
    static const std::vector<domain::ErrorMinute> kNone;
    m_chart->apply(report == nullptr ? kNone : report->minutes);
    if (!m_table->currentIndex().isValid() && m_patterns.rowCount() > 0) m_table->selectRow(0);
    showSelected();
}

void ErrorsView::showSelected() {
    const auto id = m_table->selected();
    const models::PatternRow* row = id ? m_patterns.find(*id) : nullptr;
    m_panel->setEmptyText(m_patterns.rowCount() > 0 ? tr("Select a pattern to see its samples.") : QString());
    m_panel->show(row == nullptr ? nullptr : row->pattern, m_patterns.now());
}

// The action column leads to where the action stands; all others to where the pattern was seen.
void ErrorsView::open(const QModelIndex& index) {
    const domain::ErrorPattern& pattern = *m_patterns.row(index.row()).pattern;
    if (index.column() == models::PatternsModel::Action && pattern.action && !pattern.breakers.empty()) {
        return emit actionWanted(domain::BreakerId(pattern.breakers.front().breaker), *pattern.action);
    }
    m_panel->places().setFocus(Qt::OtherFocusReason);
}

QString ErrorsView::emptyText() const {
    if (m_models.frame() == nullptr) return tr("Waiting for the first data.");
    if (m_patterns.report() == nullptr) return tr("Nobody looks at the errors of these breakers.");
    if (m_patterns.totalCount() == 0) return tr("No call has failed yet.");
    return tr("No pattern matches the filters.");
}

void ErrorsView::showPattern(domain::PatternId id) {
    refresh();
    if (m_patterns.rowOf(id) < 0) {
        m_filters->clear();
        m_totals->clear();
    }
    m_table->select(id);
}

void ErrorsView::showBreaker(const domain::BreakerId& breaker) {
    refresh();
    m_filters->chooseBreaker(breaker);
}

void ErrorsView::focusFilter() {
    m_filters->focusLine();
}

}  // namespace fusebox::views
