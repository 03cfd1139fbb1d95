#include <fusebox/format/safe_label.h>
#include <fusebox/shell/main_window.h>
#include <fusebox/shell/page_switch.h>
#include <fusebox/shell/shortcuts_dialog.h>
#include <fusebox/shell/stale_banner.h>
#include <fusebox/shell/stop_switch.h>
#include <fusebox/support/test_case.h>
#include <fusebox/views/breaker_view.h>
#include <fusebox/views/command_dialog.h>
#include <fusebox/views/config_dialog.h>
#include <fusebox/views/dossier_window.h>
#include <fusebox/views/events_view.h>
#include <fusebox/views/fleet_table.h>
#include <fusebox/views/fleet_view.h>
#include <fusebox/views/history_bar.h>
#include <fusebox/views/recovery_view.h>
#include <fusebox/views/try_again_button.h>

#include <QApplication>
#include <QDockWidget>
#include <QHeaderView>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QStatusBar>
#include <QTemporaryDir>
#include <QToolButton>

#include "fake_lab.h"
#include "fake_trouble.h"
#include "stage.h"

namespace fusebox::shell {
namespace {

struct Desktop {
    explicit Desktop(views::LabControl* control = nullptr, int breakers = 6) : stage(breakers), lab(control) {
        reopen();
    }

    void reopen() {
        window.reset();
        window = std::make_unique<MainWindow>(WindowParts{stage.models, appearance, settings, lab, source});
        window->breaker().setMotionScale(0);
        window->show();
        active = QTest::qWaitForWindowActive(window.get());
    }

    bool statusSays(const QString& text) const {
        for (const QLabel* label : window->statusBar()->findChildren<QLabel*>()) {
            const auto* foreign = qobject_cast<const format::SafeLabel*>(label);
            if ((foreign != nullptr ? foreign->fullText() : label->text()).contains(text)) return true;
        }
        return false;
    }

    QTemporaryDir folder;
    QSettings settings{folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat};
    Appearance appearance{settings};
    views::Stage stage;
    views::LabControl* lab;
    QString source = QStringLiteral("services.toml");
    std::unique_ptr<MainWindow> window;
    bool active = false;
};

void typeReasonAndConfirm(views::CommandDialog& dialog) {
    QTest::keyClicks(dialog.findChild<QLineEdit*>(), QStringLiteral("fire drill"));
    QTest::mouseClick(dialog.findChild<QPushButton*>(QStringLiteral("confirm")), Qt::LeftButton);
}

}  // namespace

class MainWindowTest : public QObject {
    Q_OBJECT
private slots:
    void it_opens_without_data_and_says_so();
    void a_shortcut_opens_the_dialog_and_the_command_goes_out_once();
    void a_button_of_the_detail_opens_the_dialog();
    void the_pages_of_a_breaker_open_by_their_shortcuts();
    void the_emergency_stop_is_one_press_and_ends_with_a_reason();
    void proposals_are_counted_on_the_switch_of_pages();
    void the_menu_of_a_breaker_leads_to_its_recovery_actions();
    void menu_and_charts_lead_to_the_history_of_a_breaker();
    void plain_keys_do_nothing_to_a_breaker();
    void no_two_actions_share_a_shortcut();
    void what_becomes_of_a_command_is_said_in_the_status_bar();
    void the_status_bar_offers_to_try_again_what_became_unknown();
    void stale_data_is_marked_until_new_ones_come();
    void losses_and_lag_stand_in_the_status_bar();
    void the_lab_is_plain_to_see_and_real_services_are_not_called_lab();
    void the_layout_comes_back_and_can_be_reset();
    void the_theme_can_be_chosen_and_is_remembered();
    void shortcuts_are_documented();
    void every_button_has_a_name_for_those_who_cannot_see();
    void nothing_is_cut_at_1280x800();
};

void MainWindowTest::it_opens_without_data_and_says_so() {
    Desktop desktop(nullptr, 0);
    QVERIFY(desktop.statusSays(QStringLiteral("Waiting for data")));
    QVERIFY(!desktop.window->grab().isNull());
    desktop.stage.tick();
    QVERIFY(desktop.statusSays(QStringLiteral("Live")));
    QVERIFY(desktop.statusSays(QStringLiteral("0 breakers")));
}

void MainWindowTest::a_shortcut_opens_the_dialog_and_the_command_goes_out_once() {
    Desktop desktop;
    QVERIFY(desktop.active);
    desktop.stage.tick(10);
    const domain::BreakerId meant = desktop.stage.models.selected();
    QTest::keyClick(desktop.window.get(), Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
    auto* dialog = desktop.window->findChild<views::CommandDialog*>();
    QVERIFY(dialog != nullptr);
    QVERIFY(desktop.stage.submitted.empty());
    typeReasonAndConfirm(*dialog);
    QCOMPARE(desktop.stage.submitted.size(), std::size_t(1));
    QCOMPARE(desktop.stage.submitted.front().breaker.value, meant.value);
    QVERIFY(desktop.stage.submitted.front().kind == domain::CommandKind::trip);
}

void MainWindowTest::a_button_of_the_detail_opens_the_dialog() {
    Desktop desktop;
    desktop.stage.tick(10);
    auto* button = desktop.window->findChild<QToolButton*>(QStringLiteral("hold-open-button"));
    QVERIFY(button != nullptr && button->isVisible() && button->isEnabled());
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(desktop.window->findChild<views::CommandDialog*>() != nullptr);
}

void MainWindowTest::the_pages_of_a_breaker_open_by_their_shortcuts() {
    Desktop desktop;
    desktop.stage.fleet.changeState(0, domain::State::open, domain::TransitionCause::tripRule);
    desktop.stage.tick(10);
    desktop.stage.models.select(desktop.stage.fleet.idAt(0));
    desktop.stage.tick();
    const auto press = [&](Qt::Key key) {
        desktop.window->activateWindow();
        QTest::keyClick(desktop.window.get(), key, Qt::ControlModifier | Qt::ShiftModifier);
    };
    press(Qt::Key_W);
    auto* dossier = desktop.window->findChild<views::DossierWindow*>();
    QVERIFY(dossier != nullptr);
    delete dossier;
    for (const Qt::Key key : {Qt::Key_E, Qt::Key_S}) {
        press(key);
        auto* editor = desktop.window->findChild<views::ConfigDialog*>();
        QVERIFY(editor != nullptr);
        delete editor;
    }
    QVERIFY(desktop.stage.submitted.empty());
}

void MainWindowTest::the_emergency_stop_is_one_press_and_ends_with_a_reason() {
    Desktop desktop;
    desktop.stage.tick();
    auto* stop = desktop.window->findChild<StopSwitch*>();
    QVERIFY(stop != nullptr && !stop->isVisible());  // there are no actions
    desktop.stage.fleet.recovery = views::recoveryReport(desktop.stage.fleet.wall());
    desktop.stage.tick();
    QVERIFY(stop->isVisible());
    QTest::mouseClick(stop, Qt::LeftButton);
    QCOMPARE(desktop.stage.submitted.size(), std::size_t(1));
    QVERIFY(desktop.stage.submitted.front().kind == domain::CommandKind::stopActions);
    QVERIFY(!stop->isEnabled());
    auto stopped = std::make_shared<domain::RecoveryReport>(*desktop.stage.fleet.recovery);
    stopped->stopped = true;
    stopped->stoppedBy = "ann: <b>drill</b>";
    desktop.stage.fleet.recovery = stopped;
    desktop.stage.fleet.report(desktop.stage.submitted.front(), domain::CommandStatus::applied, "stopped");
    desktop.stage.tick();
    QVERIFY(stop->isStopped() && stop->isEnabled());
    QTest::mouseClick(stop, Qt::LeftButton);
    auto* ask = desktop.window->findChild<QInputDialog*>();
    QVERIFY(ask != nullptr);
    QCOMPARE(desktop.stage.submitted.size(), std::size_t(1));
    ask->setTextValue(QStringLiteral("ok"));
    ask->accept();
    QCOMPARE(desktop.stage.submitted.size(), std::size_t(1));  // it tells nobody anything, so it is asked for again
    ask = desktop.window->findChildren<QInputDialog*>().last();
    ask->setTextValue(QStringLiteral("drill is over"));
    ask->accept();
    QCOMPARE(desktop.stage.submitted.size(), std::size_t(2));
    QVERIFY(desktop.stage.submitted.back().kind == domain::CommandKind::resumeActions);
    QCOMPARE(desktop.stage.submitted.back().reason, std::string("drill is over"));
}

void MainWindowTest::proposals_are_counted_on_the_switch_of_pages() {
    Desktop desktop;
    desktop.stage.fleet.recovery = views::recoveryReport(desktop.stage.fleet.wall());
    desktop.stage.tick();
    auto* button = desktop.window->findChild<QToolButton*>(QStringLiteral("page-recovery"));
    QCOMPARE(button->text(), QStringLiteral("Recovery (1)"));
}

void MainWindowTest::the_menu_of_a_breaker_leads_to_its_recovery_actions() {
    Desktop desktop;
    desktop.stage.fleet.recovery = views::recoveryReport(desktop.stage.fleet.wall());
    desktop.stage.tick(10);
    QTest::keyClick(desktop.window.get(), Qt::Key_Y, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(desktop.window->pages().page() == Page::recovery);
    QVERIFY(desktop.window->recovery().isVisible());
}

void MainWindowTest::menu_and_charts_lead_to_the_history_of_a_breaker() {
    Desktop desktop;
    desktop.stage.tick(10);
    QTest::keyClick(desktop.window.get(), Qt::Key_H, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(desktop.window->pages().page() == Page::history);
    desktop.window->pages().turnTo(Page::breakers);
    QTest::mouseClick(desktop.window->findChild<QToolButton*>(QStringLiteral("charts-longer")), Qt::LeftButton);
    QVERIFY(desktop.window->pages().page() == Page::history);
    const auto* bar = desktop.window->findChild<views::HistoryBar*>();
    QVERIFY(bar->breaker() == desktop.stage.models.selected());
}

void MainWindowTest::plain_keys_do_nothing_to_a_breaker() {
    Desktop desktop;
    desktop.stage.tick(10);
    for (int key = Qt::Key_A; key <= Qt::Key_Z; ++key) {
        QTest::keyClick(&desktop.window->fleet().table(), static_cast<Qt::Key>(key));
    }
    QTest::keyClick(&desktop.window->fleet().table(), Qt::Key_Delete);
    QVERIFY(desktop.window->findChild<views::CommandDialog*>() == nullptr);
    QVERIFY(desktop.stage.submitted.empty());
}

void MainWindowTest::no_two_actions_share_a_shortcut() {
    views::FakeLab lab;
    Desktop desktop(&lab);
    QStringList seen;
    for (const QAction* action : desktop.window->findChildren<QAction*>()) {
        const QString keys = action->shortcut().toString();
        if (keys.isEmpty()) continue;
        QVERIFY2(!seen.contains(keys), qPrintable(keys));
        QVERIFY2(keys.contains(QLatin1Char('+')) || keys == QStringLiteral("F1"), qPrintable(keys));
        seen << keys;
    }
    QVERIFY(seen.size() >= 10);
}

void MainWindowTest::what_becomes_of_a_command_is_said_in_the_status_bar() {
    Desktop desktop;
    desktop.stage.tick(10);
    typeReasonAndConfirm(*desktop.window->openCommand(views::BreakerAction::trip));
    QVERIFY(desktop.statusSays(QStringLiteral("pending")));
    desktop.stage.fleet.report(desktop.stage.submitted.at(0), domain::CommandStatus::applied, "tripped");
    desktop.stage.tick();
    QVERIFY(desktop.statusSays(QStringLiteral("applied")));
}

void MainWindowTest::the_status_bar_offers_to_try_again_what_became_unknown() {
    Desktop desktop;
    desktop.stage.tick(10);
    auto* again = desktop.window->statusBar()->findChild<views::TryAgainButton*>();
    QVERIFY(again != nullptr && !again->isVisible());
    typeReasonAndConfirm(*desktop.window->openCommand(views::BreakerAction::trip));
    desktop.stage.tick(50);
    QVERIFY(desktop.statusSays(QStringLiteral("outcome unknown")));
    QVERIFY(again->isVisible());
    QTest::mouseClick(again, Qt::LeftButton);
    QCOMPARE(desktop.stage.submitted.size(), std::size_t{2});
    QVERIFY(desktop.stage.submitted[0].id == desktop.stage.submitted[1].id);
    QVERIFY(!again->isVisible());
}

void MainWindowTest::stale_data_is_marked_until_new_ones_come() {
    Desktop desktop;
    desktop.stage.tick();
    auto* banner = desktop.window->findChild<StaleBanner*>();
    QVERIFY(!banner->isVisible());
    desktop.window->setStale(true);
    QVERIFY(banner->isVisible());
    QVERIFY(desktop.statusSays(QStringLiteral("Stale")));
    desktop.window->setStale(false);
    desktop.stage.tick();
    QVERIFY(!banner->isVisible());
    QVERIFY(desktop.statusSays(QStringLiteral("Live")));
}

void MainWindowTest::losses_and_lag_stand_in_the_status_bar() {
    Desktop desktop;
    desktop.stage.tick();
    QVERIFY(desktop.statusSays(QStringLiteral("0 events lost")));
    QVERIFY(desktop.statusSays(QStringLiteral("Lag 2.00 ms")));
    desktop.stage.fleet.loseEvents(1200);
    desktop.stage.tick();
    QVERIFY(desktop.statusSays(QStringLiteral("1,200 events lost")));
}

void MainWindowTest::the_lab_is_plain_to_see_and_real_services_are_not_called_lab() {
    views::FakeLab lab;
    Desktop withLab(&lab);
    QVERIFY(withLab.window->windowTitle().contains(QStringLiteral("LAB")));
    QVERIFY(withLab.window->labDock() != nullptr);
    Desktop real;
    QVERIFY(!real.window->windowTitle().contains(QStringLiteral("LAB")));
    QVERIFY(real.window->labDock() == nullptr);
    QVERIFY(real.statusSays(QStringLiteral("services.toml")));
}

void MainWindowTest::the_layout_comes_back_and_can_be_reset() {
    Desktop desktop;
    desktop.stage.tick();
    const int designed = desktop.window->fleet().table().columnWidth(models::FleetModel::Name);
    desktop.window->resize(1100, 700);
    desktop.window->eventsDock().hide();
    desktop.window->fleet().table().setColumnWidth(models::FleetModel::Name, designed + 60);
    desktop.window->fleet().table().sortByColumn(models::FleetModel::P95, Qt::DescendingOrder);
    desktop.window->close();
    desktop.reopen();
    QCOMPARE(desktop.window->size(), QSize(1100, 700));
    QVERIFY(!desktop.window->eventsDock().isVisible());
    QCOMPARE(desktop.window->fleet().table().columnWidth(models::FleetModel::Name), designed + 60);
    QCOMPARE(desktop.stage.models.fleet().sortColumn(), models::FleetModel::P95);

    QTest::keyClick(desktop.window.get(), Qt::Key_0, Qt::ControlModifier);
    QVERIFY(desktop.window->eventsDock().isVisible());
    QCOMPARE(desktop.window->fleet().table().columnWidth(models::FleetModel::Name), designed);
    QCOMPARE(desktop.stage.models.fleet().sortColumn(), models::FleetModel::State);
}

void MainWindowTest::the_theme_can_be_chosen_and_is_remembered() {
    Desktop desktop;
    desktop.appearance.choose(ThemeChoice::dark);
    QVERIFY(QApplication::palette().color(QPalette::Window).lightness() < 100);
    QVERIFY(Appearance(desktop.settings).choice() == ThemeChoice::dark);
    desktop.appearance.choose(ThemeChoice::light);
    QVERIFY(QApplication::palette().color(QPalette::Window).lightness() > 150);
    QVERIFY(!desktop.window->grab().isNull());
}

void MainWindowTest::shortcuts_are_documented() {
    Desktop desktop;
    QTest::keyClick(desktop.window.get(), Qt::Key_F1);
    auto* dialog = desktop.window->findChild<ShortcutsDialog*>();
    QVERIFY(dialog != nullptr);
    const QAbstractItemModel& rows = *dialog->findChild<views::PlainTable*>()->model();
    QStringList keys;
    for (int row = 0; row < rows.rowCount(); ++row) keys << rows.index(row, 0).data().toString();
    for (const QAction* action : desktop.window->findChildren<QAction*>()) {
        if (!action->shortcut().isEmpty())
            QVERIFY(keys.contains(action->shortcut().toString(QKeySequence::NativeText)));
    }
}

void MainWindowTest::every_button_has_a_name_for_those_who_cannot_see() {
    views::FakeLab lab;
    Desktop desktop(&lab);
    desktop.stage.tick();
    for (const QAbstractButton* button : desktop.window->findChildren<QAbstractButton*>()) {
        // Qt's own buttons of docks, tables and line edits carry their names in their actions.
        if (!button->isVisible() || button->objectName().startsWith(QLatin1String("qt_"))) continue;
        if (qobject_cast<QLineEdit*>(button->parentWidget()) != nullptr) continue;
        if (qobject_cast<QAbstractItemView*>(button->parentWidget()) != nullptr) continue;
        const QString name = button->accessibleName() + button->text();
        QVERIFY2(!name.isEmpty(), button->metaObject()->className());
    }
}

void MainWindowTest::nothing_is_cut_at_1280x800() {
    views::FakeLab lab;
    Desktop desktop(&lab);
    desktop.window->resize(1280, 800);
    desktop.stage.tick(20);
    QCOMPARE(desktop.window->size(), QSize(1280, 800));
    for (const QToolButton* button : desktop.window->findChildren<QToolButton*>()) {
        if (button->isVisible() && !button->text().isEmpty()) QVERIFY(button->width() >= button->sizeHint().width());
    }
    const auto fullRows = [](const QTableView& table) {
        return table.viewport()->height() / table.verticalHeader()->defaultSectionSize();
    };
    QVERIFY2(fullRows(desktop.window->fleet().table()) >= 8, "the lab's breakers are not all seen");
    QVERIFY2(fullRows(desktop.window->events().table()) >= 3, "too few events are seen");
    const QHeaderView& header = *desktop.window->fleet().table().horizontalHeader();
    QVERIFY2(header.length() <= header.viewport()->width(), "the table needs a horizontal scroll bar");
}

FUSEBOX_TEST(MainWindowTest)

}  // namespace fusebox::shell

#include "main_window_test.moc"
