#include <fusebox/shell/main_window.h>

#include <fusebox/format/numbers.h>
#include <fusebox/shell/stale_banner.h>
#include <fusebox/views/breaker_dialogs.h>
#include <fusebox/views/breaker_header.h>
#include <fusebox/views/breaker_menu.h>
#include <fusebox/views/breaker_patterns.h>
#include <fusebox/views/breaker_tables.h>
#include <fusebox/views/breaker_view.h>
#include <fusebox/views/command_dialog.h>
#include <fusebox/views/errand_text.h>
#include <fusebox/views/errors_view.h>
#include <fusebox/views/events_view.h>
#include <fusebox/views/fleet_table.h>
#include <fusebox/views/fleet_view.h>
#include <fusebox/views/holds_panel.h>
#include <fusebox/views/lab_panel.h>
#include <fusebox/views/recovery_view.h>
#include <fusebox/views/shadow_panel.h>
#include <fusebox/views/try_again_button.h>

#include <QCloseEvent>
#include <QDockWidget>
#include <QMenu>
#include <QScreen>
#include <QStatusBar>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

namespace fusebox::shell {
namespace {

constexpr QSize kFirstSize{1280, 800};
// Shares of the window's height, in percent; the table has the rest.
constexpr int kBreakerShare = 36;
constexpr int kEventsShare = 23;
constexpr int kLabShare = 34;  // all services of the lab at once

const QString kColumns = QStringLiteral("columns");
const QString kDetail = QStringLiteral("detail");

}  // namespace

MainWindow::MainWindow(const WindowParts& parts)
    : m_models(parts.models),
      m_appearance(parts.appearance),
      m_agents(parts.agents),
      m_layout(*this, parts.settings),
      m_actions(new views::BreakerActions(this)),
      m_dialogs(new views::BreakerDialogs(parts.models, *m_actions, *this)),
      m_fleet(new views::FleetView(parts.models)),
      m_breaker(new views::BreakerView(parts.models)),
      m_events(new views::EventsView(parts.models)),
      m_errors(new views::ErrorsView(parts.models)),
      m_recovery(new views::RecoveryView(parts.models)),
      m_history(new views::HistoryView(parts.models, parts.history)),
      m_staleBanner(new StaleBanner),
      m_status(new StatusStrip(*statusBar())),
      m_tryAgain(new views::TryAgainButton(parts.models.desk())) {
    statusBar()->addWidget(m_tryAgain);  // beside what it is about
    m_tryAgain->hide();                  // the bar shows what it is given
    // The bar keeps room for what it hides: it is to be no higher for that.
    m_tryAgain->setMaximumHeight(m_tryAgain->fontMetrics().height());
    setWindowTitle(parts.lab != nullptr ? tr("Fusebox - LAB") : tr("Fusebox"));
    setDockOptions(AnimatedDocks | AllowNestedDocks | AllowTabbedDocks);
    makeCentre();
    makeDocks(parts.lab);
    makeMenus();
    m_status->setSource(parts.source);
    connect(m_actions, &views::BreakerActions::triggered, this, &MainWindow::openCommand);
    connect(&m_models, &views::LiveModels::applied, this, &MainWindow::onFrame);
    connect(&m_models, &views::LiveModels::selectionChanged, this, &MainWindow::onFrame);
    connect(&m_models, &views::LiveModels::choiceChanged, this, &MainWindow::showActions);
    connect(&m_models.desk(), &intent::CommandDesk::changed, this, &MainWindow::onErrand);
    tintIcons();
    resize(kFirstSize.boundedTo(screen()->availableGeometry().size()));
    arrangePanes();
    m_restored = m_layout.restore();
    m_fleet->restoreState(m_layout.part(kColumns));
    onFrame();
}

MainWindow::~MainWindow() = default;

void MainWindow::makeCentre() {
    auto* centre = new QWidget;
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_staleBanner);
    if (m_agents != nullptr) addSources(*column);
    makePages();
    column->addWidget(m_pages, 1);
    setCentralWidget(centre);
    connect(&m_fleet->table(), &views::FleetTable::menuRequested, this, &MainWindow::showBreakerMenu);
    connect(&m_fleet->table(), &views::PlainTable::rowOpened, this, [this] {
        m_breakerDock->show();
        m_breaker->lists().tabBar()->setFocus(Qt::ShortcutFocusReason);
    });
}

void MainWindow::makeDocks(views::LabControl* lab) {
    m_breakerDock = addPane(tr("Breaker"), QStringLiteral("breaker"), m_breaker);
    auto* header = new views::BreakerHeader(m_models, *m_actions);
    m_breakerDock->setTitleBarWidget(header);
    connect(header, &views::BreakerHeader::whyWanted, m_dialogs, [this] { m_dialogs->openDossier(); });
    connectTables();
    m_eventsDock = addPane(tr("Events"), QStringLiteral("events"), m_events);
    m_eventsDock->setTitleBarWidget(m_events->bar());  // a line less above, a row more below
    if (lab == nullptr) return;
    m_labDock = addPane(tr("Lab"), QStringLiteral("lab"), new views::LabPanel(*lab));
    connect(m_labDock, &QDockWidget::visibilityChanged, this, &MainWindow::makeRoomForLab);
}

void MainWindow::connectTables() {
    views::BreakerTables& tables = m_breaker->tables();
    connect(&tables, &views::BreakerTables::dossierWanted, m_dialogs,
            [this](std::uint64_t sequence) { m_dialogs->openDossier(sequence); });
    connect(&tables.patterns(), &views::BreakerPatterns::patternWanted, this, &MainWindow::goToPattern);
    connect(&tables, &views::BreakerTables::configureWanted, m_dialogs, &views::BreakerDialogs::openConfiguration);
    connect(&tables.holds(), &views::HoldsPanel::releaseWanted, m_dialogs, &views::BreakerDialogs::openRelease);
    connect(&tables.shadow(), &views::ShadowPanel::startWanted, m_dialogs, &views::BreakerDialogs::openShadow);
    connect(&tables.shadow(), &views::ShadowPanel::endWanted, m_dialogs, &views::BreakerDialogs::openEndShadow);
    connect(&tables.shadow(), &views::ShadowPanel::adoptWanted, m_dialogs, &views::BreakerDialogs::openAdopt);
}

QDockWidget* MainWindow::addPane(const QString& title, const QString& name, QWidget* content) {
    auto* dock = new QDockWidget(title, this);
    dock->setObjectName(name);
    dock->setWidget(content);
    return dock;
}

void MainWindow::arrangePanes() {
    for (QDockWidget* dock : {m_breakerDock, m_eventsDock, m_labDock}) {
        if (dock == nullptr) continue;
        dock->setFloating(false);
        addDockWidget(Qt::BottomDockWidgetArea, dock);
        dock->show();
    }
    splitDockWidget(m_breakerDock, m_eventsDock, Qt::Vertical);
    if (m_labDock != nullptr) tabifyDockWidget(m_eventsDock, m_labDock);
    m_eventsDock->raise();
    shareHeight();
}

void MainWindow::shareHeight() {
    resizeDocks({m_breakerDock, m_eventsDock}, {height() * kBreakerShare / 100, height() * kEventsShare / 100},
                Qt::Vertical);
}

// The lab shares its place with the events but needs more of it; the events give it back.
void MainWindow::makeRoomForLab(bool labSeen) {
    if (!isVisible() || isMinimized() || m_labDock->isFloating()) return;
    if (labSeen) {
        m_eventsHeight = m_labDock->height();
        const int wanted = height() * kLabShare / 100;
        if (m_eventsHeight < wanted) resizeDocks({m_labDock}, {wanted}, Qt::Vertical);
    } else if (m_eventsHeight > 0) {
        resizeDocks({m_eventsDock}, {m_eventsHeight}, Qt::Vertical);
    }
}

void MainWindow::resetLayout() {
    m_pages->reset();
    m_layout.forget();
    arrangePanes();
    m_fleet->resetState();
    m_breaker->resetState();
}

void MainWindow::rememberLayout() {
    m_pages->turnTo(Page::breakers);  // the next run begins with them, and the layout is theirs
    m_layout.remember({{kColumns, m_fleet->saveState()}, {kDetail, m_breaker->saveState()}});
}

void MainWindow::showEvent(QShowEvent* event) {
    QMainWindow::showEvent(event);
    if (m_shown) return;
    m_shown = true;
    // Docks and splitters take sizes only once the window has its own.
    if (m_restored) {
        m_breaker->restoreState(m_layout.part(kDetail));
    } else {
        shareHeight();
    }
    m_fleet->table().setFocus();
}

void MainWindow::closeEvent(QCloseEvent* event) {
    rememberLayout();
    event->accept();
}

void MainWindow::changeEvent(QEvent* event) {
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        tintIcons();
        m_status->restyle();
    }
}

void MainWindow::tintIcons() {
    m_actions->tintIcons(palette());
}

void MainWindow::setStale(bool stale) {
    m_status->setFreshness(stale ? Freshness::stale : Freshness::live);
    if (!stale) return m_staleBanner->hide();
    const domain::FrameRef& last = m_models.frame();
    m_staleBanner->showSince(last == nullptr ? QString() : format::clockTime(last->wall));
}

void MainWindow::onFrame() {
    showActions();
    const domain::FrameRef& frame = m_models.frame();
    if (frame == nullptr) return;
    if (frame->recovery != m_reported) {
        m_reported = frame->recovery;
        showProposals(m_reported.get());
    }
    m_status->setLag(frame->health.lag, frame->at);
    m_status->setLostEvents(m_models.events().lost());
    m_status->setBreakers(frame->snapshots.size());
    if (!m_staleBanner->isVisible()) m_status->setFreshness(Freshness::live);
}

void MainWindow::showActions() {
    const models::FleetRow* row = m_models.selectedRow();
    if (m_models.chosen().size() < 2)
        return m_actions->show(row == nullptr ? nullptr : &row->snapshot, m_models.desk());
    std::vector<const domain::Snapshot*> chosen;
    for (const domain::BreakerId& id : m_models.chosen()) {
        if (const models::FleetRow* each = m_models.fleet().find(id)) chosen.push_back(&each->snapshot);
    }
    m_actions->show(chosen, m_models.desk());
}

void MainWindow::onErrand(const domain::CommandId& id) {
    const intent::Errand* errand = m_models.desk().find(id);
    if (errand == nullptr) return;
    m_status->setCommand(views::textOf(*errand), errand->status);
    m_tryAgain->offer(errand);
}

views::CommandDialog* MainWindow::openCommand(views::BreakerAction action) {
    return m_dialogs->openCommand(action);
}

void MainWindow::showBreakerMenu(const QPoint& at) {
    m_breakerMenu->exec(at);
}

}  // namespace fusebox::shell
