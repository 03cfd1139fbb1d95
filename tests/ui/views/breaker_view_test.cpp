#include <fusebox/breaker/circuit_breaker_config.h>
#include <fusebox/format/safe_label.h>
#include <fusebox/support/test_case.h>
#include <fusebox/views/breaker_header.h>
#include <fusebox/views/breaker_view.h>
#include <fusebox/views/charts_panel.h>
#include <fusebox/views/plain_table.h>
#include <fusebox/views/text_dialog.h>
#include <fusebox/widgets/state_diagram.h>

#include "stage.h"

#include <QElapsedTimer>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTabWidget>
#include <QToolButton>

namespace fusebox::views {
namespace {

struct Detail {
    explicit Detail(int breakers) : stage(breakers), header(stage.models, actions), view(stage.models) {
        view.setMotionScale(0);
        view.resize(1280, 340);
        view.show();
        header.show();
    }

    PlainTable* table(const QString& name) {
        for (PlainTable* each : view.findChildren<PlainTable*>()) {
            if (each->accessibleName() == name) return each;
        }
        return nullptr;
    }
    bool says(const QString& text) {
        for (const QLabel* label : view.findChildren<QLabel*>() + header.findChildren<QLabel*>()) {
            const auto* foreign = qobject_cast<const format::SafeLabel*>(label);
            const QString said = foreign != nullptr ? foreign->fullText() : label->text();
            if (label->isVisible() && said.contains(text)) return true;
        }
        return false;
    }

    Stage stage;
    BreakerActions actions;
    BreakerHeader header;
    BreakerView view;
};

}  // namespace

class BreakerViewTest : public QObject {
    Q_OBJECT
private slots:
    void before_the_first_data_it_says_what_it_waits_for();
    void the_diagram_follows_the_breaker_that_is_looked_at();
    void the_lists_show_errors_transitions_holds_and_configuration();
    void an_error_of_a_megabyte_is_shown_cut_and_does_not_hang();
    void a_command_is_shown_as_pending_and_then_as_what_became_of_it();
    void an_unknown_outcome_can_be_tried_again_until_it_is_known();
    void actions_that_cannot_be_done_are_off_and_say_why();
    void the_span_of_the_charts_can_be_changed();
    void lists_move_beside_the_charts_where_there_is_room();
    void a_breaker_that_left_is_said_to_be_gone();
};

void BreakerViewTest::before_the_first_data_it_says_what_it_waits_for() {
    Detail detail(0);
    QVERIFY(detail.says(QStringLiteral("Waiting for the first data")));
    detail.stage.tick();
    QVERIFY(detail.says(QStringLiteral("There is no breaker yet")));
}

void BreakerViewTest::the_diagram_follows_the_breaker_that_is_looked_at() {
    Detail detail(6);
    detail.stage.fleet.changeState(1, domain::State::open, domain::TransitionCause::tripRule);
    detail.stage.tick(10);
    detail.stage.models.select(detail.stage.fleet.idAt(1));
    auto* diagram = detail.view.findChild<widgets::StateDiagram*>();
    QVERIFY(diagram->content()->ruling == widgets::DiagramNode::open);
    QVERIFY(detail.says(QStringLiteral("payments")));
    detail.stage.fleet.changeState(1, domain::State::halfOpen, domain::TransitionCause::waitElapsed);
    detail.stage.tick();
    QVERIFY(diagram->content()->ruling == widgets::DiagramNode::halfOpen);
    detail.stage.models.select(detail.stage.fleet.idAt(0));
    QVERIFY(diagram->content()->ruling == widgets::DiagramNode::closed);
}

void BreakerViewTest::the_lists_show_errors_transitions_holds_and_configuration() {
    Detail detail(2);
    QVERIFY(detail.table(QStringLiteral("Errors")) != nullptr);
    detail.stage.tick();
    QCOMPARE(detail.table(QStringLiteral("Holds"))->model()->rowCount(), 0);
    QCOMPARE(detail.table(QStringLiteral("Holds"))->emptyText(), QStringLiteral("Nobody holds this breaker."));
    detail.stage.fleet.addError(0, "no answer in 2 s");
    detail.stage.fleet.changeState(0, domain::State::open, domain::TransitionCause::tripRule);
    detail.stage.fleet.hold(0, domain::HoldMode::forceOpen, "ann", "deploy");
    detail.stage.models.select(detail.stage.fleet.idAt(0));
    detail.stage.tick();
    QCOMPARE(detail.table(QStringLiteral("Errors"))->model()->rowCount(), 1);
    QCOMPARE(detail.table(QStringLiteral("Transitions"))->model()->rowCount(), 1);
    QCOMPARE(detail.table(QStringLiteral("Holds"))->model()->rowCount(), 1);
    QCOMPARE(detail.table(QStringLiteral("Configuration"))->model()->rowCount(),
             static_cast<int>(breaker::CircuitBreakerConfig::options().size()));
    QTabWidget& lists = detail.view.lists();
    QCOMPARE(lists.tabText(lists.indexOf(detail.table(QStringLiteral("Errors")))), QStringLiteral("Errors (1)"));
}

void BreakerViewTest::an_error_of_a_megabyte_is_shown_cut_and_does_not_hang() {
    Detail detail(1);
    detail.stage.fleet.addError(0, "<b>" + std::string(1'000'000, 'e') + "\n</b>");
    QElapsedTimer watch;
    watch.start();
    detail.stage.tick(3);
    PlainTable* errors = detail.table(QStringLiteral("Errors"));
    detail.view.lists().setCurrentWidget(errors);
    QVERIFY(!detail.view.grab().isNull());
    errors->selectRow(0);
    QTest::keyClick(errors, Qt::Key_Return);
    auto* whole = detail.view.findChild<TextDialog*>();
    QVERIFY(whole != nullptr);
    auto* text = whole->findChild<QPlainTextEdit*>();
    QVERIFY(text->toPlainText().contains(QStringLiteral("<b>eee")));
    QVERIFY(text->toPlainText().size() < 30'000);
    QVERIFY(!whole->grab().isNull());
    QVERIFY(watch.elapsed() < 3000);
}

void BreakerViewTest::a_command_is_shown_as_pending_and_then_as_what_became_of_it() {
    Detail detail(2);
    detail.stage.tick(5);
    detail.stage.models.select(detail.stage.fleet.idAt(1));
    intent::Wish wish;
    wish.kind = domain::CommandKind::trip;
    wish.reason = QStringLiteral("drill");
    detail.stage.desk.submit(wish, detail.stage.models.selectedRow()->snapshot);
    QVERIFY(detail.says(QStringLiteral("pending")));
    const domain::Command command = detail.stage.submitted.at(0);
    detail.stage.fleet.report(command, domain::CommandStatus::applied, "tripped");
    detail.stage.tick();
    QVERIFY(detail.says(QStringLiteral("applied")));

    detail.stage.desk.submit(wish, detail.stage.models.selectedRow()->snapshot);
    detail.stage.fleet.report(detail.stage.submitted.at(1), domain::CommandStatus::refused, "it is open already");
    detail.stage.tick();
    QVERIFY(detail.says(QStringLiteral("refused")));
    QVERIFY(detail.says(QStringLiteral("it is open already")));
    detail.stage.models.select(detail.stage.fleet.idAt(0));
    QVERIFY(!detail.says(QStringLiteral("refused - ")));
}

// Rule R22.
void BreakerViewTest::an_unknown_outcome_can_be_tried_again_until_it_is_known() {
    Detail detail(2);
    detail.stage.tick(5);
    detail.stage.models.select(detail.stage.fleet.idAt(1));
    auto* again = detail.header.findChild<QToolButton*>(QStringLiteral("try-again"));
    QVERIFY(again != nullptr && !again->isVisible());
    intent::Wish wish;
    wish.kind = domain::CommandKind::trip;
    wish.reason = QStringLiteral("drill");
    detail.stage.desk.submit(wish, detail.stage.models.selectedRow()->snapshot);
    QVERIFY(!again->isVisible());
    detail.stage.tick(50);  // 5 s
    QVERIFY(detail.says(QStringLiteral("outcome unknown - No answer in 5 s.")));
    QVERIFY(again->isVisible());
    QVERIFY(again->toolTip().contains(QStringLiteral("cannot be done twice")));
    detail.stage.models.select(detail.stage.fleet.idAt(0));
    QVERIFY(!again->isVisible());  // it is about the other one
    detail.stage.models.select(detail.stage.fleet.idAt(1));
    QTest::mouseClick(again, Qt::LeftButton);
    QCOMPARE(detail.stage.submitted.size(), std::size_t{2});
    QVERIFY(detail.stage.submitted[0].id == detail.stage.submitted[1].id);
    QVERIFY(detail.says(QStringLiteral("sent again, pending")));
    QVERIFY(!again->isVisible());
    detail.stage.tick(50);
    QVERIFY(again->isVisible());
    // Then the agent is there again and tells of it.
    detail.stage.fleet.report(detail.stage.submitted[0], domain::CommandStatus::applied, "tripped");
    detail.stage.tick();
    QVERIFY(detail.says(QStringLiteral("applied")));
    QVERIFY(!again->isVisible());
}

void BreakerViewTest::actions_that_cannot_be_done_are_off_and_say_why() {
    Detail detail(1);
    for (const QAction* action : detail.actions.all()) QVERIFY(!action->isEnabled());
    detail.stage.tick();
    detail.actions.show(&detail.stage.models.selectedRow()->snapshot, detail.stage.desk);
    QVERIFY(detail.actions.action(BreakerAction::trip)->isEnabled());
    const QAction* release = detail.actions.action(BreakerAction::release);
    QVERIFY(!release->isEnabled());
    QVERIFY(release->toolTip().contains(QLatin1Char('\n')));
}

void BreakerViewTest::the_span_of_the_charts_can_be_changed() {
    Detail detail(1);
    detail.stage.tick(30);
    for (QToolButton* button : detail.view.charts().spanSwitch()->findChildren<QToolButton*>()) {
        if (!button->isCheckable()) continue;  // leads elsewhere
        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(button->isChecked());
    }
    QCOMPARE(detail.view.charts().minutes(), 15);
}

void BreakerViewTest::lists_move_beside_the_charts_where_there_is_room() {
    Detail detail(1);
    detail.stage.tick();
    QVERIFY(detail.view.lists().indexOf(&detail.view.charts()) >= 0);
    detail.view.resize(1900, 400);
    QTRY_VERIFY(detail.view.lists().indexOf(&detail.view.charts()) < 0);
    QVERIFY(detail.view.charts().isVisible());
    QVERIFY(detail.view.lists().isVisible());
    QVERIFY(detail.view.charts().spanSwitch()->isVisible());
    detail.view.resize(1280, 400);
    QTRY_VERIFY(detail.view.lists().indexOf(&detail.view.charts()) >= 0);
    QVERIFY(detail.view.charts().spanSwitch()->isVisible());
}

void BreakerViewTest::a_breaker_that_left_is_said_to_be_gone() {
    Detail detail(1);
    detail.stage.tick();
    detail.stage.fleet.rename(0, "another");
    detail.stage.tick();
    QVERIFY(detail.says(QStringLiteral("orders-api is not there any more")));
}

FUSEBOX_TEST(BreakerViewTest)

}  // namespace fusebox::views

#include "breaker_view_test.moc"
