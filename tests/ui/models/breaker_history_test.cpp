#include "frames.h"

#include <fusebox/models/history_book.h>
#include <fusebox/support/test_case.h>

#include <numeric>
#include <random>

using namespace fusebox;
using namespace std::chrono_literals;
using models::BreakerHistory;
using models::HistoryBook;
using models::testing::Stage;

namespace {

struct Sums {
    std::uint64_t success = 0;
    std::uint64_t failure = 0;
    std::uint64_t rejected = 0;
};

Sums sumsOf(const BreakerHistory& history) {
    Sums sums;
    for (std::size_t i = 0; i < history.size(); ++i) {
        sums.success += history.at(i).success;
        sums.failure += history.at(i).failure;
        sums.rejected += history.at(i).rejected;
    }
    return sums;
}

}  // namespace

class BreakerHistoryTest : public QObject {
    Q_OBJECT

private slots:
    void counts_are_differences_of_totals_second_by_second();
    void what_happened_before_the_first_frame_is_not_counted();
    void lost_frames_lose_no_calls();
    void a_long_gap_stays_a_gap();
    void a_counter_that_restarts_begins_anew();
    void percentiles_and_rates_are_those_at_the_end_of_the_second();
    void slow_successes_are_stacked_once();
    void only_the_last_fifteen_minutes_are_kept();
    void time_that_goes_back_begins_a_new_history();
    void many_breakers_share_the_budget_and_the_watched_one_keeps_all();
};

void BreakerHistoryTest::counts_are_differences_of_totals_second_by_second() {
    BreakerHistory history;
    Stage stage;
    domain::Snapshot& snapshot = stage.add("a");
    history.add(stage.frame.at, snapshot);
    QVERIFY(history.isEmpty());
    for (int second = 1; second <= 3; ++second) {
        for (int tick = 0; tick < 10; ++tick) {
            models::testing::succeed(snapshot, 2);
            models::testing::fail(snapshot, 1);
            models::testing::reject(snapshot, static_cast<std::uint64_t>(second));
            history.add(stage.frame.at + std::chrono::seconds(second) + std::chrono::milliseconds(100 * tick),
                        snapshot);
        }
    }
    QCOMPARE(history.size(), std::size_t{3});
    for (std::size_t i = 0; i < 3; ++i) {
        QCOMPARE(history.at(i).second, 1'001 + static_cast<std::int64_t>(i));
        QCOMPARE(history.at(i).success, 20U);
        QCOMPARE(history.at(i).failure, 10U);
        QCOMPARE(history.at(i).rejected, 10U * static_cast<std::uint32_t>(i + 1));
    }
    QCOMPARE(history.firstFrom(1'002), std::size_t{1});
    QCOMPARE(history.firstFrom(0), std::size_t{0});
    QCOMPARE(history.firstFrom(9'999), std::size_t{3});
}

void BreakerHistoryTest::what_happened_before_the_first_frame_is_not_counted() {
    BreakerHistory history;
    Stage stage;
    domain::Snapshot& snapshot = stage.add("a");
    models::testing::succeed(snapshot, 1'000'000);
    history.add(stage.frame.at, snapshot);
    models::testing::succeed(snapshot, 5);
    history.add(stage.frame.at + 1s, snapshot);
    QCOMPARE(sumsOf(history).success, std::uint64_t{5});
}

void BreakerHistoryTest::lost_frames_lose_no_calls() {
    BreakerHistory history;
    Stage stage;
    domain::Snapshot& snapshot = stage.add("a");
    history.add(stage.frame.at, snapshot);
    std::mt19937 dice(7);
    base::Time at = stage.frame.at;
    std::uint64_t success = 0;
    std::uint64_t failure = 0;
    for (int i = 0; i < 200; ++i) {
        at += std::chrono::milliseconds(1'000 + dice() % 3'900);
        const std::uint64_t more = dice() % 50;
        models::testing::succeed(snapshot, more);
        models::testing::fail(snapshot, more / 3);
        success += more;
        failure += more / 3;
        history.add(at, snapshot);
    }
    QCOMPARE(sumsOf(history).success, success);
    QCOMPARE(sumsOf(history).failure, failure);
    for (std::size_t i = 1; i < history.size(); ++i) QCOMPARE(history.at(i).second, history.at(i - 1).second + 1);
}

void BreakerHistoryTest::a_long_gap_stays_a_gap() {
    BreakerHistory history;
    Stage stage;
    domain::Snapshot& snapshot = stage.add("a");
    history.add(stage.frame.at, snapshot);
    history.add(stage.frame.at + 1s, snapshot);
    models::testing::succeed(snapshot, 1'000);
    history.add(stage.frame.at + 60s, snapshot);
    models::testing::succeed(snapshot, 3);
    history.add(stage.frame.at + 61s, snapshot);
    QCOMPARE(history.size(), std::size_t{2});
    QCOMPARE(history.at(0).second, std::int64_t{1'001});
    QCOMPARE(history.at(1).second, std::int64_t{1'061});
    QCOMPARE(sumsOf(history).success, std::uint64_t{3});
}

void BreakerHistoryTest::a_counter_that_restarts_begins_anew() {
    BreakerHistory history;
    Stage stage;
    domain::Snapshot& snapshot = stage.add("a");
    models::testing::succeed(snapshot, 500);
    models::testing::reject(snapshot, 100);
    history.add(stage.frame.at, snapshot);
    models::testing::succeed(snapshot, 4);
    history.add(stage.frame.at + 1s, snapshot);
    snapshot.metrics.totals = {};
    models::testing::succeed(snapshot, 2);
    history.add(stage.frame.at + 2s, snapshot);
    models::testing::succeed(snapshot, 6);
    history.add(stage.frame.at + 3s, snapshot);
    QCOMPARE(history.size(), std::size_t{3});
    QCOMPARE(history.at(0).success, 4U);
    QCOMPARE(history.at(1).success, 0U);
    QCOMPARE(history.at(2).success, 6U);
}

void BreakerHistoryTest::percentiles_and_rates_are_those_at_the_end_of_the_second() {
    BreakerHistory history;
    Stage stage;
    domain::Snapshot& snapshot = stage.add("a");
    history.add(stage.frame.at, snapshot);
    history.add(stage.frame.at + 1s, snapshot);
    QVERIFY(!history.at(0).p95Ms && !history.at(0).errorRate);
    snapshot.metrics.latency.p95 = 12'500us;
    snapshot.metrics.window.failureRate = 0.25;
    snapshot.state = domain::State::halfOpen;
    history.add(stage.frame.at + 1'900ms, snapshot);
    QCOMPARE(history.size(), std::size_t{1});
    QCOMPARE(history.at(0).p95Ms, std::optional(12.5F));
    QCOMPARE(history.at(0).errorRate, std::optional(0.25F));
    QCOMPARE(history.at(0).state, domain::State::halfOpen);
}

void BreakerHistoryTest::slow_successes_are_stacked_once() {
    models::HistoryPoint point;
    point.success = 10;
    point.slow = 4;
    QCOMPARE(point.slowSuccess(), 4U);
    point.failure = 3;
    QCOMPARE(point.slowSuccess(), 1U);
    point.failure = 5;
    QCOMPARE(point.slowSuccess(), 0U);
    point = {0, 2, 0, 9};
    QCOMPARE(point.slowSuccess(), 2U);
}

void BreakerHistoryTest::only_the_last_fifteen_minutes_are_kept() {
    BreakerHistory history;
    Stage stage;
    domain::Snapshot& snapshot = stage.add("a");
    for (int second = 0; second <= 2'000; ++second) {
        models::testing::succeed(snapshot, 1);
        history.add(stage.frame.at + std::chrono::seconds(second), snapshot);
    }
    QCOMPARE(history.size(), BreakerHistory::kFullSpan);
    QCOMPARE(history.at(0).second, std::int64_t{3'000 - 899});
    QCOMPARE(history.at(899).second, std::int64_t{3'000});
    history.setCapacity(100);
    QCOMPARE(history.size(), std::size_t{100});
    QCOMPARE(history.at(0).second, std::int64_t{2'901});
    history.setCapacity(200);
    for (int second = 2'001; second <= 2'150; ++second)
        history.add(stage.frame.at + std::chrono::seconds(second), snapshot);
    QCOMPARE(history.size(), std::size_t{200});
    QCOMPARE(history.at(199).second, std::int64_t{3'150});
    for (std::size_t i = 1; i < 200; ++i) QCOMPARE(history.at(i).second, history.at(i - 1).second + 1);
}

void BreakerHistoryTest::time_that_goes_back_begins_a_new_history() {
    BreakerHistory history;
    Stage stage;
    domain::Snapshot& snapshot = stage.add("a");
    history.add(stage.frame.at, snapshot);
    history.add(stage.frame.at + 1s, snapshot);
    history.add(base::Time(10s), snapshot);
    QVERIFY(history.isEmpty());
    history.add(base::Time(11s), snapshot);
    QCOMPARE(history.at(0).second, std::int64_t{11});
}

void BreakerHistoryTest::many_breakers_share_the_budget_and_the_watched_one_keeps_all() {
    HistoryBook book;
    Stage stage;
    for (int i = 0; i < 5'000; ++i) stage.add("svc-" + std::to_string(i));
    book.watch(domain::BreakerId("svc-7"));
    for (int second = 0; second < 300; ++second) book.apply(stage.after(1s));
    QCOMPARE(book.now(), std::int64_t{1'300});
    QCOMPARE(book.of(domain::BreakerId("svc-8"))->size(), HistoryBook::kBudget / 5'000);
    QCOMPARE(book.of(domain::BreakerId("svc-7"))->size(), std::size_t{299});
    stage.frame.snapshots.erase(stage.frame.snapshots.begin());
    book.apply(stage.after(1s));
    QVERIFY(book.of(domain::BreakerId("svc-0")) == nullptr);
}

FUSEBOX_TEST(BreakerHistoryTest)

#include "breaker_history_test.moc"
