#include "frames.h"

#include <fusebox/models/events_model.h>
#include <fusebox/support/test_case.h>

#include <QAbstractItemModelTester>
#include <QSignalSpy>

#include <random>

using namespace fusebox;
using namespace std::chrono_literals;
using models::EventsModel;
using models::testing::eventOf;
using models::testing::Stage;

namespace {

QStringList textsOf(const EventsModel& model) {
    QStringList texts;
    for (int row = 0; row < model.rowCount(); ++row) {
        texts.append(model.data(model.index(row, EventsModel::Text), Qt::DisplayRole).toString());
    }
    return texts;
}

}  // namespace

class EventsModelTest : public QObject {
    Q_OBJECT

private slots:
    void the_newest_event_stands_at_the_top();
    void the_list_is_bounded_and_counts_what_left();
    void one_huge_frame_keeps_the_newest();
    void losses_are_told_where_they_happened();
    void filters_by_breaker_and_words();
    void a_selected_event_stays_selected_when_others_arrive();
    void random_streams_and_filters_keep_the_list_whole();
    void hostile_texts_are_made_safe();
};

void EventsModelTest::the_newest_event_stands_at_the_top() {
    EventsModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    Stage stage;
    stage.frame.events = {eventOf(1, "a", "first"), eventOf(2, "b", "second")};
    model.apply(stage.frame);
    stage.frame.events = {eventOf(3, "a", "third")};
    model.apply(stage.frame);
    QCOMPARE(textsOf(model), QStringList({"third", "second", "first"}));
    QCOMPARE(model.eventAt(0).id, domain::EventId(3));
}

void EventsModelTest::the_list_is_bounded_and_counts_what_left() {
    EventsModel model(5, nullptr);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    Stage stage;
    for (std::uint64_t i = 1; i <= 12; ++i) {
        stage.frame.events = {eventOf(i, i % 2 ? "odd" : "even", std::to_string(i))};
        model.apply(stage.frame);
    }
    QCOMPARE(textsOf(model), QStringList({"12", "11", "10", "9", "8"}));
    QCOMPARE(model.dropped(), std::uint64_t{7});
    model.setBreakerFilter(domain::BreakerId("odd"));
    QCOMPARE(textsOf(model), QStringList({"11", "9"}));
    stage.frame.events = {eventOf(13, "even", "13"), eventOf(14, "even", "14")};
    model.apply(stage.frame);
    QCOMPARE(textsOf(model), QStringList({"11"}));
    model.setBreakerFilter({});
    QCOMPARE(textsOf(model), QStringList({"14", "13", "12", "11", "10"}));
}

void EventsModelTest::one_huge_frame_keeps_the_newest() {
    EventsModel model(10, nullptr);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    Stage stage;
    for (std::uint64_t i = 1; i <= 25; ++i) stage.frame.events.push_back(eventOf(i, "a", std::to_string(i)));
    model.apply(stage.frame);
    QCOMPARE(model.rowCount(), 10);
    QCOMPARE(textsOf(model).first(), QStringLiteral("25"));
    QCOMPARE(model.dropped(), std::uint64_t{15});
}

void EventsModelTest::losses_are_told_where_they_happened() {
    EventsModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    Stage stage;
    stage.frame.events = {eventOf(1, "a", "before")};
    model.apply(stage.frame);
    stage.frame.events = {eventOf(9, "a", "after")};
    stage.frame.lostEvents = 7;
    model.apply(stage.frame);
    QCOMPARE(textsOf(model), QStringList({"after", "7 events were lost here", "before"}));
    QCOMPARE(model.lost(), std::uint64_t{7});
    QCOMPARE(model.eventAt(1).level, domain::Level::warning);
    model.setBreakerFilter(domain::BreakerId("a"));
    QCOMPARE(model.rowCount(), 3);
}

void EventsModelTest::filters_by_breaker_and_words() {
    EventsModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QSignalSpy counts(&model, &EventsModel::countsChanged);
    Stage stage;
    stage.frame.events = {eventOf(1, "orders", "opened by failure rate"), eventOf(2, "payments", "opened by command"),
                          eventOf(3, "orders", "closed again")};
    model.apply(stage.frame);
    model.setTextFilter(QStringLiteral("OPENED orders"));
    QCOMPARE(textsOf(model), QStringList({"opened by failure rate"}));
    QCOMPARE(counts.last(), QVariantList({1, 3}));
    model.setBreakerFilter(domain::BreakerId("payments"));
    QCOMPARE(model.rowCount(), 0);
    model.setTextFilter({});
    QCOMPARE(textsOf(model), QStringList({"opened by command"}));
}

void EventsModelTest::a_selected_event_stays_selected_when_others_arrive() {
    EventsModel model;
    Stage stage;
    stage.frame.events = {eventOf(1, "a", "one"), eventOf(2, "a", "two")};
    model.apply(stage.frame);
    const QPersistentModelIndex chosen = model.index(1, 0);
    stage.frame.events = {eventOf(3, "a", "three"), eventOf(4, "a", "four")};
    model.apply(stage.frame);
    QCOMPARE(chosen.row(), 3);
    QCOMPARE(model.eventAt(chosen.row()).text, std::string("one"));
}

void EventsModelTest::random_streams_and_filters_keep_the_list_whole() {
    EventsModel model(50, nullptr);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    std::mt19937 dice(5);
    std::uint64_t next = 1;
    Stage stage;
    for (int round = 0; round < 300; ++round) {
        stage.frame.events.clear();
        stage.frame.lostEvents = dice() % 10 == 0 ? 2 : 0;
        for (auto i = dice() % 70; i > 0; --i) {
            stage.frame.events.push_back(eventOf(next, dice() % 2 ? "a" : "b", std::to_string(next)));
            ++next;
        }
        model.apply(stage.frame);
        if (dice() % 6 == 0) model.setBreakerFilter(domain::BreakerId(dice() % 2 ? "a" : ""));
        if (dice() % 6 == 0) model.setTextFilter(dice() % 2 ? QStringLiteral("7") : QString());
        QVERIFY(model.totalCount() <= 50);
        std::uint64_t newer = next;
        for (int row = 0; row < model.rowCount(); ++row) {
            const std::uint64_t id = model.eventAt(row).id.value;
            QVERIFY(id < newer);
            if (id != 0) newer = id;
        }
    }
}

void EventsModelTest::hostile_texts_are_made_safe() {
    EventsModel model;
    Stage stage;
    stage.frame.events = {eventOf(1, "<b>a</b>", std::string("<img src='/dev/zero'>\n") + std::string(1'000'000, 'y'))};
    model.apply(stage.frame);
    const QString text = textsOf(model).first();
    QVERIFY(text.size() <= 500 && !text.contains(QLatin1Char('\n')));
    const QString tip = model.data(model.index(0, EventsModel::Text), Qt::ToolTipRole).toString();
    QVERIFY(!tip.contains(QStringLiteral("<img")) && tip.size() < 3'000);
}

FUSEBOX_TEST(EventsModelTest)

#include "events_model_test.moc"
