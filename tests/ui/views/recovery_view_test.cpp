#include <fusebox/support/test_case.h>
#include <fusebox/views/action_panel.h>
#include <fusebox/views/command_dialog.h>
#include <fusebox/views/plain_table.h>
#include <fusebox/views/recovery_view.h>
#include <fusebox/widgets/summary_tile.h>

#include "fake_trouble.h"
#include "stage.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>

namespace fusebox::views {
namespace {

using Model = models::ActionsModel;

struct Page {
    explicit Page(bool withActions = true) {
        stage.fleet.errors = errorReport(stage.fleet.wall());
        if (withActions) stage.fleet.recovery = recoveryReport(stage.fleet.wall());
        stage.fleet.rename(0, "orders-api");
        stage.fleet.rename(1, "payments");
        view.resize(1280, 720);
        view.show();
        stage.tick();
    }

    QString cell(int row, Model::Column column) { return view.actions().index(row, column).data().toString(); }
    QString figure(const QString& caption) {
        for (auto* tile : view.findChildren<widgets::SummaryTile*>()) {
            if (tile->caption() == caption) return tile->figure();
        }
        return {};
    }
    void select(const char* breaker, domain::RecoveryAction action) {
        view.actionsTable().selectRow(view.actions().rowOf({domain::BreakerId(breaker), action}));
    }
    std::shared_ptr<domain::RecoveryReport> copy() const {
        return std::make_shared<domain::RecoveryReport>(*stage.fleet.recovery);
    }
    void confirm(CommandDialog& dialog) {
        QTest::keyClicks(dialog.findChild<QLineEdit*>(QString(), Qt::FindChildrenRecursively),
                         QStringLiteral("drill tonight"));
        QTest::mouseClick(dialog.findChild<QPushButton*>(QStringLiteral("confirm")), Qt::LeftButton);
    }

    Stage stage{4};
    RecoveryView view{stage.models};
};

}  // namespace

class RecoveryViewTest : public QObject {
    Q_OBJECT
private slots:
    void it_says_what_is_not_there();
    void what_asks_for_attention_stands_first();
    void the_totals_say_what_runs_and_whether_it_helps();
    void the_panel_says_what_the_action_does_and_did();
    void a_run_is_asked_for_with_a_reason();
    void what_cannot_be_run_has_no_button_and_says_why();
    void another_mode_is_asked_for_and_the_old_one_stands_until_then();
    void a_run_of_the_history_is_told_whole();
    void enter_leads_to_the_breaker_and_to_the_pattern();
    void the_filter_finds_by_standing();
    void the_selection_stays_with_its_action();
    void a_breaker_that_a_filter_hides_can_be_shown();
    void hostile_texts_stay_text();
    void ten_thousand_actions_are_shown();
};

void RecoveryViewTest::it_says_what_is_not_there() {
    Page page(false);
    QVERIFY(page.view.actionsTable().emptyText().contains(QStringLiteral("[[dependency.action]]")));
    QCOMPARE(page.figure(QStringLiteral("Running")), QStringLiteral("–"));
    QVERIFY(!page.view.panel().runButton().isVisible());
}

void RecoveryViewTest::what_asks_for_attention_stands_first() {
    Page page;
    QCOMPARE(page.view.actions().rowCount(), 6);
    QCOMPARE(page.cell(0, Model::Standing), QStringLiteral("Running: waiting for 3 calls in flight"));
    QVERIFY(page.cell(1, Model::Standing).startsWith(QStringLiteral("Proposed: 1,824 errors")));
    QCOMPARE(page.cell(2, Model::Breaker), QStringLiteral("payments"));
    QVERIFY(page.cell(2, Model::Standing).startsWith(QStringLiteral("Locked after 2 failures")));
    QCOMPARE(page.cell(3, Model::Standing), QStringLiteral("Cools down, 0:42 left"));
    QCOMPARE(page.cell(3, Model::Helped), QStringLiteral("2 of 2"));
    QCOMPARE(page.cell(1, Model::Mode), QStringLiteral("Proposed"));
    QCOMPARE(page.cell(1, Model::ThisHour), QStringLiteral("1 of 4"));
}

void RecoveryViewTest::the_totals_say_what_runs_and_whether_it_helps() {
    Page page;
    QCOMPARE(page.figure(QStringLiteral("Running")), QStringLiteral("1"));
    QCOMPARE(page.figure(QStringLiteral("Proposed")), QStringLiteral("1"));
    QCOMPARE(page.figure(QStringLiteral("Locked")), QStringLiteral("1"));
    QCOMPARE(page.figure(QStringLiteral("Helped")), QStringLiteral("75.0 %"));
    QCOMPARE(page.figure(QStringLiteral("Closed after")), QStringLiteral("11 s"));
}

void RecoveryViewTest::the_panel_says_what_the_action_does_and_did() {
    Page page;
    page.select("orders-api", domain::RecoveryAction::restartService);
    QVERIFY(page.view.panel().textShown().contains(QStringLiteral("Restart service")));
    QVERIFY(page.view.panel().textShown().contains(QStringLiteral("Result: failed")));
    QCOMPARE(page.view.panel().runButton().text(), QStringLiteral("App&rove..."));
    page.select("inventory-db", domain::RecoveryAction::alertAdmin);
    QCOMPARE(page.view.panel().textShown(), QStringLiteral("It was not run yet."));
    QCOMPARE(page.view.panel().runButton().text(), QStringLiteral("&Run..."));
}

void RecoveryViewTest::a_run_is_asked_for_with_a_reason() {
    Page page;
    page.select("orders-api", domain::RecoveryAction::restartService);
    QTest::mouseClick(&page.view.panel().runButton(), Qt::LeftButton);
    auto* dialog = page.view.findChild<CommandDialog*>();
    QVERIFY(dialog != nullptr);
    QVERIFY(page.stage.submitted.empty());
    page.confirm(*dialog);
    QCOMPARE(page.stage.submitted.size(), std::size_t{1});
    const domain::Command& command = page.stage.submitted.front();
    QVERIFY(command.kind == domain::CommandKind::action);
    QVERIFY(command.action == domain::RecoveryAction::restartService);
    QCOMPARE(command.breaker.value, std::string("orders-api"));
    QCOMPARE(command.reason, std::string("drill tonight"));
    QVERIFY2(!page.view.panel().runButton().isEnabled(), "a second press while the first is on its way");
}

void RecoveryViewTest::what_cannot_be_run_has_no_button_and_says_why() {
    Page page;
    page.select("orders-api", domain::RecoveryAction::switchEndpoint);
    QVERIFY(!page.view.panel().runButton().isEnabled());
    QCOMPARE(page.view.panel().runButton().toolTip(), QStringLiteral("No backup is configured."));
    page.select("orders-api", domain::RecoveryAction::resetConnection);
    QVERIFY(!page.view.panel().runButton().isEnabled());
    QVERIFY(page.view.openRun() == nullptr);
}

void RecoveryViewTest::another_mode_is_asked_for_and_the_old_one_stands_until_then() {
    Page page;
    page.select("orders-api", domain::RecoveryAction::restartService);
    QComboBox& mode = page.view.panel().mode();
    QCOMPARE(mode.currentText(), QStringLiteral("Proposed"));
    mode.setCurrentIndex(static_cast<int>(domain::ActionMode::automatic));
    emit mode.activated(static_cast<int>(domain::ActionMode::automatic));
    auto* dialog = page.view.findChild<CommandDialog*>();
    QVERIFY(dialog != nullptr);
    QCOMPARE(mode.currentText(), QStringLiteral("Proposed"));
    page.confirm(*dialog);
    QVERIFY(page.stage.submitted.front().kind == domain::CommandKind::actionMode);
    QVERIFY(page.stage.submitted.front().mode == domain::ActionMode::automatic);
}

void RecoveryViewTest::a_run_of_the_history_is_told_whole() {
    Page page;
    QCOMPARE(page.view.history().rowCount(), 4);
    page.view.historyTable().selectRow(2);
    QVERIFY(page.view.panel().textShown().contains(QStringLiteral("Result: failed")));
    page.stage.fleet.recovery = page.copy();
    page.stage.tick(2);
    QVERIFY2(page.view.panel().textShown().contains(QStringLiteral("Result: failed")), "it stays while reports come");
}

void RecoveryViewTest::enter_leads_to_the_breaker_and_to_the_pattern() {
    Page page;
    QSignalSpy breakers(&page.view, &RecoveryView::breakerWanted);
    QSignalSpy patterns(&page.view, &RecoveryView::patternWanted);
    page.view.historyTable().selectRow(1);
    QTest::keyClick(&page.view.historyTable(), Qt::Key_Return);
    QCOMPARE(breakers.size(), 1);
    QCOMPARE(breakers.at(0).at(0).value<domain::BreakerId>().value, std::string("inventory-db"));
    for (int row = 0; row < 2; ++row) {
        page.view.ratesTable().selectRow(row);
        QTest::keyClick(&page.view.ratesTable(), Qt::Key_Return);
    }
    QCOMPARE(patterns.size(), 1);  // the first one is over all patterns
}

void RecoveryViewTest::the_filter_finds_by_standing() {
    Page page;
    auto* line = page.view.findChild<QLineEdit*>();
    line->setText(QStringLiteral("locked"));
    QTest::keyClick(line, Qt::Key_Return);
    QCOMPARE(page.view.actions().rowCount(), 1);
    QCOMPARE(page.cell(0, Model::Breaker), QStringLiteral("payments"));
    line->setText(QStringLiteral("nothing like this"));
    QTest::keyClick(line, Qt::Key_Return);
    QCOMPARE(page.view.actionsTable().emptyText(), QStringLiteral("No action matches the filter."));
}

void RecoveryViewTest::the_selection_stays_with_its_action() {
    Page page;
    QAbstractItemModelTester actions(&page.view.actions(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    QAbstractItemModelTester history(&page.view.history(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    page.select("inventory-db", domain::RecoveryAction::reduceLoad);
    auto changed = page.copy();
    changed->breakers[1].actions[0].coolDownLeft = {};
    changed->breakers[1].actions[0].proposal = "again";
    changed->breakers.pop_back();
    changed->history.erase(changed->history.begin());
    page.stage.fleet.recovery = changed;
    page.stage.tick();
    const int row = page.view.actionsTable().currentIndex().row();
    QVERIFY(page.view.actions().key(row).action == domain::RecoveryAction::reduceLoad);
    QCOMPARE(page.view.actions().rowCount(), 5);
    QCOMPARE(page.view.history().rowCount(), 3);
}

void RecoveryViewTest::a_breaker_that_a_filter_hides_can_be_shown() {
    Page page;
    page.view.actions().setFilter(QStringLiteral("locked"));
    page.view.showBreaker(domain::BreakerId("inventory-db"));
    QCOMPARE(page.cell(page.view.actionsTable().currentIndex().row(), Model::Breaker), QStringLiteral("inventory-db"));
}

void RecoveryViewTest::hostile_texts_stay_text() {
    Page page;
    auto changed = page.copy();
    changed->breakers[0].actions[0].proposal = "<img src='/dev/zero'>\nsecond \xE2\x80\xAE line";
    changed->breakers[0].actions[0].effect = "<table><tr><td>";
    changed->history[0].detail = std::string(1'000'000, 'x');
    changed->history[0].output = "\x1b[2J<b>bold</b>";
    page.stage.fleet.recovery = changed;
    page.stage.tick();
    page.select("orders-api", domain::RecoveryAction::restartService);
    page.view.historyTable().selectRow(0);
    const int row =
        page.view.actions().rowOf({domain::BreakerId("orders-api"), domain::RecoveryAction::restartService});
    QVERIFY(!page.cell(row, Model::Standing).contains(QLatin1Char('\n')));
    QVERIFY(page.view.actions()
                .index(row, Model::Breaker)
                .data(Qt::ToolTipRole)
                .toString()
                .contains(QStringLiteral("&lt;table")));
    QVERIFY(page.view.panel().textShown().size() < 30'000);
    QVERIFY(!page.view.panel().textShown().contains(QChar(0x1b)));
}

void RecoveryViewTest::ten_thousand_actions_are_shown() {
    Page page;
    auto changed = page.copy();
    for (int i = 0; i < 5'000; ++i) {
        changed->breakers.push_back({domain::BreakerId("service-" + std::to_string(i)), changed->breakers[1].actions});
    }
    page.stage.fleet.recovery = changed;
    page.stage.tick(3);
    QCOMPARE(page.view.actions().rowCount(), 10'006);
    QCOMPARE(page.cell(0, Model::Breaker), QStringLiteral("orders-api"));
    page.view.showBreaker(domain::BreakerId("service-4999"));
    QVERIFY(page.view.actionsTable().currentIndex().row() > 5'000);
}

FUSEBOX_TEST(RecoveryViewTest)

}  // namespace fusebox::views

#include "recovery_view_test.moc"
