#include <fusebox/views/recovery_view.h>

#include <fusebox/domain/frame.h>
#include <fusebox/format/numbers.h>
#include <fusebox/intent/wish.h>
#include <fusebox/views/action_panel.h>
#include <fusebox/views/command_dialog.h>
#include <fusebox/views/plain_table.h>
#include <fusebox/widgets/filter_bar.h>
#include <fusebox/widgets/summary_tile.h>

#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QSplitter>
#include <QTabWidget>
#include <QVBoxLayout>

namespace fusebox::views {
namespace {

constexpr int kMargin = 8;
// Shares of the page, in percent.
constexpr int kTableShare = 52;
constexpr int kPanelShare = 45;

}  // namespace

RecoveryView::RecoveryView(LiveModels& models, QWidget* parent) : QWidget(parent), m_models(models) {
    makeActionsTable();
    setFocusProxy(m_actionsTable);
    auto* parts = new QSplitter(Qt::Vertical);
    parts->setChildrenCollapsible(false);
    parts->addWidget(m_actionsTable);
    parts->addWidget(makeBottom());
    parts->setStretchFactor(0, kTableShare);
    parts->setStretchFactor(1, 100 - kTableShare);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeTop());
    column->addWidget(parts, 1);
    connect(&models, &LiveModels::applied, this, &RecoveryView::refresh);
    connect(&models.desk(), &intent::CommandDesk::changed, this, &RecoveryView::showSelected);
    showTotals();
    showSelected();
}

widgets::SummaryTile* RecoveryView::makeTile(const QString& caption, const QString& tip) {
    auto* tile = new widgets::SummaryTile(caption);
    tile->setToolTip(tip);
    tile->setMinimumWidth(fontMetrics().horizontalAdvance(QStringLiteral("Closed after mmm")));
    return tile;
}

QWidget* RecoveryView::makeTop() {
    m_running = makeTile(tr("Running"), tr("Actions that run now"));
    m_proposed = makeTile(tr("Proposed"), tr("Actions that wait for a person's approval"));
    m_locked = makeTile(tr("Locked"), tr("Actions that failed twice in a row: only a person may run them"));
    m_success = makeTile(tr("Helped"), tr("How many runs were followed by the breaker closing in time"));
    m_time = makeTile(tr("Closed after"), tr("Time from a run to CLOSED, on average of those that helped"));
    m_filter = new widgets::FilterBar(tr("Filter by breaker, action or standing"));
    m_filter->setMinimumWidth(
        fontMetrics().horizontalAdvance(QStringLiteral("Filter by breaker, action or standing mmmmm")));
    connect(m_filter, &widgets::FilterBar::textFilterChanged, this, [this](const QString& text) {
        m_actions.setFilter(text.trimmed());
        showTotals();
        showSelected();
    });
    auto* top = new QWidget;
    auto* line = new QHBoxLayout(top);
    line->setContentsMargins(kMargin, kMargin / 2, kMargin, kMargin / 2);
    line->setSpacing(6);
    for (QWidget* tile : {m_running, m_proposed, m_locked, m_success, m_time}) line->addWidget(tile);
    line->addStretch(1);
    line->addWidget(m_filter);
    return top;
}

void RecoveryView::makeActionsTable() {
    m_actionsTable = new PlainTable;
    m_actionsTable->setAccessibleName(tr("Recovery actions"));
    m_actionsTable->setModel(&m_actions);
    m_actionsTable->keepEndOf(models::ActionsModel::Breaker);
    m_actionsTable->setColumnSamples({QStringLiteral("inventory-database"), QStringLiteral("Reset connection"),
                                      QStringLiteral("Automatic"), QString(), QStringLiteral("10 of 10"),
                                      QStringLiteral("10 of 10"),
                                      QStringLiteral("14:32:07  succeeded, closed after 12.3 s")});
    connect(m_actionsTable, &PlainTable::rowOpened, this, &RecoveryView::openRun);
    connect(m_actionsTable->selectionModel(), &QItemSelectionModel::currentChanged, this, &RecoveryView::showSelected);
}

void RecoveryView::makeHistoryTable() {
    m_historyTable = new PlainTable;
    m_historyTable->setAccessibleName(tr("History of runs"));
    m_historyTable->setToolTip(tr("Enter goes to the breaker"));
    m_historyTable->setModel(&m_history);
    m_historyTable->keepEndOf(models::RecoveryHistoryModel::Breaker);
    m_historyTable->setColumnSamples({QStringLiteral("14:32:07"), QStringLiteral("inventory-db"),
                                      QStringLiteral("Reset connection"), QStringLiteral("Fusebox"),
                                      QStringLiteral("Half-open → Closed"), QString()});
    m_historyTable->setEmptyText(tr("No action was run yet."));
    connect(m_historyTable, &PlainTable::rowOpened, this,
            [this](const QModelIndex& index) { emit breakerWanted(m_history.outcome(index.row()).breaker); });
    connect(m_historyTable->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& current) {
                if (current.isValid()) m_panel->showOutcome(m_history.outcome(current.row()));
            });
}

void RecoveryView::makeRatesTable() {
    m_ratesTable = new PlainTable;
    m_ratesTable->setAccessibleName(tr("Success of actions"));
    m_ratesTable->setToolTip(tr("Enter goes to the pattern of errors"));
    m_ratesTable->setModel(&m_rates);
    m_ratesTable->setColumnSamples({QStringLiteral("Restart service"), QString(), QStringLiteral("1,234"),
                                    QStringLiteral("99.9 %"), QStringLiteral("12 min 30 s")});
    m_ratesTable->setEmptyText(tr("No run has a verdict yet."));
    connect(m_ratesTable, &PlainTable::rowOpened, this, &RecoveryView::openRate);
}

QWidget* RecoveryView::makeBottom() {
    m_panel = new ActionPanel;
    connect(m_panel, &ActionPanel::runWanted, this, &RecoveryView::openRun);
    connect(m_panel, &ActionPanel::modeWanted, this, &RecoveryView::openMode);
    connect(m_panel, &ActionPanel::breakerWanted, this, &RecoveryView::breakerWanted);
    makeHistoryTable();
    makeRatesTable();
    m_tabs = new QTabWidget;
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_historyTable, tr("History"));
    m_tabs->addTab(m_ratesTable, tr("Success rates"));
    auto* parts = new QSplitter(Qt::Horizontal);
    parts->setChildrenCollapsible(false);
    parts->addWidget(m_panel);
    parts->addWidget(m_tabs);
    parts->setStretchFactor(0, kPanelShare);
    parts->setStretchFactor(1, 100 - kPanelShare);
    return parts;
}

void RecoveryView::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refresh();
}

void RecoveryView::refresh() {
    const domain::FrameRef& frame = m_models.frame();
    if (frame == nullptr || !isVisible()) return;
    m_actions.apply(frame->recovery, frame->wall);
    m_history.apply(frame->recovery, frame->wall);
    m_rates.apply(frame->recovery, frame->errors);
    if (!m_actionsTable->currentIndex().isValid() && m_actions.rowCount() > 0) m_actionsTable->selectRow(0);
    showTotals();
    showSelected();
}

void RecoveryView::showTotals() {
    const domain::RecoveryReport* report = m_actions.report().get();
    const models::ActionsModel::Attention attention = m_actions.attention();
    const auto figure = [&](int count) { return report == nullptr ? format::missing() : QString::number(count); };
    m_running->setFigure(figure(attention.running));
    m_proposed->setFigure(figure(attention.proposed));
    m_locked->setFigure(figure(attention.locked));
    const domain::FrameRef& frame = m_models.frame();
    const domain::ErrorReport* errors = frame == nullptr ? nullptr : frame->errors.get();
    m_success->setFigure(format::percent(errors == nullptr ? std::nullopt : errors->recoverySuccessRate));
    if (errors == nullptr || !errors->avgRecoveryTimeMs) {
        m_time->setFigure(format::missing());
    } else {
        const std::chrono::duration<double, std::milli> took(*errors->avgRecoveryTimeMs);
        m_time->setFigure(format::span(std::chrono::duration_cast<base::Duration>(took)));
    }
    m_filter->setCounts(m_actions.rowCount(), m_actions.totalCount());
    m_actionsTable->setEmptyText(emptyText());
}

QString RecoveryView::emptyText() const {
    if (m_models.frame() == nullptr) return tr("Waiting for the first data.");
    if (m_actions.report() == nullptr) {
        return tr(
            "There are no recovery actions. They are configured for each dependency under [[dependency.action]].");
    }
    return tr("No action matches the filter.");
}

std::optional<models::ActionKey> RecoveryView::selected() const {
    const QModelIndex current = m_actionsTable->currentIndex();
    if (!current.isValid()) return std::nullopt;
    return m_actions.key(current.row());
}

void RecoveryView::showSelected() {
    const auto key = selected();
    if (!key) return m_panel->show({}, nullptr, false, {});
    const domain::ActionStanding* standing = models::actionOf(m_actions.report().get(), key->breaker, key->action);
    intent::Wish wish;
    wish.kind = domain::CommandKind::action;
    wish.action = key->action;
    intent::Possibility can = intent::possible(wish, standing);
    const intent::Errand* errand = m_models.desk().lastFor(key->breaker, key->action);
    if (can.enabled && errand != nullptr && errand->status == domain::CommandStatus::pending) {
        can = {false, tr("A command about it is on its way.")};
    }
    m_panel->show(key->breaker, standing, can.enabled, can.whyNot);
}

void RecoveryView::openRate(const QModelIndex& index) {
    if (const auto pattern = m_rates.rate(index.row()).pattern) emit patternWanted(*pattern);
}

CommandDialog* RecoveryView::open(domain::CommandKind kind, domain::ActionMode mode) {
    const auto key = selected();
    if (!key || m_models.fleet().find(key->breaker) == nullptr) return nullptr;
    intent::Wish wish;
    wish.kind = kind;
    wish.action = key->action;
    wish.mode = mode;
    const auto* standing = models::actionOf(m_actions.report().get(), key->breaker, key->action);
    if (!intent::possible(wish, standing).enabled) return nullptr;
    auto* dialog = new CommandDialog(m_models, wish, CommandScope{{key->breaker}, {}}, window());
    connect(dialog, &QDialog::finished, this, &RecoveryView::showSelected);
    dialog->open();
    return dialog;
}

CommandDialog* RecoveryView::openRun() {
    return open(domain::CommandKind::action, domain::ActionMode::manual);
}

CommandDialog* RecoveryView::openMode(domain::ActionMode mode) {
    CommandDialog* dialog = open(domain::CommandKind::actionMode, mode);
    showSelected();  // the old mode stands until the new one is in force
    return dialog;
}

void RecoveryView::showBreaker(const domain::BreakerId& breaker) {
    refresh();
    if (m_actions.report() == nullptr) return;
    const auto rowOfBreaker = [&] {
        for (int row = 0; row < m_actions.rowCount(); ++row) {
            if (m_actions.key(row).breaker == breaker) return row;
        }
        return -1;
    };
    int row = rowOfBreaker();
    if (row < 0) {
        m_filter->clear();
        m_actions.setFilter({});
        row = rowOfBreaker();
    }
    if (row < 0) return;
    m_actionsTable->selectRow(row);
    m_actionsTable->scrollTo(m_actions.index(row, models::ActionsModel::Breaker));
}

void RecoveryView::focusFilter() {
    m_filter->focusLine();
}

}  // namespace fusebox::views
