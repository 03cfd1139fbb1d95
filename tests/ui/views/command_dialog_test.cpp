#include <fusebox/support/test_case.h>
#include <fusebox/views/command_dialog.h>

#include "stage.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>

namespace fusebox::views {
namespace {

// A dialog over a stage whose first six breakers have been seen for two seconds.
struct Opened {
    explicit Opened(BreakerAction action, int index = 0) : Opened(action, index, [](Stage&) {}) {}

    Opened(BreakerAction action, int index, const std::function<void(Stage&)>& prepare) {
        prepare(stage);
        stage.tick(20);
        const models::FleetRow* row = stage.models.fleet().find(stage.fleet.idAt(index));
        dialog = new CommandDialog(stage.models, action, row->snapshot);
        dialog->open();
        [[maybe_unused]] const bool active = QTest::qWaitForWindowActive(dialog);
    }
    ~Opened() { delete dialog; }

    QPushButton* confirm() { return dialog->findChild<QPushButton*>(QStringLiteral("confirm")); }
    QPushButton* cancel() { return dialog->findChild<QPushButton*>(QStringLiteral("cancel")); }
    QLineEdit* reason() { return dialog->findChild<QLineEdit*>(); }
    QString forecast() { return saidBy(QStringLiteral("What will happen")); }
    QString hint() { return saidBy(QStringLiteral("What is missing")); }
    QString saidBy(const QString& name) {
        for (QLabel* label : dialog->findChildren<QLabel*>()) {
            if (label->accessibleName() == name) return label->text();
        }
        return QStringLiteral("there is no such label");
    }

    Stage stage{6};
    QPointer<CommandDialog> dialog;
};

}  // namespace

class CommandDialogTest : public QObject {
    Q_OBJECT
private slots:
    void cancel_has_the_focus_and_enter_does_nothing_to_the_breaker();
    void without_a_reason_that_tells_something_it_cannot_be_confirmed_and_says_why();
    void enter_in_the_reason_moves_on_but_does_not_act();
    void it_says_beforehand_what_will_happen();
    void a_trip_submits_exactly_one_command_for_the_breaker_it_was_opened_for();
    void a_hold_lasts_half_an_hour_unless_chosen_otherwise_and_always_ends_R2();
    void a_hold_closed_lasts_a_quarter_of_an_hour_R10();
    void a_release_names_the_hold();
    void a_breaker_that_went_away_cannot_be_acted_on();
    void what_became_impossible_meanwhile_is_said();
    void a_hostile_name_is_shown_as_it_is_written();
};

void CommandDialogTest::cancel_has_the_focus_and_enter_does_nothing_to_the_breaker() {
    Opened opened(BreakerAction::trip);
    QVERIFY(opened.cancel()->hasFocus());
    QVERIFY(opened.cancel()->isDefault());
    QTest::keyClick(opened.dialog, Qt::Key_Return);
    QVERIFY(opened.dialog == nullptr || !opened.dialog->isVisible());
    QVERIFY(opened.stage.submitted.empty());
}

void CommandDialogTest::without_a_reason_that_tells_something_it_cannot_be_confirmed_and_says_why() {
    Opened opened(BreakerAction::trip);
    QVERIFY(opened.reason()->placeholderText().contains(QStringLiteral("at least 10 characters")));
    QVERIFY(!opened.confirm()->isEnabled());
    QCOMPARE(opened.hint(), QStringLiteral("A reason is required."));
    QTest::keyClicks(opened.reason(), QStringLiteral("   "));
    QVERIFY(!opened.confirm()->isEnabled());
    QCOMPARE(opened.hint(), QStringLiteral("A reason is required."));
    QTest::keyClicks(opened.reason(), QStringLiteral("fire dril"));
    QVERIFY(!opened.confirm()->isEnabled());
    QCOMPARE(opened.hint(), QStringLiteral("The reason has 9 characters; others need at least 10 to understand it."));
    QTest::keyClicks(opened.reason(), QStringLiteral("l"));
    QVERIFY(opened.confirm()->isEnabled());
    QVERIFY(opened.hint().isEmpty());
    opened.reason()->setText(QStringLiteral("............."));
    QVERIFY(!opened.confirm()->isEnabled());
}

void CommandDialogTest::enter_in_the_reason_moves_on_but_does_not_act() {
    Opened opened(BreakerAction::trip);
    QTest::keyClicks(opened.reason(), QStringLiteral("fire drill"));
    QTest::keyClick(opened.reason(), Qt::Key_Return);
    QVERIFY(opened.stage.submitted.empty());
    QVERIFY(opened.dialog->isVisible());
    QVERIFY(opened.confirm()->hasFocus());
}

void CommandDialogTest::it_says_beforehand_what_will_happen() {
    Opened opened(BreakerAction::trip, 1);
    QVERIFY2(opened.forecast().contains(QStringLiteral("calls/s")), qPrintable(opened.forecast()));
    QVERIFY2(opened.forecast().contains(QStringLiteral("refused")), qPrintable(opened.forecast()));
}

void CommandDialogTest::a_trip_submits_exactly_one_command_for_the_breaker_it_was_opened_for() {
    Opened opened(BreakerAction::trip, 2);
    const domain::BreakerId meant = opened.stage.fleet.idAt(2);
    // Meanwhile the table sorts itself anew and somebody looks at another breaker.
    opened.stage.models.fleet().setSort(models::FleetModel::Name, Qt::DescendingOrder);
    opened.stage.fleet.changeState(4, domain::State::open, domain::TransitionCause::tripRule);
    opened.stage.tick(15);
    opened.stage.models.select(opened.stage.fleet.idAt(4));
    QTest::keyClicks(opened.reason(), QStringLiteral(" deploying 1.4.2 "));
    QPushButton* confirm = opened.confirm();
    QTest::mouseClick(confirm, Qt::LeftButton);
    confirm->click();
    QCOMPARE(opened.stage.submitted.size(), std::size_t(1));
    const domain::Command& command = opened.stage.submitted.front();
    QCOMPARE(command.breaker.value, meant.value);
    QVERIFY(command.kind == domain::CommandKind::trip);
    QCOMPARE(command.reason, std::string("deploying 1.4.2"));
    QCOMPARE(command.actor, std::string("ann"));
}

void CommandDialogTest::a_hold_lasts_half_an_hour_unless_chosen_otherwise_and_always_ends_R2() {
    Opened first(BreakerAction::holdOpen);
    QTest::keyClicks(first.reason(), QStringLiteral("deploying it"));
    QTest::mouseClick(first.confirm(), Qt::LeftButton);
    QVERIFY(first.stage.submitted.at(0).duration == base::Duration(std::chrono::minutes(30)));
    QVERIFY(first.stage.submitted.at(0).holdMode == domain::HoldMode::forceOpen);

    Opened second(BreakerAction::holdOpen);
    auto* durations = second.dialog->findChild<QComboBox*>();
    QCOMPARE(durations->count(), 5);
    durations->setCurrentIndex(durations->count() - 1);
    QVERIFY2(second.forecast().contains(QStringLiteral("for 4 h")), qPrintable(second.forecast()));
    QTest::keyClicks(second.reason(), QStringLiteral("deploying it"));
    QTest::mouseClick(second.confirm(), Qt::LeftButton);
    QVERIFY(second.stage.submitted.at(0).duration == base::Duration(std::chrono::hours(4)));
}

void CommandDialogTest::a_hold_closed_lasts_a_quarter_of_an_hour_R10() {
    Opened opened(BreakerAction::holdClosed);
    QTest::keyClicks(opened.reason(), QStringLiteral("deploying it"));
    QTest::mouseClick(opened.confirm(), Qt::LeftButton);
    QVERIFY(opened.stage.submitted.at(0).duration == base::Duration(std::chrono::minutes(15)));
    QVERIFY(opened.stage.submitted.at(0).holdMode == domain::HoldMode::forceClosed);
}

void CommandDialogTest::a_release_names_the_hold() {
    Opened opened(BreakerAction::release, 3, [](Stage& stage) {
        stage.fleet.hold(3, domain::HoldMode::forceOpen, "bob", "old");
        stage.fleet.hold(3, domain::HoldMode::forceClosed, "ann", "new");
    });
    auto* holds = opened.dialog->findChild<QComboBox*>();
    QCOMPARE(holds->count(), 2);
    QVERIFY(holds->itemText(0).contains(QStringLiteral("ann: new")));
    holds->setCurrentIndex(1);
    QTest::keyClicks(opened.reason(), QStringLiteral("it is over now"));
    QTest::mouseClick(opened.confirm(), Qt::LeftButton);
    QCOMPARE(opened.stage.submitted.size(), std::size_t(1));
    QVERIFY(opened.stage.submitted.front().hold == domain::HoldId(1));
}

void CommandDialogTest::a_breaker_that_went_away_cannot_be_acted_on() {
    Opened opened(BreakerAction::trip, 0);
    QTest::keyClicks(opened.reason(), QStringLiteral("fire drill"));
    opened.stage.fleet.rename(0, "somebody else");
    opened.stage.tick();
    QVERIFY(!opened.confirm()->isEnabled());
    QVERIFY(opened.forecast().contains(QStringLiteral("no longer there")));
}

void CommandDialogTest::what_became_impossible_meanwhile_is_said() {
    Opened opened(BreakerAction::trip, 0);
    QTest::keyClicks(opened.reason(), QStringLiteral("fire drill"));
    opened.stage.fleet.changeState(0, domain::State::open, domain::TransitionCause::tripRule);
    opened.stage.tick();
    QVERIFY(!opened.confirm()->isEnabled());
    QVERIFY2(!opened.forecast().isEmpty(), qPrintable(opened.forecast()));
}

void CommandDialogTest::a_hostile_name_is_shown_as_it_is_written() {
    Opened opened(BreakerAction::trip, 0, [](Stage& stage) { stage.fleet.rename(0, "<img src='/dev/zero'>"); });
    bool shown = false;
    for (const QLabel* label : opened.dialog->findChildren<QLabel*>()) {
        if (!label->text().contains(QStringLiteral("<img"))) continue;
        shown = true;
        QVERIFY(label->textFormat() == Qt::PlainText);
    }
    QVERIFY(shown);
    QVERIFY(!opened.dialog->grab().isNull());
}

FUSEBOX_TEST(CommandDialogTest)

}  // namespace fusebox::views

#include "command_dialog_test.moc"
