#include <fusebox/format/safe_label.h>
#include <fusebox/support/test_case.h>
#include <fusebox/views/breaker_dialogs.h>
#include <fusebox/views/breaker_header.h>
#include <fusebox/views/breaker_menu.h>
#include <fusebox/views/command_dialog.h>
#include <fusebox/views/fleet_table.h>
#include <fusebox/views/fleet_view.h>

#include "stage.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include <set>

namespace fusebox::views {
namespace {

struct Floor {
    explicit Floor(int breakers = 6) : stage(breakers) {
        view.resize(1280, 400);
        view.show();
        header.show();
        stage.tick(20);
        [[maybe_unused]] const bool active = QTest::qWaitForWindowActive(&view);
    }

    FleetTable& table() { return view.table(); }
    void click(int row, Qt::KeyboardModifiers keys = {}) {
        const QRect cell = table().visualRect(table().model()->index(row, models::FleetModel::Name));
        QTest::mouseClick(table().viewport(), Qt::LeftButton, keys, cell.center());
    }
    std::set<std::string> chosen() {
        std::set<std::string> names;
        for (const domain::BreakerId& id : stage.models.chosen()) names.insert(id.value);
        return names;
    }
    std::string at(int row) { return stage.models.fleet().idAt(row).value; }
    void showActions() {
        std::vector<const domain::Snapshot*> all;
        for (const domain::BreakerId& id : stage.models.chosen()) {
            all.push_back(&stage.models.fleet().find(id)->snapshot);
        }
        actions.show(all, stage.desk);
    }
    bool headerSays(const QString& text) {
        for (const QLabel* label : header.findChildren<QLabel*>()) {
            const auto* foreign = qobject_cast<const format::SafeLabel*>(label);
            const QString said = foreign != nullptr ? foreign->fullText() : label->text();
            if (label->isVisible() && said.contains(text)) return true;
        }
        return false;
    }
    static void confirm(CommandDialog& dialog) {
        QTest::keyClicks(dialog.findChild<QLineEdit*>(), QStringLiteral("fire drill"));
        QTest::mouseClick(dialog.findChild<QPushButton*>(QStringLiteral("confirm")), Qt::LeftButton);
    }
    static QString forecastOf(CommandDialog& dialog) {
        for (const QLabel* label : dialog.findChildren<QLabel*>()) {
            if (label->accessibleName() == QStringLiteral("What will happen")) return label->text();
        }
        return {};
    }

    Stage stage;
    QWidget parent;
    BreakerActions actions;
    BreakerDialogs dialogs{stage.models, actions, parent};
    BreakerHeader header{stage.models, actions};
    FleetView view{stage.models};
};

}  // namespace

class ManyBreakersTest : public QObject {
    Q_OBJECT
private slots:
    void several_rows_can_be_selected_by_mouse_and_keys();
    void the_one_that_is_looked_at_is_always_among_them();
    void the_choice_survives_frames_sorts_and_new_breakers();
    void an_action_is_done_to_all_that_are_selected_by_one_command_each();
    void those_for_which_it_is_not_possible_are_left_out_and_named();
    void for_many_the_number_must_be_typed();
    void more_than_pass_the_gate_at_once_cannot_be_confirmed_R18();
    void a_group_gets_one_command();
    void my_holds_in_a_group_are_released_together();
    void the_menu_says_whom_it_is_about();
    void hostile_group_names_stay_plain();
};

void ManyBreakersTest::several_rows_can_be_selected_by_mouse_and_keys() {
    Floor floor;
    floor.click(1);
    QCOMPARE(floor.chosen(), (std::set{floor.at(1)}));
    QVERIFY(!floor.headerSays(QStringLiteral("are selected")));
    floor.click(3, Qt::ControlModifier);
    QCOMPARE(floor.chosen(), (std::set{floor.at(1), floor.at(3)}));
    QCOMPARE(floor.stage.models.selected().value, floor.at(3));
    QVERIFY(floor.headerSays(QStringLiteral("2 breakers are selected")));
    QTest::keyClick(&floor.table(), Qt::Key_Down, Qt::ShiftModifier);
    QVERIFY(floor.chosen().contains(floor.at(4)));
    QTest::keyClick(&floor.table(), Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(floor.chosen().size(), std::size_t(6));
    floor.click(0);
    QCOMPARE(floor.chosen(), (std::set{floor.at(0)}));
}

void ManyBreakersTest::the_one_that_is_looked_at_is_always_among_them() {
    Floor floor;
    floor.click(1);
    floor.click(3, Qt::ControlModifier);
    floor.click(3, Qt::ControlModifier);
    floor.stage.tick(3);
    QCOMPARE(floor.chosen(), (std::set{floor.at(1)}));
    QCOMPARE(floor.stage.models.selected().value, floor.at(1));
    floor.click(1, Qt::ControlModifier);
    floor.stage.tick(3);
    QCOMPARE(floor.chosen().size(), std::size_t(1));
    QVERIFY(floor.chosen().contains(floor.stage.models.selected().value));
}

void ManyBreakersTest::the_choice_survives_frames_sorts_and_new_breakers() {
    Floor floor;
    floor.click(1);
    floor.click(3, Qt::ControlModifier);
    const std::set<std::string> chosen = floor.chosen();
    floor.table().sortByColumn(models::FleetModel::Name, Qt::DescendingOrder);
    floor.stage.fleet.changeState(5, domain::State::open, domain::TransitionCause::tripRule);
    floor.stage.tick(30);
    floor.table().sortByColumn(models::FleetModel::State, Qt::AscendingOrder);
    floor.stage.tick(30);
    QCOMPARE(floor.chosen(), chosen);
    QCOMPARE(floor.table().selectionModel()->selectedRows().size(), 2);
}

void ManyBreakersTest::an_action_is_done_to_all_that_are_selected_by_one_command_each() {
    Floor floor;
    floor.click(1);
    floor.click(3, Qt::ControlModifier);
    const std::set<std::string> meant = floor.chosen();
    floor.showActions();
    auto* dialog = floor.dialogs.openCommand(BreakerAction::trip);
    QVERIFY(Floor::forecastOf(*dialog).startsWith(QStringLiteral("All 2 breakers: about")));
    QCOMPARE(dialog->findChild<QPushButton*>(QStringLiteral("confirm"))->text(), QStringLiteral("Trip 2 breakers"));
    floor.click(0);  // the table is used meanwhile
    floor.stage.tick(3);
    Floor::confirm(*dialog);
    std::set<std::string> tripped;
    for (const domain::Command& command : floor.stage.submitted) tripped.insert(command.breaker.value);
    QCOMPARE(tripped, meant);
    QCOMPARE(floor.stage.submitted.size(), std::size_t(2));
}

void ManyBreakersTest::those_for_which_it_is_not_possible_are_left_out_and_named() {
    Floor floor;
    floor.click(0);
    floor.click(1, Qt::ControlModifier);
    const std::string open = floor.at(1);
    for (int i = 0; i < floor.stage.fleet.size(); ++i) {
        if (floor.stage.fleet.idAt(i).value != open) continue;
        floor.stage.fleet.changeState(i, domain::State::open, domain::TransitionCause::tripRule);
    }
    floor.stage.tick();
    floor.showActions();
    auto* dialog = floor.dialogs.openCommand(BreakerAction::trip);
    QVERIFY(Floor::forecastOf(*dialog).contains(QStringLiteral("Left out: %1").arg(QString::fromStdString(open))));
    Floor::confirm(*dialog);
    QCOMPARE(floor.stage.submitted.size(), std::size_t(1));
    QVERIFY(floor.stage.submitted.front().breaker.value != open);
}

void ManyBreakersTest::for_many_the_number_must_be_typed() {
    Floor floor(12);
    QTest::keyClick(&floor.table(), Qt::Key_A, Qt::ControlModifier);
    floor.showActions();
    auto* dialog = floor.dialogs.openCommand(BreakerAction::holdOpen);
    auto* confirm = dialog->findChild<QPushButton*>(QStringLiteral("confirm"));
    auto* challenge = dialog->findChild<QLineEdit*>(QStringLiteral("challenge"));
    for (QLineEdit* line : dialog->findChildren<QLineEdit*>()) {
        if (line->accessibleName() == QStringLiteral("Reason")) QTest::keyClicks(line, QStringLiteral("fire drill"));
    }
    QVERIFY(!confirm->isEnabled());
    QTest::keyClicks(challenge, QStringLiteral("11"));
    QVERIFY(!confirm->isEnabled());
    challenge->clear();
    QTest::keyClicks(challenge, QStringLiteral("12"));
    QVERIFY(confirm->isEnabled());
    QTest::mouseClick(confirm, Qt::LeftButton);
    QCOMPARE(floor.stage.submitted.size(), std::size_t(12));
}

void ManyBreakersTest::more_than_pass_the_gate_at_once_cannot_be_confirmed_R18() {
    Floor floor(31);
    QTest::keyClick(&floor.table(), Qt::Key_A, Qt::ControlModifier);
    floor.showActions();
    auto* dialog = floor.dialogs.openCommand(BreakerAction::holdOpen);
    for (QLineEdit* line : dialog->findChildren<QLineEdit*>()) {
        line->setText(line->accessibleName() == QStringLiteral("Reason") ? QStringLiteral("fire drill")
                                                                         : QStringLiteral("31"));
    }
    QVERIFY(!dialog->findChild<QPushButton*>(QStringLiteral("confirm"))->isEnabled());
    bool isSaid = false;
    for (const QLabel* label : dialog->findChildren<QLabel*>()) {
        isSaid = isSaid || label->text() == QStringLiteral("At most 30 at once: choose fewer, or their whole group.");
    }
    QVERIFY(isSaid);
}

void ManyBreakersTest::a_group_gets_one_command() {
    Floor floor;
    floor.stage.models.select(floor.stage.fleet.idAt(1));
    QVERIFY(floor.dialogs.openGroupCommand(BreakerAction::trip) == nullptr);
    floor.stage.models.select(floor.stage.fleet.idAt(0));
    floor.stage.models.fleet().setTextFilter(QStringLiteral("orders"));  // what is hidden is in the group, too
    auto* dialog = floor.dialogs.openGroupCommand(BreakerAction::holdOpen);
    QVERIFY2(Floor::forecastOf(*dialog).startsWith(QStringLiteral("All 3 breakers:")),
             qPrintable(Floor::forecastOf(*dialog)));
    QCOMPARE(dialog->findChild<QPushButton*>(QStringLiteral("confirm"))->text(),
             QStringLiteral("Hold open group shop"));
    Floor::confirm(*dialog);
    QCOMPARE(floor.stage.submitted.size(), std::size_t(1));
    const domain::Command& command = floor.stage.submitted.front();
    QCOMPARE(command.group, std::string("shop"));
    QVERIFY(command.breaker.value.empty());
    QVERIFY(command.duration == base::Duration(std::chrono::minutes(30)));
    QVERIFY(floor.headerSays(QStringLiteral("Hold open of group shop: pending")));
}

void ManyBreakersTest::my_holds_in_a_group_are_released_together() {
    Floor floor;
    floor.stage.fleet.hold(0, domain::HoldMode::forceOpen, "ann", "deploy");
    floor.stage.fleet.hold(2, domain::HoldMode::forceOpen, "bob", "deploy");
    floor.stage.tick();
    floor.stage.models.select(floor.stage.fleet.idAt(0));
    auto* dialog = floor.dialogs.openGroupCommand(BreakerAction::release);
    QVERIFY(dialog->findChild<QComboBox*>() == nullptr);
    QVERIFY(Floor::forecastOf(*dialog).startsWith(QStringLiteral("1 of 3 breakers: your holds")));
    Floor::confirm(*dialog);
    QVERIFY(floor.stage.submitted.at(0).kind == domain::CommandKind::release && !floor.stage.submitted.at(0).hold);
}

void ManyBreakersTest::the_menu_says_whom_it_is_about() {
    Floor floor;
    BreakerMenu menu(floor.stage.models, floor.actions, floor.dialogs);
    const auto caption = [&menu] {
        emit menu.aboutToShow();
        return menu.findChild<QAction*>(QStringLiteral("caption"))->text();
    };
    floor.stage.models.select(floor.stage.fleet.idAt(0));
    QCOMPARE(caption(), QStringLiteral("orders-api"));
    QCOMPARE(menu.group().title(), QStringLiteral("&Group shop (3 breakers)"));
    QVERIFY(menu.group().isEnabled());
    floor.stage.models.select(floor.stage.fleet.idAt(1));
    QCOMPARE(caption(), QStringLiteral("payments"));
    QVERIFY(!menu.group().isEnabled());
    floor.click(0);
    floor.click(2, Qt::ControlModifier);
    QCOMPARE(caption(), QStringLiteral("2 selected breakers"));
}

void ManyBreakersTest::hostile_group_names_stay_plain() {
    Floor floor;
    domain::Identity identity = *floor.stage.fleet.snapshot(0).identity;
    identity.group = "<img src='/dev/zero'>&x\n" + std::string(1'000'000, 'g');
    floor.stage.fleet.snapshot(0).identity = std::make_shared<domain::Identity>(identity);
    floor.stage.tick();
    floor.stage.models.select(floor.stage.fleet.idAt(0));
    BreakerMenu menu(floor.stage.models, floor.actions, floor.dialogs);
    emit menu.aboutToShow();
    QVERIFY(menu.group().title().size() < 200);
    auto* dialog = floor.dialogs.openGroupCommand(BreakerAction::trip);
    QVERIFY(!dialog->grab().isNull());
    for (const QLabel* label : dialog->findChildren<QLabel*>()) {
        if (label->text().contains(QStringLiteral("<img"))) QVERIFY(label->textFormat() == Qt::PlainText);
    }
}

FUSEBOX_TEST(ManyBreakersTest)

}  // namespace fusebox::views

#include "many_breakers_test.moc"
