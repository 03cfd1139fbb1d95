// Metrics over time: seconds, tens, minutes, and points of any width out of them.
#include "journal_fixture.h"

#include <fusebox/journal/latency_blob.h>
#include <fusebox/journal/rollup_table.h>
#include <fusebox/support/test_case.h>

#include <random>

using namespace fusebox;
using namespace fusebox::journal;
using namespace std::chrono_literals;

class RollupTest : public QObject {
    Q_OBJECT
private slots:
    void init() {
        m_fix = std::make_unique<JournalFixture>();
        m_totals = {};
        m_all.clear();
        m_new = latency::Histogram();
        m_fix->journal->setLatencies([this] { return take(); });
        // The clock begins in the middle of nowhere: go to a full minute.
        const auto past = m_fix->clock.wallNow().time_since_epoch() % 1min;
        m_fix->clock.advance(1min - past);
        m_begin = m_fix->clock.wallNow();
        pass(0);
    }

    void a_histogram_survives_its_blob() {
        latency::Histogram given(latency::Precision::fine);
        for (std::uint64_t i = 1; i < 50; ++i) given.record(base::Duration(1000 * i * i * i));
        latency::Histogram read(latency::Precision::fine);
        addBlob(read, blobOf(given));
        QCOMPARE(read.count(), given.count());
        QVERIFY(read.quantile(0.95) == given.quantile(0.95) && read.max() == given.max());
        QVERIFY(blobOf(read) == blobOf(given));
        QVERIFY(blobOf(latency::Histogram()).empty());
    }
    void a_broken_blob_does_no_harm() {
        std::mt19937 random(7);  // NOLINT: the same each time
        latency::Histogram sum;
        for (int i = 0; i < 2000; ++i) {
            std::string blob(random() % 40, '\0');
            for (char& c : blob) c = static_cast<char>(random());
            addBlob(sum, blob);
        }
        QVERIFY(sum.scale().cells() > 0);
    }
    void seconds_come_back_with_their_counts_rates_and_percentiles() {
        second(10, 3ms);
        second(0, 0ms);
        second(20, 5ms);
        const auto points = ask(0s, 60s, 60);
        QCOMPARE(points.size(), 2U);  // the quiet second has none
        QVERIFY(points[0].at == m_begin && points[0].span == 1s);
        QCOMPARE(points[0].success, 10U);
        QCOMPARE(points[0].callsPerSecond, 10.0);
        QCOMPARE(points[0].failureRate.value(), 0.0);
        QVERIFY(points[1].at == m_begin + 2s);
        QVERIFY(isNear(points[1].latency.p95, 5ms));
    }
    void a_percentile_over_any_span_is_that_of_all_calls() {
        std::mt19937 random(42);  // NOLINT: the same each time
        for (int i = 0; i < 200; ++i) {
            second(5 + random() % 20, std::chrono::milliseconds(1 + random() % 100));
        }
        for (const auto& [from, to] : {std::pair{0s, 200s}, {13s, 17s}, {60s, 180s}, {7s, 191s}}) {
            for (const std::size_t points : {1U, 3U, 50U}) {
                latency::Histogram sum;
                for (const RollupPoint& point : ask(from, to, points)) {
                    // Each point for itself, and together they have every call once.
                    latency::Histogram expected =
                        between(point.at, point.at + std::chrono::ceil<std::chrono::seconds>(point.span));
                    QCOMPARE(point.latency.samples, expected.count());
                    QVERIFY(point.latency.p95 == expected.quantile(0.95) &&
                            point.latency.p50 == expected.quantile(0.5));
                    QCOMPARE(point.success, expected.count());
                }
            }
        }
    }
    void coarser_rows_are_made_of_finer_ones_and_replace_them_with_time() {
        for (int i = 0; i < 130; ++i) second(2, 4ms);
        m_fix->clock.advance(2h);
        second(1, 1ms);
        for (int i = 0; i < 20; ++i) pass(0);  // the keeper comes round
        const auto early = ask(0s, 120s, 120);
        QCOMPARE(early.size(), 12U);  // tens: the seconds are gone
        for (const RollupPoint& point : early) QCOMPARE(point.success, 20U);
        m_fix->clock.advance(25h);
        second(1, 1ms);
        for (int i = 0; i < 20; ++i) pass(0);
        const auto late = ask(0s, 120s, 120);
        QCOMPARE(late.size(), 2U);  // minutes
        for (const RollupPoint& point : late) {
            QCOMPARE(point.success, 120U);
            QVERIFY(isNear(point.latency.p99, 4ms));
        }
    }
    void a_restart_leaves_no_hole_in_coarser_rows() {
        for (int i = 0; i < 7; ++i) second(2, 4ms);
        m_fix->start();
        m_fix->journal->setLatencies([this] { return take(); });
        pass(0);
        m_totals = {};
        pass(0);  // the breaker counts from zero again
        for (int i = 0; i < 13; ++i) second(2, 4ms);
        m_fix->clock.advance(2h);
        second(1, 1ms);
        for (int i = 0; i < 20; ++i) pass(0);
        std::uint64_t sum = 0;
        for (const RollupPoint& point : ask(0s, 60s, 60)) sum += point.success;
        QCOMPARE(sum, 40U);
    }
    void what_cannot_be_meant_is_refused() {
        RollupQuery query;
        query.breaker.value = "orders";
        QVERIFY(m_fix->reader().rollups(query).error().code == base::TroubleCode::invalidInput);
    }

private:
    struct Recorded {
        base::WallTime at;
        base::Duration took;
    };

    std::vector<std::pair<domain::BreakerId, latency::Histogram>> take() {
        std::vector<std::pair<domain::BreakerId, latency::Histogram>> taken;
        if (m_new.count() > 0) taken.emplace_back(domain::BreakerId("orders"), m_new);
        m_new.clear();
        return taken;
    }
    /// A frame with so many more successes.
    void pass(std::uint64_t calls) {
        m_totals.success += calls;
        domain::Snapshot snapshot = JournalFixture::snapshot("orders");
        snapshot.metrics.totals = m_totals;
        m_fix->put({}, {snapshot});
    }
    void second(std::uint64_t calls, base::Duration took) {
        for (std::uint64_t i = 0; i < calls; ++i) {
            m_all.push_back({m_fix->clock.wallNow(), took});
            m_new.record(took);
        }
        pass(calls);
        m_fix->clock.advance(1s);
        pass(0);
    }
    std::vector<RollupPoint> ask(std::chrono::seconds from, std::chrono::seconds to, std::size_t points) {
        RollupQuery query;
        query.breaker.value = "orders";
        query.span = {m_begin + from, m_begin + to};
        query.points = points;
        return m_fix->reader().rollups(query).value();
    }
    latency::Histogram between(base::WallTime from, base::WallTime to) const {
        latency::Histogram sum;
        for (const Recorded& each : m_all) {
            if (each.at >= from && each.at < to) sum.record(each.took);
        }
        return sum;
    }
    static bool isNear(std::optional<base::Duration> value, base::Duration expected) {
        return value && *value > expected * 97 / 100 && *value < expected * 103 / 100;
    }

    std::unique_ptr<JournalFixture> m_fix;
    domain::Totals m_totals;
    latency::Histogram m_new;
    std::vector<Recorded> m_all;
    base::WallTime m_begin{};
};

FUSEBOX_TEST(RollupTest)
#include "rollup_test.moc"
