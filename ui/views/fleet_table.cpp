#include <fusebox/views/fleet_table.h>

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QScopedValueRollback>

#include <chrono>

namespace fusebox::views {
namespace {

using Column = models::FleetModel;

constexpr std::chrono::seconds kKeyHold{5};

}  // namespace

FleetTable::FleetTable(LiveModels& models, QWidget* parent)
    : PlainTable(parent), m_models(models), m_cells(models.fleet()) {
    setAccessibleName(tr("Breakers"));
    setMouseTracking(true);
    setSelectionMode(ExtendedSelection);
    followModel();
    setModel(&models.fleet());
    setItemDelegate(new widgets::BreakerDelegate(m_cells, this));
    verticalHeader()->setDefaultSectionSize(widgets::BreakerDelegate::rowHeight(fontMetrics()));
    horizontalHeader()->setSectionsMovable(true);
    horizontalHeader()->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(horizontalHeader(), &QWidget::customContextMenuRequested, this, &FleetTable::showHeaderMenu);
    setSortingEnabled(true);
    resetColumns();
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, &FleetTable::onCurrentRow);
    connect(&models, &LiveModels::selectionChanged, this, &FleetTable::showSelection);
    connect(&models.fleet(), &models::FleetModel::countsChanged, this, &FleetTable::showSelection);
    m_keyHold.setSingleShot(true);
    m_keyHold.setInterval(kKeyHold);
    connect(&m_keyHold, &QTimer::timeout, this, &FleetTable::updateHold);
}

// A view moves its current row when rows leave; that is not a person's choice. REQUIRES: called before setModel, so
// that these are told before the view is.
void FleetTable::followModel() {
    models::FleetModel& model = m_models.fleet();
    const auto begin = [this] { m_modelMoves = true; };
    const auto end = [this] {
        m_modelMoves = false;
        showSelection();
        tellChoice();
    };
    connect(&model, &QAbstractItemModel::rowsAboutToBeRemoved, this, begin);
    connect(&model, &QAbstractItemModel::rowsAboutToBeInserted, this, begin);
    connect(&model, &QAbstractItemModel::layoutAboutToBeChanged, this, begin);
    connect(&model, &QAbstractItemModel::modelAboutToBeReset, this, begin);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, end);
    connect(&model, &QAbstractItemModel::rowsInserted, this, end);
    connect(&model, &QAbstractItemModel::layoutChanged, this, end);
    connect(&model, &QAbstractItemModel::modelReset, this, end);
}

void FleetTable::resetColumns() {
    QHeaderView& header = *horizontalHeader();
    for (int column = 0; column < Column::ColumnCount; ++column) {
        header.moveSection(header.visualIndex(column), column);
        header.setSectionHidden(column, false);
    }
    setColumnSamples({QStringLiteral("mm Forced closed"), QStringLiteral("inventory-database-1 @ fra"),
                      QStringLiteral("postgres"), QStringLiteral("1,240/s"), QStringLiteral("few calls"),
                      QStringLiteral("123.4 ms"), QStringLiteral("123.4 ms"), QStringLiteral("123.4 ms"),
                      QStringLiteral("Last minute"), QString(), QStringLiteral("ann: deploy, 28 min left")});
    sortByColumn(Column::State, Qt::AscendingOrder);
}

void FleetTable::onCurrentRow(const QModelIndex& current) {
    if (m_modelMoves || !current.isValid()) return;
    // The view moves its current row before it selects: what is selected already must not be touched in between.
    const QScopedValueRollback choosing(m_choosing, true);
    m_models.select(m_models.fleet().idAt(current.row()));
}

void FleetTable::showSelection() {
    if (m_modelMoves || m_choosing || selectionModel() == nullptr) return;
    const int row = m_models.fleet().rowOf(m_models.selected());
    const QScopedValueRollback quiet(m_modelMoves, true);
    if (row < 0) {
        selectionModel()->clear();
        return;
    }
    if (currentIndex().row() == row && selectionModel()->isRowSelected(row)) return;
    // A row that moves by itself must not drag the view along.
    const bool scrolls = hasAutoScroll();
    setAutoScroll(false);
    selectionModel()->setCurrentIndex(m_models.fleet().index(row, 0),
                                      QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    setAutoScroll(scrolls);
}

void FleetTable::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) {
    PlainTable::selectionChanged(selected, deselected);
    if (!m_modelMoves) tellChoice();
}

void FleetTable::tellChoice() {
    const QModelIndexList rows = selectionModel()->selectedRows();
    std::vector<domain::BreakerId> ids;
    for (const QModelIndex& row : rows) ids.push_back(m_models.fleet().idAt(row.row()));
    const bool lookedAtIsOut = !rows.isEmpty() && !selectionModel()->isRowSelected(currentIndex().row());
    if (lookedAtIsOut) selectionModel()->setCurrentIndex(rows.back(), QItemSelectionModel::NoUpdate);
    m_models.choose(std::move(ids));
}

bool FleetTable::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::Enter || event->type() == QEvent::Leave) {
        m_pointerInside = event->type() == QEvent::Enter;
        updateHold();
    }
    return PlainTable::viewportEvent(event);
}

void FleetTable::keyPressEvent(QKeyEvent* event) {
    m_keyHold.start();
    updateHold();
    PlainTable::keyPressEvent(event);
}

void FleetTable::contextMenuEvent(QContextMenuEvent* event) {
    QPoint at = event->globalPos();
    if (event->reason() == QContextMenuEvent::Keyboard && currentIndex().isValid()) {
        at = viewport()->mapToGlobal(visualRect(currentIndex()).center());
    } else if (!indexAt(event->pos()).isValid()) {
        return;
    }
    m_menuOpen = true;
    updateHold();
    emit menuRequested(at);
    m_menuOpen = false;
    updateHold();
}

void FleetTable::updateHold() {
    const bool hold = m_pointerInside || m_menuOpen || m_keyHold.isActive();
    if (hold == m_models.fleet().isOrderHeld()) return;
    m_models.fleet().holdOrder(hold);
    emit orderHeld(hold);
}

void FleetTable::showHeaderMenu(const QPoint& at) {
    QMenu menu(this);
    for (int column = 0; column < Column::ColumnCount; ++column) {
        QAction* shown = menu.addAction(model()->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        shown->setCheckable(true);
        shown->setChecked(!isColumnHidden(column));
        shown->setEnabled(column != Column::Name);  // a table without names is of no use
        connect(shown, &QAction::toggled, this, [this, column](bool on) { setColumnHidden(column, !on); });
    }
    menu.addSeparator();
    menu.addAction(tr("Reset columns"), this, &FleetTable::resetColumns);
    menu.exec(horizontalHeader()->mapToGlobal(at));
}

}  // namespace fusebox::views
