// The menus of the main window.

#include <fusebox/shell/main_window.h>
#include <fusebox/shell/shortcuts_dialog.h>
#include <fusebox/views/breaker_menu.h>
#include <fusebox/views/breaker_view.h>
#include <fusebox/views/errors_view.h>
#include <fusebox/views/events_view.h>
#include <fusebox/views/fleet_table.h>
#include <fusebox/views/fleet_view.h>
#include <fusebox/views/history_view.h>
#include <fusebox/views/pattern_table.h>
#include <fusebox/views/plain_table.h>
#include <fusebox/views/recovery_view.h>

#include <QActionGroup>
#include <QDockWidget>
#include <QMenuBar>
#include <QMessageBox>
#include <QTabWidget>

namespace fusebox::shell {

void MainWindow::makeMenus() {
    QMenu* file = menuBar()->addMenu(tr("&File"));
    if (m_agents != nullptr) {
        file->addAction(tr("&Attach to an agent ..."), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_A), this,
                        [this] { openAttach(); });
        file->addSeparator();
    }
    file->addAction(tr("&Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q), this, &QWidget::close);
    addBreakerMenu();
    addViewMenu();
    addHelpMenu();
    makeCorner();
}

void MainWindow::addBreakerMenu() {
    m_breakerMenu = new views::BreakerMenu(m_models, *m_actions, *m_dialogs, this);
    menuBar()->addMenu(m_breakerMenu);
    connect(m_breakerMenu, &views::BreakerMenu::recoveryWanted, this, &MainWindow::goToRecovery);
    connect(m_breakerMenu, &views::BreakerMenu::historyWanted, this, &MainWindow::goToHistory);
}

void MainWindow::addViewMenu() {
    QMenu* view = menuBar()->addMenu(tr("&View"));
    view->addAction(tr("&Find"), QKeySequence::Find, this, &MainWindow::find);
    view->addSeparator();
    addFocusActions(*view);
    view->addSeparator();
    QMenu* panes = view->addMenu(tr("&Panes"));
    for (QDockWidget* dock : {m_breakerDock, m_eventsDock, m_labDock}) {
        if (dock != nullptr) panes->addAction(dock->toggleViewAction());
    }
    addThemeMenu(*view);
    view->addAction(tr("&Reset layout"), QKeySequence(Qt::CTRL | Qt::Key_0), this, &MainWindow::resetLayout);
}

void MainWindow::addFocusActions(QMenu& menu) {
    const auto addPage = [&](const QString& name, Qt::Key key, Page page, QWidget* target) {
        menu.addAction(name, QKeySequence(Qt::CTRL | key), this, [this, page, target] {
            m_pages->turnTo(page);
            target->setFocus(Qt::ShortcutFocusReason);
        });
    };
    const auto addPane = [&](const QString& name, Qt::Key key, QDockWidget* dock, QWidget* target) {
        menu.addAction(name, QKeySequence(Qt::CTRL | key), this, [dock, target] {
            dock->show();
            dock->raise();
            target->setFocus(Qt::ShortcutFocusReason);
        });
    };
    addPage(tr("Go to the &table"), Qt::Key_1, Page::breakers, &m_fleet->table());
    addPane(tr("Go to the &breaker"), Qt::Key_2, m_breakerDock, m_breaker->lists().tabBar());
    addPane(tr("Go to the &events"), Qt::Key_3, m_eventsDock, &m_events->table());
    if (m_labDock != nullptr) {
        addPane(tr("Go to the &lab"), Qt::Key_4, m_labDock, m_labDock->widget()->nextInFocusChain());
    }
    addPage(tr("Go to the e&rrors"), Qt::Key_5, Page::errors, &m_errors->table());
    addPage(tr("Go to re&covery"), Qt::Key_6, Page::recovery, &m_recovery->actionsTable());
    addPage(tr("Go to the &history"), Qt::Key_7, Page::history, &m_history->table());
}

void MainWindow::addThemeMenu(QMenu& menu) {
    QMenu* themes = menu.addMenu(tr("&Theme"));
    auto* group = new QActionGroup(this);
    const auto addTheme = [&](const QString& name, ThemeChoice choice) {
        QAction* action = themes->addAction(name);
        action->setCheckable(true);
        action->setChecked(m_appearance.choice() == choice);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, choice] { m_appearance.choose(choice); });
    };
    addTheme(tr("Like the &system"), ThemeChoice::system);
    addTheme(tr("&Light"), ThemeChoice::light);
    addTheme(tr("&Dark"), ThemeChoice::dark);
}

void MainWindow::addHelpMenu() {
    QMenu* help = menuBar()->addMenu(tr("&Help"));
    help->addAction(tr("&Keyboard shortcuts"), QKeySequence(Qt::Key_F1), this,
                    [this] { (new ShortcutsDialog(*menuBar(), this))->open(); });
    help->addAction(tr("&About Fusebox"), this, [this] {
        auto* about =
            new QMessageBox(QMessageBox::NoIcon, tr("About Fusebox"),
                            tr("Fusebox %1\n\nWatches circuit breakers and lets you act on them.\n\n"
                               "The console is free software under the GNU GPL 3, its core under the MIT licence.")
                                .arg(QCoreApplication::applicationVersion()),
                            QMessageBox::Close, this);
        about->setAttribute(Qt::WA_DeleteOnClose);
        about->setTextFormat(Qt::PlainText);
        about->open();
    });
}

}  // namespace fusebox::shell
