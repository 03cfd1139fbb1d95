#include "frames.h"

#include <fusebox/domain/source_standing.h>
#include <fusebox/models/fleet_model.h>
#include <fusebox/support/test_case.h>

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QSignalSpy>

using namespace fusebox;
using namespace std::chrono_literals;
using models::FleetModel;
using models::StateGroup;
using models::testing::Stage;

namespace {

QStringList namesOf(const FleetModel& model) {
    QStringList names;
    for (int row = 0; row < model.rowCount(); ++row) names.append(model.row(row).name);
    return names;
}

QString shown(const FleetModel& model, int row, FleetModel::Column column) {
    return model.data(model.index(row, column), Qt::DisplayRole).toString();
}

}  // namespace

class FleetModelTest : public QObject {
    Q_OBJECT

private slots:
    void an_empty_fleet_is_an_empty_table();
    void a_frame_fills_the_table_with_one_notice();
    void trouble_stands_at_the_top_and_names_sort_as_people_expect();
    void unknown_numbers_sort_last_in_both_orders();
    void rows_sort_by_a_live_number_at_most_once_a_second();
    void a_number_that_hardly_changes_moves_no_row();
    void the_selected_breaker_stays_selected_when_rows_move();
    void words_filter_and_state_filters_work_together();
    void while_order_is_held_no_row_moves_appears_or_leaves();
    void a_breaker_that_is_gone_leaves_even_while_order_is_held();
    void the_first_rows_come_even_while_order_is_held();
    void rates_are_differences_over_three_seconds();
    void a_counter_that_restarts_gives_no_negative_rate();
    void each_breaker_is_in_one_group_of_the_summary();
    void hostile_names_are_made_safe();
    void the_same_name_at_two_agents_is_told_apart();
    void the_last_change_is_told_with_its_age_and_reason();
    void the_trend_shows_whole_seconds();
};

void FleetModelTest::an_empty_fleet_is_an_empty_table() {
    FleetModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.apply(domain::Frame{});
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.summary(), models::FleetSummary{});
    QCOMPARE(model.rowOf(domain::BreakerId("none")), -1);
    QVERIFY(model.find(domain::BreakerId("none")) == nullptr);
}

void FleetModelTest::a_frame_fills_the_table_with_one_notice() {
    FleetModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    Stage stage;
    for (int i = 0; i < 40; ++i) stage.add("svc-" + std::to_string(i));
    model.apply(stage.after(100ms));
    QSignalSpy changes(&model, &FleetModel::dataChanged);
    QSignalSpy layouts(&model, &FleetModel::layoutChanged);
    model.apply(stage.after(100ms));
    QCOMPARE(changes.size(), 1);
    QCOMPARE(layouts.size(), 0);
    QCOMPARE(model.rowCount(), 40);
}

void FleetModelTest::trouble_stands_at_the_top_and_names_sort_as_people_expect() {
    FleetModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    Stage stage;
    stage.add("api-10");
    stage.add("Api-2");
    stage.add("held").heldAs = domain::HoldMode::forceOpen;
    stage.add("ill").state = domain::State::open;
    stage.add("probing").state = domain::State::halfOpen;
    model.apply(stage.after(100ms));
    QCOMPARE(namesOf(model), QStringList({"ill", "probing", "held", "Api-2", "api-10"}));
    model.setSort(FleetModel::Name, Qt::DescendingOrder);
    QCOMPARE(namesOf(model), QStringList({"probing", "ill", "held", "api-10", "Api-2"}));
    model.sort(FleetModel::Name, Qt::AscendingOrder);
    QCOMPARE(namesOf(model), QStringList({"Api-2", "api-10", "held", "ill", "probing"}));
}

void FleetModelTest::unknown_numbers_sort_last_in_both_orders() {
    FleetModel model;
    Stage stage;
    stage.add("none");
    stage.add("slow").metrics.latency.p95 = 300ms;
    stage.add("fast").metrics.latency.p95 = 3ms;
    model.apply(stage.after(100ms));
    model.setSort(FleetModel::P95, Qt::AscendingOrder);
    QCOMPARE(namesOf(model), QStringList({"fast", "slow", "none"}));
    model.setSort(FleetModel::P95, Qt::DescendingOrder);
    QCOMPARE(namesOf(model), QStringList({"slow", "fast", "none"}));
    QVERIFY(!model.data(model.index(2, FleetModel::P95), FleetModel::SortKeyRole).isValid());
}

void FleetModelTest::rows_sort_by_a_live_number_at_most_once_a_second() {
    FleetModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    Stage stage;
    stage.add("a").metrics.latency.p95 = 1ms;
    stage.add("b").metrics.latency.p95 = 2ms;
    model.apply(stage.after(100ms));
    model.setSort(FleetModel::P95, Qt::DescendingOrder);
    QCOMPARE(namesOf(model), QStringList({"b", "a"}));
    stage[0].metrics.latency.p95 = 9ms;
    model.apply(stage.after(500ms));
    QCOMPARE(namesOf(model), QStringList({"b", "a"}));
    model.apply(stage.after(500ms));
    QCOMPARE(namesOf(model), QStringList({"a", "b"}));
}

void FleetModelTest::a_number_that_hardly_changes_moves_no_row() {
    FleetModel model;
    Stage stage;
    stage.add("a").metrics.latency.p95 = 100ms;
    stage.add("b").metrics.latency.p95 = 102ms;
    model.apply(stage.after(100ms));
    model.setSort(FleetModel::P95, Qt::AscendingOrder);
    stage[0].metrics.latency.p95 = 104ms;
    model.apply(stage.after(1s));
    QCOMPARE(namesOf(model), QStringList({"a", "b"}));
    stage[0].metrics.latency.p95 = 120ms;
    model.apply(stage.after(1s));
    QCOMPARE(namesOf(model), QStringList({"b", "a"}));
}

void FleetModelTest::the_selected_breaker_stays_selected_when_rows_move() {
    FleetModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    Stage stage;
    for (int i = 0; i < 30; ++i)
        stage.add("svc-" + std::to_string(i)).metrics.latency.p95 = std::chrono::milliseconds(10 + i);
    model.apply(stage.after(100ms));
    model.setSort(FleetModel::P95, Qt::AscendingOrder);
    QItemSelectionModel selection(&model);
    const QPersistentModelIndex selected = model.index(7, FleetModel::Name);
    selection.select(selected, QItemSelectionModel::Select | QItemSelectionModel::Rows);
    selection.setCurrentIndex(selected, QItemSelectionModel::NoUpdate);
    const domain::BreakerId id = model.idAt(7);
    for (std::uint64_t round = 0; round < 20; ++round) {
        for (std::size_t i = 0; i < 30; ++i) {
            stage[i].metrics.latency.p95 = std::chrono::milliseconds(10 + (i * 7 + round * 13) % 30 * 10);
        }
        model.apply(stage.after(1s));
        QCOMPARE(model.idAt(selection.currentIndex().row()), id);
        QCOMPARE(selection.selectedRows().size(), 1);
        QCOMPARE(model.idAt(selection.selectedRows().first().row()), id);
        QCOMPARE(model.rowOf(id), selected.row());
    }
    model.setTextFilter(model.find(id)->name + QStringLiteral(" closed"));
    QCOMPARE(model.idAt(selection.currentIndex().row()), id);
    model.setTextFilter({});
    QCOMPARE(model.idAt(selection.currentIndex().row()), id);
    QCOMPARE(model.rowCount(), 30);
}

void FleetModelTest::words_filter_and_state_filters_work_together() {
    FleetModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QSignalSpy counts(&model, &FleetModel::countsChanged);
    Stage stage;
    stage.add("orders");
    stage.add("payments", "postgres").state = domain::State::open;
    stage.add("orders-db", "postgres");
    model.apply(stage.after(100ms));
    QCOMPARE(counts.takeLast(), QVariantList({3, 3}));
    model.setTextFilter(QStringLiteral("  POSTGRES  orders "));
    QCOMPARE(namesOf(model), QStringList({"orders-db"}));
    QCOMPARE(counts.takeLast(), QVariantList({1, 3}));
    model.setTextFilter(QStringLiteral("open"));
    QCOMPARE(namesOf(model), QStringList({"payments"}));
    model.setTextFilter({});
    model.setStateFilter(StateGroup::closed);
    QCOMPARE(namesOf(model), QStringList({"orders", "orders-db"}));
    model.setStateFilter(models::StateGroups(StateGroup::closed) | StateGroup::open);
    QCOMPARE(model.rowCount(), 3);
    stage[1].state = domain::State::unknown;
    model.apply(stage.after(2s));
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.rowOf(domain::BreakerId("payments")), -1);
    QCOMPARE(model.find(domain::BreakerId("payments"))->group, StateGroup::unknown);
    model.setStateFilter({});
    QCOMPARE(model.rowCount(), 3);
}

void FleetModelTest::while_order_is_held_no_row_moves_appears_or_leaves() {
    FleetModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    Stage stage;
    stage.add("a");
    stage.add("b");
    stage.add("c");
    model.apply(stage.after(100ms));
    model.setStateFilter(models::StateGroups(StateGroup::closed) | StateGroup::open);
    model.holdOrder(true);
    stage[2].state = domain::State::open;
    stage[0].state = domain::State::halfOpen;
    stage.add("d");
    model.apply(stage.after(5s));
    QCOMPARE(namesOf(model), QStringList({"a", "b", "c"}));
    QCOMPARE(model.row(2).look.word, QStringLiteral("Open"));
    QCOMPARE(model.totalCount(), std::size_t{4});
    model.setSort(FleetModel::Name, Qt::DescendingOrder);
    QCOMPARE(namesOf(model), QStringList({"d", "c", "b"}));
    model.holdOrder(false);
    QCOMPARE(namesOf(model), QStringList({"d", "c", "b"}));
    QVERIFY(!model.isOrderHeld());
}

void FleetModelTest::a_breaker_that_is_gone_leaves_even_while_order_is_held() {
    FleetModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    Stage stage;
    for (const char* name : {"a", "b", "c", "d", "e"}) stage.add(name);
    model.apply(stage.after(100ms));
    const QPersistentModelIndex last = model.index(4, 0);
    model.holdOrder(true);
    stage.frame.snapshots.erase(stage.frame.snapshots.begin() + 1);
    stage.frame.snapshots.erase(stage.frame.snapshots.begin() + 2);
    model.apply(stage.after(100ms));
    QCOMPARE(namesOf(model), QStringList({"a", "c", "e"}));
    QCOMPARE(last.row(), 2);
    QCOMPARE(model.rowOf(domain::BreakerId("e")), 2);
    QVERIFY(model.find(domain::BreakerId("b")) == nullptr);
    stage.frame.snapshots.clear();
    model.apply(stage.after(100ms));
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(!last.isValid());
}

void FleetModelTest::the_first_rows_come_even_while_order_is_held() {
    FleetModel model;
    model.holdOrder(true);
    Stage stage;
    model.apply(stage.after(100ms));
    QCOMPARE(model.rowCount(), 0);
    stage.add("a");
    model.apply(stage.after(100ms));
    QCOMPARE(namesOf(model), QStringList({"a"}));
    stage.add("b");
    model.apply(stage.after(100ms));
    QCOMPARE(namesOf(model), QStringList({"a"}));
}

void FleetModelTest::rates_are_differences_over_three_seconds() {
    FleetModel model;
    Stage stage;
    stage.add("a");
    model.apply(stage.after(100ms));
    QCOMPARE(shown(model, 0, FleetModel::CallsPerSecond), QStringLiteral("–"));
    for (int tick = 0; tick < 60; ++tick) {
        models::testing::succeed(stage[0], 3);
        models::testing::fail(stage[0], 1);
        models::testing::reject(stage[0], 1);
        model.apply(stage.after(100ms));
    }
    QCOMPARE(shown(model, 0, FleetModel::CallsPerSecond), QStringLiteral("50.0/s"));
    QCOMPARE(model.row(0).rejectedPerSecond, std::optional(10.0));
    QCOMPARE(model.summary().errorRate, std::optional(0.25));
    for (int tick = 0; tick < 40; ++tick) model.apply(stage.after(100ms));
    QCOMPARE(shown(model, 0, FleetModel::CallsPerSecond), QStringLiteral("0.0/s"));
    QVERIFY(!model.summary().errorRate);
    model.apply(stage.after(60s));
    QVERIFY(model.row(0).callsPerSecond.value_or(0) < 0.1);
}

void FleetModelTest::a_counter_that_restarts_gives_no_negative_rate() {
    FleetModel model;
    Stage stage;
    models::testing::succeed(stage.add("a"), 1'000'000);
    model.apply(stage.after(1s));
    model.apply(stage.after(1s));
    stage[0].metrics.totals = {};
    model.apply(stage.after(1s));
    QVERIFY(!model.row(0).callsPerSecond);
    models::testing::succeed(stage[0], 10);
    model.apply(stage.after(1s));
    QCOMPARE(model.row(0).callsPerSecond, std::optional(10.0));
    for (std::size_t i = 0; i < model.row(0).trend.size(); ++i) QVERIFY(model.row(0).trend.at(i).calls <= 10);
}

void FleetModelTest::each_breaker_is_in_one_group_of_the_summary() {
    FleetModel model;
    Stage stage;
    stage.add("a");
    stage.add("b").state = domain::State::open;
    stage.add("c").state = domain::State::halfOpen;
    domain::Snapshot& held = stage.add("d");
    held.state = domain::State::open;
    held.heldAs = domain::HoldMode::metricsOnly;
    stage.add("e").state = domain::State::stale;
    stage.frame.overall.p95 = 42ms;
    model.apply(stage.after(100ms));
    const models::FleetSummary& summary = model.summary();
    for (const StateGroup group :
         {StateGroup::closed, StateGroup::open, StateGroup::halfOpen, StateGroup::held, StateGroup::unknown}) {
        QCOMPARE(summary.count(group), std::size_t{1});
    }
    QCOMPARE(summary.total, std::size_t{5});
    QCOMPARE(summary.p95, std::optional<base::Duration>(42ms));
    QVERIFY(!summary.callsPerSecond);
}

void FleetModelTest::the_same_name_at_two_agents_is_told_apart() {
    FleetModel model;
    Stage stage;
    for (const char* agent : {"shop-1", "shop-2"}) {
        domain::Snapshot& one = stage.add("orders");
        auto identity = *one.identity;
        identity.id = domain::BreakerId(std::string(agent) + "/orders");
        one.identity = std::make_shared<const domain::Identity>(identity);
        domain::SourceStanding standing;
        standing.name = agent;
        one.from = std::make_shared<const domain::SourceStanding>(standing);
    }
    model.apply(stage.after(100ms));
    QCOMPARE(shown(model, 0, FleetModel::Name), QStringLiteral("orders @ shop-1"));
    QCOMPARE(shown(model, 1, FleetModel::Name), QStringLiteral("orders @ shop-2"));
}

void FleetModelTest::hostile_names_are_made_safe() {
    FleetModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    Stage stage;
    stage.add("<img src='/dev/zero'>\nsecond\xE2\x80\xAEline");
    stage.add(std::string(1'000'000, 'x'));
    stage.add("\xff\xfe");
    stage.add("");
    model.apply(stage.after(100ms));
    for (int row = 0; row < model.rowCount(); ++row) {
        for (int column = 0; column < FleetModel::ColumnCount; ++column) {
            const QString text = shown(model, row, static_cast<FleetModel::Column>(column));
            QVERIFY(text.size() <= 600);
            QVERIFY(!text.contains(QLatin1Char('\n')));
            QVERIFY(!text.contains(QChar(0x202E)));
            const QString tip = model.data(model.index(row, column), Qt::ToolTipRole).toString();
            QVERIFY(!tip.contains(QStringLiteral("<img")));
        }
    }
}

void FleetModelTest::the_last_change_is_told_with_its_age_and_reason() {
    FleetModel model;
    Stage stage;
    stage.add("a");
    model.apply(stage.after(100ms));
    QCOMPARE(shown(model, 0, FleetModel::LastChange), QStringLiteral("–"));
    domain::Transition transition;
    transition.sequence = 1;
    transition.to = domain::State::open;
    transition.cause = domain::TransitionCause::tripCommand;
    transition.actor = "ann";
    transition.reason = "deploy";
    stage[0].detail = std::make_shared<domain::Detail>(domain::Detail{{transition}, {}, {}});
    stage[0].state = domain::State::open;
    stage[0].metrics.timeInState = 12s;
    stage[0].holds = {models::testing::holdOf(1, "bob")};
    model.apply(stage.after(100ms));
    QCOMPARE(shown(model, 0, FleetModel::LastChange), QStringLiteral("12 s ago · trip by ann: deploy"));
    QCOMPARE(shown(model, 0, FleetModel::Holds), QStringLiteral("bob: deploy"));
    stage[0].holds.push_back(models::testing::holdOf(2, "cem"));
    model.apply(stage.after(100ms));
    QCOMPARE(shown(model, 0, FleetModel::Holds), QStringLiteral("2 holds"));
}

void FleetModelTest::the_trend_shows_whole_seconds() {
    models::Trend trend;
    trend.add(10, 4, 1);
    trend.add(10, 4, 1);
    QCOMPARE(trend.size(), std::size_t{0});
    trend.add(11, 2, 0);
    QCOMPARE(trend.size(), std::size_t{1});
    QCOMPARE(trend.at(0).calls, 8.0F);
    QCOMPARE(trend.at(0).bad, 2.0F);
    trend.add(14, 9, 3);
    QCOMPARE(trend.size(), std::size_t{4});
    QCOMPARE(trend.at(3).calls, 3.0F);
    trend.add(5'000, 0, 0);
    QCOMPARE(trend.size(), models::Trend::kSize);
    QCOMPARE(trend.peak(), 0.0F);
}

FUSEBOX_TEST(FleetModelTest)

#include "fleet_model_test.moc"
