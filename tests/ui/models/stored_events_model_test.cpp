#include <fusebox/models/stored_events_model.h>
#include <fusebox/support/test_case.h>

#include <QAbstractItemModelTester>
#include <QSignalSpy>

namespace fusebox::models {
namespace {

journal::EventPage pageOf(std::uint64_t newest, std::uint64_t oldest, bool more) {
    journal::EventPage page;
    for (std::uint64_t id = newest; id >= oldest; --id) {
        journal::StoredEvent event;
        event.id = domain::EventId(id);
        event.at = base::WallTime(std::chrono::seconds(1'700'000'000 + id));
        event.breaker = domain::BreakerId("orders");
        event.text = "<b>event</b> " + std::to_string(id);
        page.events.push_back(event);
    }
    page.more = more;
    return page;
}

}  // namespace

class StoredEventsModelTest : public QObject {
    Q_OBJECT
private slots:
    void the_end_of_the_list_asks_for_the_next_page_once();
    void what_is_new_stands_at_the_top_and_the_rest_stays();
    void when_too_much_is_new_it_begins_again();
    void hostile_texts_are_plain();
};

void StoredEventsModelTest::the_end_of_the_list_asks_for_the_next_page_once() {
    StoredEventsModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QVERIFY(!model.canFetchMore({}));
    QSignalSpy wanted(&model, &StoredEventsModel::pageWanted);  // the tester is the first to ask
    model.replace(pageOf(30, 21, true));
    model.fetchMore({});
    model.fetchMore({});
    QCOMPARE(wanted.size(), 1);
    QVERIFY(wanted.at(0).at(0).value<domain::EventId>() == domain::EventId(21));
    model.append(pageOf(20, 11, false));
    QCOMPARE(model.rowCount(), 20);
    QVERIFY(!model.canFetchMore({}));
}

void StoredEventsModelTest::what_is_new_stands_at_the_top_and_the_rest_stays() {
    StoredEventsModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.replace(pageOf(30, 21, true));
    model.append(pageOf(20, 11, true));
    const QPersistentModelIndex twenty = model.index(10, 0);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    model.renew(pageOf(33, 24, true));
    QCOMPARE(model.rowCount(), 23);
    QCOMPARE(twenty.row(), 13);
    model.renew(pageOf(33, 24, true));
    QCOMPARE(model.rowCount(), 23);
    QCOMPARE(resets.size(), 0);
}

void StoredEventsModelTest::when_too_much_is_new_it_begins_again() {
    StoredEventsModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.renew(pageOf(30, 21, true));
    QCOMPARE(model.rowCount(), 10);
    model.renew(pageOf(60, 51, true));
    QCOMPARE(model.rowCount(), 10);
    QVERIFY(model.eventAt(0).id == domain::EventId(60));
    model.clear();
    QCOMPARE(model.rowCount(), 0);
}

void StoredEventsModelTest::hostile_texts_are_plain() {
    StoredEventsModel model;
    model.replace(pageOf(1, 1, false));
    QCOMPARE(model.index(0, StoredEventsModel::Text).data().toString(), QStringLiteral("<b>event</b> 1"));
    QVERIFY(!model.index(0, StoredEventsModel::Text).data(Qt::ToolTipRole).toString().contains(QStringLiteral("<b>")));
}

FUSEBOX_TEST(StoredEventsModelTest)

}  // namespace fusebox::models

#include "stored_events_model_test.moc"
