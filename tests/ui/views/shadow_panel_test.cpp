#include <fusebox/format/safe_label.h>
#include <fusebox/support/test_case.h>
#include <fusebox/views/breaker_dialogs.h>
#include <fusebox/views/breaker_tables.h>
#include <fusebox/views/breaker_view.h>
#include <fusebox/views/command_dialog.h>
#include <fusebox/views/config_dialog.h>
#include <fusebox/views/holds_panel.h>
#include <fusebox/views/plain_table.h>
#include <fusebox/views/shadow_panel.h>

#include "fake_reports.h"
#include "stage.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QToolButton>

namespace fusebox::views {
namespace {

struct Detail {
    Detail() {
        view.resize(1280, 340);
        view.show();
        QObject::connect(&shadow(), &ShadowPanel::startWanted, &dialogs, &BreakerDialogs::openShadow);
        QObject::connect(&shadow(), &ShadowPanel::endWanted, &dialogs, &BreakerDialogs::openEndShadow);
        QObject::connect(&shadow(), &ShadowPanel::adoptWanted, &dialogs, &BreakerDialogs::openAdopt);
        QObject::connect(&holds(), &HoldsPanel::releaseWanted, &dialogs, &BreakerDialogs::openRelease);
        stage.tick();
        stage.models.select(stage.fleet.idAt(0));
    }

    void runCandidate(const domain::ShadowReport& report = shadowReport()) {
        stage.fleet.snapshot(0).shadow = std::make_shared<domain::ShadowReport>(report);
        stage.tick();
        view.lists().setCurrentWidget(&shadow());
    }
    ShadowPanel& shadow() { return view.tables().shadow(); }
    HoldsPanel& holds() { return view.tables().holds(); }
    void press(QWidget& panel, const char* name) {
        QTest::mouseClick(panel.findChild<QToolButton*>(QLatin1String(name)), Qt::LeftButton);
    }
    QString said(QWidget& panel, const QString& name) {
        for (const QLabel* label : panel.findChildren<QLabel*>()) {
            const auto* foreign = qobject_cast<const format::SafeLabel*>(label);
            if (label->accessibleName() == name) return foreign != nullptr ? foreign->fullText() : label->text();
        }
        return {};
    }

    Stage stage{2};
    QWidget parent;
    BreakerActions actions;
    BreakerDialogs dialogs{stage.models, actions, parent};
    BreakerView view{stage.models};
};

}  // namespace

class ShadowPanelTest : public QObject {
    Q_OBJECT
private slots:
    void without_a_candidate_one_can_be_started();
    void the_verdict_stands_in_words_and_both_side_by_side();
    void ending_it_asks_and_sends_a_shadow_without_options();
    void adopting_it_opens_the_editor_with_what_differs();
    void a_report_that_comes_each_frame_does_not_disturb_the_list();
    void a_hostile_report_stays_plain();
    void each_hold_can_be_released_by_itself();
    void holds_count_down_without_losing_the_choice();
};

void ShadowPanelTest::without_a_candidate_one_can_be_started() {
    Detail detail;
    detail.view.lists().setCurrentWidget(&detail.shadow());
    QVERIFY(!detail.shadow().hasReport());
    QVERIFY(detail.dialogs.openEndShadow() == nullptr && detail.dialogs.openAdopt() == nullptr);
    detail.press(detail.shadow(), "start-shadow");
    auto* editor = detail.parent.findChild<ConfigDialog*>();
    QVERIFY(editor != nullptr);
    QCOMPARE(editor->windowTitle(), QStringLiteral("Candidate configuration"));
    QCOMPARE(editor->draft().changes(), std::size_t(0));
}

void ShadowPanelTest::the_verdict_stands_in_words_and_both_side_by_side() {
    Detail detail;
    detail.runCandidate();
    QVERIFY(detail.said(detail.shadow(), QStringLiteral("Verdict")).contains(QStringLiteral("tripped 2 times less")));
    QCOMPARE(detail.said(detail.shadow(), QStringLiteral("Live: Trips")), QStringLiteral("4"));
    QCOMPARE(detail.said(detail.shadow(), QStringLiteral("Candidate: Trips")), QStringLiteral("2"));
    QCOMPARE(detail.said(detail.shadow(), QStringLiteral("Live: of them good")), QStringLiteral("not known"));
    const QAbstractItemModel& differing = *detail.shadow().findChild<PlainTable*>()->model();
    QCOMPARE(differing.rowCount(), 3);
    QCOMPARE(differing.index(1, 1).data().toString(), QStringLiteral("10"));
    QCOMPARE(differing.index(1, 2).data().toString(), QStringLiteral("20"));
}

void ShadowPanelTest::ending_it_asks_and_sends_a_shadow_without_options() {
    Detail detail;
    detail.runCandidate();
    detail.press(detail.shadow(), "end-shadow");
    auto* dialog = detail.parent.findChild<CommandDialog*>();
    QVERIFY(dialog != nullptr && detail.stage.submitted.empty());
    QTest::keyClicks(dialog->findChild<QLineEdit*>(), QStringLiteral("seen enough"));
    QTest::mouseClick(dialog->findChild<QPushButton*>(QStringLiteral("confirm")), Qt::LeftButton);
    QVERIFY(detail.stage.submitted.at(0).kind == domain::CommandKind::shadow);
    QVERIFY(detail.stage.submitted.at(0).options.empty());
}

void ShadowPanelTest::adopting_it_opens_the_editor_with_what_differs() {
    Detail detail;
    detail.runCandidate();
    detail.press(detail.shadow(), "adopt-shadow");
    auto* editor = detail.parent.findChild<ConfigDialog*>();
    QCOMPARE(editor->draft().changes(), std::size_t(3));
    QCOMPARE(editor->windowTitle(), QStringLiteral("Configuration"));
}

void ShadowPanelTest::a_report_that_comes_each_frame_does_not_disturb_the_list() {
    Detail detail;
    detail.runCandidate();
    auto* table = detail.shadow().findChild<PlainTable*>();
    QSignalSpy resets(table->model(), &QAbstractItemModel::modelReset);
    table->selectRow(2);
    domain::ShadowReport report = shadowReport();
    report.calls += 10;
    detail.runCandidate(report);
    detail.stage.fleet.addError(0, "another");
    detail.stage.tick(3);
    QCOMPARE(resets.size(), 0);
    QCOMPARE(table->currentIndex().row(), 2);
    QVERIFY(detail.said(detail.shadow(), QStringLiteral("Candidate")).contains(QStringLiteral("18,240 calls")));
}

void ShadowPanelTest::a_hostile_report_stays_plain() {
    Detail detail;
    domain::ShadowReport report = shadowReport();
    report.owner = "<img src='/dev/zero'>\n" + std::string(1'000'000, 'x');
    report.differences = {{"<img src='/dev/zero'>", "<b>\xE2\x80\xAE"}};
    detail.runCandidate(report);
    QVERIFY(!detail.view.grab().isNull());
    for (const QLabel* label : detail.shadow().findChildren<QLabel*>()) {
        if (label->text().contains(QLatin1Char('<'))) QVERIFY(label->textFormat() == Qt::PlainText);
    }
    const QAbstractItemModel& differing = *detail.shadow().findChild<PlainTable*>()->model();
    QVERIFY(!differing.index(0, 0).data(Qt::ToolTipRole).toString().contains(QStringLiteral("<img")));
}

void ShadowPanelTest::each_hold_can_be_released_by_itself() {
    Detail detail;
    detail.stage.fleet.hold(0, domain::HoldMode::forceOpen, "bob", "old");
    detail.stage.fleet.hold(0, domain::HoldMode::forceClosed, "ann", "new");
    detail.stage.fleet.snapshot(0).heldAs = domain::HoldMode::forceOpen;
    detail.stage.tick();
    detail.view.lists().setCurrentWidget(&detail.holds());
    auto* table = detail.holds().findChild<PlainTable*>();
    QCOMPARE(table->model()->index(0, models::HoldsModel::Effect).data().toString(), QStringLiteral("rules"));
    QCOMPARE(table->model()->index(1, models::HoldsModel::Effect).data().toString(), QStringLiteral("overruled"));
    QVERIFY(table->currentIndex().isValid());
    detail.press(detail.holds(), "release-hold");
    auto* dialog = detail.parent.findChild<CommandDialog*>();
    QVERIFY(dialog->findChild<QComboBox*>()->currentText().contains(QStringLiteral("bob: old")));
    delete dialog;
    table->selectRow(1);
    QTest::keyClick(table, Qt::Key_Return);
    dialog = detail.parent.findChild<CommandDialog*>();
    QVERIFY(dialog->findChild<QComboBox*>()->currentText().contains(QStringLiteral("ann: new")));
}

void ShadowPanelTest::holds_count_down_without_losing_the_choice() {
    Detail detail;
    detail.stage.fleet.hold(0, domain::HoldMode::forceOpen, "bob", "old");
    detail.stage.fleet.hold(0, domain::HoldMode::forceOpen, "ann", "new");
    detail.stage.tick();
    auto* table = detail.holds().findChild<PlainTable*>();
    table->selectRow(1);
    for (int left = 20; left > 0; --left) {
        detail.stage.fleet.snapshot(0).holds[0].remaining = std::chrono::seconds(left);
        detail.stage.tick();
    }
    QCOMPARE(table->currentIndex().row(), 1);
    QCOMPARE(table->model()->index(0, models::HoldsModel::Left).data().toString(), QStringLiteral("0:01"));
    detail.stage.fleet.snapshot(0).holds.clear();
    detail.stage.fleet.snapshot(0).heldAs.reset();
    detail.stage.tick();
    QVERIFY(!detail.holds().findChild<QToolButton*>(QStringLiteral("release-hold"))->isVisibleTo(&detail.holds()));
    QVERIFY(detail.dialogs.openRelease(domain::HoldId(1)) == nullptr);
}

FUSEBOX_TEST(ShadowPanelTest)

}  // namespace fusebox::views

#include "shadow_panel_test.moc"
