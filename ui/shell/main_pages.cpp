// The pages of the main window, and the ways from one to another.

#include <fusebox/domain/recovery.h>
#include <fusebox/shell/lab_badge.h>
#include <fusebox/shell/main_window.h>
#include <fusebox/shell/menu_corner.h>
#include <fusebox/shell/page_switch.h>
#include <fusebox/shell/stop_switch.h>
#include <fusebox/views/attach_dialog.h>
#include <fusebox/views/breaker_dialogs.h>
#include <fusebox/views/breaker_patterns.h>
#include <fusebox/views/breaker_tables.h>
#include <fusebox/views/breaker_view.h>
#include <fusebox/views/charts_panel.h>
#include <fusebox/views/errors_view.h>
#include <fusebox/views/fleet_table.h>
#include <fusebox/views/fleet_view.h>
#include <fusebox/views/history_view.h>
#include <fusebox/views/recovery_view.h>
#include <fusebox/views/sources_strip.h>

#include <QDockWidget>
#include <QHBoxLayout>
#include <QMenuBar>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace fusebox::shell {

void MainWindow::makePages() {
    m_pages = new WindowPages(*this);
    m_pages->add(m_fleet);
    m_pages->add(m_errors);
    m_pages->add(m_recovery);
    m_pages->add(m_history);
    m_fleet->setFocusProxy(&m_fleet->table());
    connect(m_pages, &WindowPages::pageChanged, this,
            [this] { m_pages->currentWidget()->setFocus(Qt::OtherFocusReason); });
    connect(m_errors, &views::ErrorsView::breakerWanted, this, &MainWindow::goToBreaker);
    connect(m_errors, &views::ErrorsView::tripWanted, this, &MainWindow::goToTrip);
    connect(m_errors, &views::ErrorsView::actionWanted, this, &MainWindow::goToRecovery);
    connect(m_recovery, &views::RecoveryView::breakerWanted, this, &MainWindow::goToBreaker);
    connect(m_recovery, &views::RecoveryView::patternWanted, this, &MainWindow::goToPattern);
    connect(&m_breaker->charts(), &views::ChartsPanel::longerWanted, this,
            [this] { goToHistory(m_models.selected()); });
}

void MainWindow::addSources(QVBoxLayout& column) {
    auto* strip = new views::SourcesStrip(m_models, *m_agents);
    connect(strip, &views::SourcesStrip::changeWanted, this, &MainWindow::openAttach);
    column.addWidget(strip);
}

views::AttachDialog* MainWindow::openAttach(const QString& agent) {
    views::AgentPlace known;
    for (const views::AgentPlace& place : m_agents->saved()) {
        if (place.name == agent) known = place;
    }
    auto* dialog = new views::AttachDialog(*m_agents, known, this);
    dialog->open();
    return dialog;
}

// The corner of the menu bar costs no line and is in sight whatever the page.
void MainWindow::makeCorner() {
    auto* corner = new MenuCorner;
    auto* line = new QHBoxLayout(corner);
    line->setContentsMargins(0, 0, 4, 0);
    line->setSpacing(10);
    line->addWidget(new StopSwitch(m_models));
    m_pageSwitch = new PageSwitch;
    line->addWidget(m_pageSwitch);
    connect(m_pageSwitch, &PageSwitch::chosen, m_pages, &WindowPages::turnTo);
    connect(m_pages, &WindowPages::pageChanged, m_pageSwitch, &PageSwitch::setPage);
    if (m_labDock != nullptr) {
        auto* badge = new LabBadge;
        connect(badge, &QAbstractButton::clicked, this, [this] {
            m_labDock->show();
            m_labDock->raise();
        });
        line->addWidget(badge);
    }
    menuBar()->setCornerWidget(corner, Qt::TopRightCorner);
}

void MainWindow::goToBreaker(const domain::BreakerId& breaker) {
    m_pages->turnTo(Page::breakers);
    m_models.select(breaker);
    m_breakerDock->show();
    m_breakerDock->raise();
    m_breaker->lists().tabBar()->setFocus(Qt::OtherFocusReason);
}

void MainWindow::goToTrip(const domain::BreakerId& breaker, std::uint64_t transition) {
    m_models.select(breaker);
    const models::FleetRow* row = m_models.selectedRow();
    const auto isMeant = [&](const auto& dossier) { return dossier->transition.sequence == transition; };
    const bool isKept =
        row != nullptr && row->snapshot.detail != nullptr &&
        std::any_of(row->snapshot.detail->dossiers.begin(), row->snapshot.detail->dossiers.end(), isMeant);
    // Only the last trips keep what was known; of an older one the breaker's own page is the nearest there is.
    if (!isKept || m_dialogs->openDossier(transition) == nullptr) goToBreaker(breaker);
}

void MainWindow::goToPattern(domain::PatternId pattern) {
    m_pages->turnTo(Page::errors);
    m_errors->showPattern(pattern);
}

void MainWindow::goToRecovery(const domain::BreakerId& breaker) {
    m_pages->turnTo(Page::recovery);
    m_recovery->showBreaker(breaker);
}

void MainWindow::goToHistory(const domain::BreakerId& breaker) {
    m_pages->turnTo(Page::history);
    m_history->showBreaker(breaker);
}

void MainWindow::showProposals(const domain::RecoveryReport* report) {
    int proposed = 0;
    if (report != nullptr) {
        for (const domain::BreakerRecovery& breaker : report->breakers) {
            proposed += static_cast<int>(std::count_if(breaker.actions.begin(), breaker.actions.end(),
                                                       [](const auto& action) { return !action.proposal.empty(); }));
        }
    }
    m_pageSwitch->setCount(Page::recovery, proposed);
}

void MainWindow::find() {
    if (m_pages->page() == Page::errors) return m_errors->focusFilter();
    if (m_pages->page() == Page::recovery) return m_recovery->focusFilter();
    if (m_pages->page() == Page::history) return m_history->focusFilter();
    m_pages->turnTo(Page::breakers);
    m_fleet->focusFilter();
}

}  // namespace fusebox::shell
