// The stated error bound, against exact quantiles over many distributions; merging; forgetting.

#include <fusebox/latency/duration_counts.h>
#include <fusebox/latency/histogram.h>
#include <fusebox/latency/window_summary.h>
#include <fusebox/latency/windowed_recorder.h>
#include <fusebox/support/test_case.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <random>
#include <thread>

namespace fusebox::latency {

using base::Duration;

namespace {

using Draw = std::function<double(std::mt19937_64&)>;

struct Distribution {
    const char* name;
    Draw draw;  ///< nanoseconds
};

std::vector<Distribution> distributions() {
    return {
        {"lognormal", [](auto& random) { return std::lognormal_distribution<>(15.0, 1.5)(random); }},
        {"narrow", [](auto& random) { return std::normal_distribution<>(2e6, 1e4)(random); }},
        {"bimodal",
         [](auto& random) {
             return std::bernoulli_distribution(0.9)(random) ? std::normal_distribution<>(1e6, 1e5)(random)
                                                             : std::normal_distribution<>(8e8, 1e8)(random);
         }},
        {"pareto",
         [](auto& random) { return 1e5 / std::pow(1.0 - std::uniform_real_distribution<>(0, 0.999999)(random), 1.2); }},
        {"uniform", [](auto& random) { return std::uniform_real_distribution<>(0, 1e10)(random); }},
        {"tiny", [](auto& random) { return std::uniform_real_distribution<>(0, 300)(random); }},
        {"constant", [](auto&) { return 123456789.0; }},
        {"powers of two", [](auto& random) { return std::pow(2.0, std::uniform_int_distribution<>(0, 39)(random)); }},
    };
}

Duration exact(const std::vector<std::int64_t>& sorted, double q) {
    const auto rank = static_cast<std::size_t>(std::ceil(q * static_cast<double>(sorted.size())));
    return Duration(sorted[std::max<std::size_t>(rank, 1) - 1]);
}

}  // namespace

class HistogramTest : public QObject {
    Q_OBJECT

    static void withinBound(Duration found, Duration wanted, double bound, const char* name) {
        const double error = std::abs(static_cast<double>((found - wanted).count()));
        QVERIFY2(error <= bound * static_cast<double>(wanted.count()) + 1e-9, name);
    }

private slots:
    void each_quantile_of_each_distribution_is_within_the_stated_error() {
        for (const Precision precision : {Precision::standard, Precision::fine}) {
            for (const Distribution& distribution : distributions()) {
                for (const std::size_t count : {1U, 2U, 10U, 999U, 20'000U}) {
                    std::mt19937_64 random(count * 31 + 7);
                    Histogram histogram(precision);
                    std::vector<std::int64_t> values;
                    for (std::size_t i = 0; i < count; ++i) {
                        const auto value = static_cast<std::int64_t>(std::clamp(distribution.draw(random), 0.0, 1e12));
                        values.push_back(value);
                        histogram.record(Duration(value));
                    }
                    std::ranges::sort(values);
                    for (const double q : {0.001, 0.25, 0.5, 0.9, 0.95, 0.99, 0.999, 1.0}) {
                        withinBound(histogram.quantile(q).value(), exact(values, q), histogram.scale().relativeError(),
                                    distribution.name);
                    }
                    QCOMPARE(histogram.count(), count);
                }
            }
        }
    }

    void the_bounds_are_those_that_are_promised() {
        QVERIFY(Scale(Precision::standard).relativeError() <= 0.016);
        QVERIFY(Scale(Precision::fine).relativeError() <= 0.01);
    }

    void cells_follow_each_other_without_gaps() {
        for (const Precision precision : {Precision::standard, Precision::fine}) {
            const Scale scale(precision);
            for (std::size_t cell = 0; cell < scale.cells(); ++cell) {
                QCOMPARE(scale.cellOf(scale.valueOf(cell)), cell);
            }
            QCOMPARE(scale.cellOf(UINT64_MAX), scale.cells() - 1);
        }
    }

    void merging_gives_the_same_as_recording_together() {
        std::mt19937_64 random(42);
        std::lognormal_distribution<> draw(14.0, 2.0);
        Histogram one;
        Histogram other;
        Histogram together;
        for (int i = 0; i < 5000; ++i) {
            const Duration value(static_cast<std::int64_t>(draw(random)));
            (i % 3 == 0 ? one : other).record(value);
            together.record(value);
        }
        one.merge(other);
        QCOMPARE(one.count(), together.count());
        QCOMPARE(one.mean(), together.mean());
        for (double q = 0.01; q <= 1.0; q += 0.01) {
            QCOMPARE(one.quantile(q), together.quantile(q));
        }
    }

    void nothing_is_known_of_an_empty_one() {
        Histogram histogram;
        QVERIFY(!histogram.quantile(0.5) && !histogram.mean() && !histogram.max());
        histogram.record(Duration(-5));  // a clock that went back counts as no time
        QCOMPARE(histogram.max().value(), Duration(0));
        histogram.clear();
        QVERIFY(!histogram.max());
    }

    void an_epoch_and_the_one_before_it_are_remembered() {
        WindowedRecorder recorder(Precision::standard, Writers::one);
        const auto samples = [&recorder](std::uint32_t epoch) {
            Histogram histogram;
            recorder.addTo(histogram, epoch);
            return histogram.count();
        };
        recorder.record(1000, 5);
        QCOMPARE(samples(5), std::uint64_t{1});
        recorder.record(1000, 6);
        recorder.record(1000, 6);
        QCOMPARE(samples(6), std::uint64_t{3});
        recorder.record(1000, 7);
        QCOMPARE(samples(7), std::uint64_t{3});
        QCOMPARE(samples(8), std::uint64_t{1});
        QCOMPARE(samples(9), std::uint64_t{0});
        recorder.record(1000, 20);
        QCOMPARE(samples(20), std::uint64_t{1});
    }

    void durations_are_counted_in_ranges_over_all_epochs() {
        WindowedRecorder recorder(Precision::standard, Writers::one);
        QVERIFY(recorder.durations() == DurationCounts());
        DurationCounts expected;
        for (std::uint32_t epoch = 1; epoch < 40; ++epoch) {
            const std::uint64_t took = std::uint64_t{300'000} * epoch * epoch;
            recorder.record(took, epoch);
            expected.add(recorder.scale().valueOf(recorder.scale().cellOf(took)), 1);
            QVERIFY(recorder.durations() == expected);
        }
        QVERIFY(expected.counts.front() > 0 && expected.counts.back() == 0);
        recorder.record(60'000'000'000, 40);
        QCOMPARE(recorder.durations().counts.back(), std::uint64_t{1});
    }

    void durations_never_go_back_while_epochs_turn() {
        WindowedRecorder recorder(Precision::standard, Writers::many);
        const auto total = [&recorder] {
            const DurationCounts counts = recorder.durations();
            return std::accumulate(counts.counts.begin(), counts.counts.end(), std::uint64_t{0});
        };
        std::uint64_t last = 0;
        {
            const std::jthread writer([&recorder] {
                for (std::uint32_t epoch = 1; epoch <= 2'000; ++epoch) {
                    for (std::uint64_t i = 0; i < 20; ++i) recorder.record(i * 1'000'000, epoch);
                }
            });
            for (int i = 0; i < 2'000; ++i) {
                const std::uint64_t now = total();
                QVERIFY(now >= last);
                last = now;
            }
        }
        QCOMPARE(total(), std::uint64_t{40'000});
    }

    void a_summary_says_what_a_histogram_says() {
        std::mt19937_64 random(7);
        for (const Precision precision : {Precision::standard, Precision::fine}) {
            for (const Distribution& distribution : distributions()) {
                WindowedRecorder one(precision, Writers::one);
                WindowedRecorder many(precision, Writers::many);
                for (int i = 0; i < 3'000; ++i) {
                    const auto value = static_cast<std::uint64_t>(std::max(distribution.draw(random), 0.0));
                    (i % 3 == 0 ? many : one).record(value, i < 1'000 ? 1 : 2);
                }
                Histogram histogram(precision);
                WindowSummary summary{Scale(precision)};
                for (const WindowedRecorder* recorder : {&one, &many}) {
                    recorder->addTo(histogram, 2);
                    summary.add(*recorder, 2);
                }
                const WindowSummary::Figures figures = summary.figures();
                QCOMPARE(summary.count(), histogram.count());
                QCOMPARE(figures.p50, histogram.quantile(0.50));
                QCOMPARE(figures.p95, histogram.quantile(0.95));
                QCOMPARE(figures.p99, histogram.quantile(0.99));
                QCOMPARE(figures.max, histogram.max());
                QVERIFY(std::abs((*figures.mean - *histogram.mean()).count()) <=
                        1 + histogram.mean()->count() / 1'000'000);
            }
        }
    }

    void an_empty_summary_knows_nothing() {
        WindowSummary summary{Scale()};
        summary.add(WindowedRecorder(Precision::standard, Writers::one), 1);
        QCOMPARE(summary.count(), std::uint64_t{0});
        QVERIFY(!summary.figures().p95);
        QVERIFY(!summary.figures().max);
    }

    void many_writers_lose_nothing_while_a_reader_reads() {
        WindowedRecorder recorder(Precision::standard, Writers::many);
        {
            std::vector<std::jthread> threads;
            for (unsigned thread = 0; thread < 3; ++thread) {
                threads.emplace_back([&recorder] {
                    for (std::uint64_t i = 0; i < 20'000; ++i) {
                        recorder.record(i, 1);
                    }
                });
            }
            for (int i = 0; i < 50; ++i) {
                Histogram histogram;
                recorder.addTo(histogram, 1);
                QVERIFY(histogram.count() <= 60'000);
            }
        }
        Histogram histogram;
        recorder.addTo(histogram, 1);
        QCOMPARE(histogram.count(), std::uint64_t{60'000});
    }
};

FUSEBOX_TEST(HistogramTest)

}  // namespace fusebox::latency

#include "histogram_test.moc"
