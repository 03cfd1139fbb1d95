#include <fusebox/support/test_case.h>
#include <fusebox/views/events_view.h>
#include <fusebox/views/plain_table.h>
#include <fusebox/views/text_dialog.h>

#include "stage.h"

#include <QCheckBox>
#include <QPlainTextEdit>

namespace fusebox::views {

class EventsViewTest : public QObject {
    Q_OBJECT
private slots:
    void it_says_that_nothing_has_happened();
    void the_newest_event_stands_on_top();
    void it_can_follow_the_selected_breaker();
    void an_event_can_be_read_whole();
};

void EventsViewTest::it_says_that_nothing_has_happened() {
    Stage stage(2);
    EventsView view(stage.models);
    view.resize(1000, 200);
    view.show();
    stage.tick();
    QCOMPARE(view.table().emptyText(), QStringLiteral("Nothing has happened yet."));
    QVERIFY(!view.grab().isNull());
}

void EventsViewTest::the_newest_event_stands_on_top() {
    Stage stage(2);
    EventsView view(stage.models);
    stage.fleet.changeState(0, domain::State::open, domain::TransitionCause::tripRule);
    stage.tick();
    stage.fleet.changeState(1, domain::State::open, domain::TransitionCause::tripCommand);
    stage.tick();
    QCOMPARE(view.table().model()->rowCount(), 2);
    const QModelIndex top = view.table().model()->index(0, models::EventsModel::Breaker);
    QCOMPARE(top.data().toString(), QStringLiteral("payments"));
}

void EventsViewTest::it_can_follow_the_selected_breaker() {
    Stage stage(2);
    EventsView view(stage.models);
    view.show();
    stage.fleet.changeState(0, domain::State::open, domain::TransitionCause::tripRule);
    stage.fleet.changeState(1, domain::State::open, domain::TransitionCause::tripRule);
    stage.tick();
    stage.models.select(stage.fleet.idAt(1));
    view.findChild<QCheckBox*>()->setChecked(true);
    QCOMPARE(view.table().model()->rowCount(), 1);
    stage.models.select(stage.fleet.idAt(0));
    const QModelIndex top = view.table().model()->index(0, models::EventsModel::Breaker);
    QCOMPARE(top.data().toString(), QStringLiteral("orders-api"));
    view.findChild<QCheckBox*>()->setChecked(false);
    QCOMPARE(view.table().model()->rowCount(), 2);
}

void EventsViewTest::an_event_can_be_read_whole() {
    Stage stage(1);
    EventsView view(stage.models);
    view.show();
    domain::Event event;
    event.breaker = stage.fleet.idAt(0);
    event.text = "first line\n<script>second</script>" + std::string(3000, '!');
    stage.fleet.addEvent(event);
    stage.tick();
    view.table().selectRow(0);
    QTest::keyClick(&view.table(), Qt::Key_Return);
    auto* dialog = view.findChild<TextDialog*>();
    QVERIFY(dialog != nullptr);
    const QString text = dialog->findChild<QPlainTextEdit*>()->toPlainText();
    QVERIFY(text.contains(QStringLiteral("first line\n<script>second</script>")));
    QVERIFY(text.endsWith(QLatin1Char('!')));
}

FUSEBOX_TEST(EventsViewTest)

}  // namespace fusebox::views

#include "events_view_test.moc"
