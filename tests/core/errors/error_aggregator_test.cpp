#include "errors_at_noon.h"

#include <fusebox/errors/error_aggregator.h>
#include <fusebox/support/test_case.h>

#include <numeric>
#include <string>
#include <thread>
#include <vector>

using namespace fusebox;
using namespace std::chrono_literals;
using domain::BreakerId;
using domain::Category;
using domain::PatternId;
using errors::ErrorAggregator;
using errors::ErrorLimits;

namespace {

const BreakerId kOrders("orders");
const BreakerId kStock("stock");

domain::ErrorRef timeout(std::string message, Category category = Category::transient) {
    return errorOf(std::move(message), category, "ConnectTimeout");
}

std::shared_ptr<const errors::ErrorClassifier> classifier() {
    static const auto one = std::make_shared<const errors::ErrorClassifier>();
    return one;
}

domain::Transition trip(std::uint64_t sequence, base::WallTime wall, base::Duration span) {
    domain::Transition transition;
    transition.sequence = sequence;
    transition.to = domain::State::open;
    transition.wall = wall;
    transition.trip = domain::TripReason{};
    transition.trip->span = span;
    return transition;
}

const errors::PatternRecord* recordWith(const ErrorAggregator& aggregator, const std::string& text) {
    for (const auto& [id, record] : aggregator.records()) {
        if (record.text.find(text) != std::string::npos) return &record;
    }
    return nullptr;
}

}  // namespace

/// How errors are gathered into patterns.
class ErrorAggregatorTest : public QObject {
    Q_OBJECT
private slots:
    void init() { m_aggregator = std::make_unique<ErrorAggregator>(classifier()); }

    void like_errors_make_one_pattern_with_its_numbers() {
        for (int i = 0; i < 10; ++i) {
            m_aggregator->note(i % 3 == 0 ? kStock : kOrders, timeout("no answer from 10.0.0." + std::to_string(i)),
                               at(i * 1s));
        }
        m_aggregator->drain(at(10s));
        m_aggregator->judge(at(10s));
        QCOMPARE(m_aggregator->records().size(), std::size_t{1});
        const domain::ErrorPattern pattern = m_aggregator->records().begin()->second.toPattern(at(10s));
        QCOMPARE(pattern.text, std::string("ConnectTimeout: no answer from <ip>"));
        QCOMPARE(pattern.count, std::uint64_t{10});
        QVERIFY(pattern.category == Category::transient);
        QVERIFY(pattern.confidence > 0);
        QVERIFY(!pattern.evidence.empty());
        QVERIFY(pattern.firstSeen == at(0s));
        QVERIFY(pattern.lastSeen == at(9s));
        QVERIFY((pattern.breakers == std::vector<domain::BreakerShare>{{kOrders, 6}, {kStock, 4}}));
        QCOMPARE(pattern.component, std::string("orders"));
        QCOMPARE(pattern.minutes.size(), std::size_t{30});
        QCOMPARE(pattern.minutes.back(), 10U);
    }

    void samples_keep_their_context_newest_first() {
        for (int i = 0; i < 20; ++i) {
            auto error = std::make_shared<domain::Error>(*timeout("lost order " + std::to_string(i)));
            error->context.requestId = "r-" + std::to_string(i);
            error->context.component = "checkout";
            m_aggregator->note(kOrders, error, at(i * 2s));
        }
        m_aggregator->drain(at(40s));
        const auto pattern = m_aggregator->records().begin()->second.toPattern(at(40s));
        QCOMPARE(pattern.samples.size(), errors::PatternRecord::kMostSamples);
        QCOMPARE(pattern.samples.front().error->context.requestId, std::string("r-19"));
        QCOMPARE(pattern.samples.back().error->context.requestId, std::string("r-15"));
        QCOMPARE(pattern.component, std::string("checkout"));
    }

    void a_flood_does_not_wash_the_samples_away() {
        m_aggregator->note(kOrders, timeout("lost order 1"), at(0s));
        for (int i = 0; i < 500; ++i) m_aggregator->note(kOrders, timeout("lost order 2"), at(60s + i * 1ms));
        m_aggregator->drain(at(61s));
        const auto samples = m_aggregator->records().begin()->second.toPattern(at(61s)).samples;
        QVERIFY(samples.front().at == at(60s + 499ms));
        QVERIFY(samples.back().at == at(0s));
    }

    void long_texts_are_cut() {
        auto error = std::make_shared<domain::Error>(*timeout(std::string(1024 * 1024, 'x')));
        error->context.user.assign(1024 * 1024, 'u');
        error->context.attributes.assign(1000, {"key", "value"});
        error->cause = timeout(std::string(1024 * 1024, 'y'));
        m_aggregator->note(kOrders, error, at(0s));
        m_aggregator->drain(at(0s));
        const auto kept = m_aggregator->records().begin()->second.toPattern(at(0s)).samples.front().error;
        QVERIFY(kept->message.size() < 3000);
        QVERIFY(kept->context.user.size() < 300);
        QCOMPARE(kept->context.attributes.size(), std::size_t{16});
        QVERIFY(kept->cause->message.size() < 3000);
        QVERIFY(kept->category == Category::transient);
    }

    void a_short_error_is_not_copied() {
        const auto error = timeout("no");
        m_aggregator->note(kOrders, error, at(0s));
        m_aggregator->drain(at(0s));
        QVERIFY(m_aggregator->records().begin()->second.toPattern(at(0s)).samples.front().error == error);
    }

    void what_comes_too_fast_is_counted_all_the_same() {
        ErrorLimits limits;
        limits.waiting = 100;
        ErrorAggregator aggregator(classifier(), limits);
        for (int i = 0; i < 250; ++i) aggregator.note(kOrders, timeout("no", Category::rateLimit), at(0s));
        aggregator.drain(at(0s));
        QCOMPARE(aggregator.total(), std::uint64_t{250});
        QCOMPARE(aggregator.lost(), std::uint64_t{150});
        QCOMPARE(aggregator.byCategory().at(static_cast<std::size_t>(Category::rateLimit)), std::uint64_t{250});
        QCOMPARE(aggregator.records().begin()->second.count(), std::uint64_t{100});
    }

    void any_thread_may_note() {
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([this] {
                for (int i = 0; i < 5000; ++i) m_aggregator->note(kOrders, timeout("no " + std::to_string(i)), at(0s));
            });
        }
        std::uint64_t seen = 0;
        while (seen < 20'000) {
            m_aggregator->drain(at(0s));
            seen = m_aggregator->total();
        }
        for (std::thread& thread : threads) thread.join();
        QCOMPARE(m_aggregator->total(), std::uint64_t{20'000});
    }

    void a_trip_knows_the_patterns_that_led_to_it() {
        m_aggregator->note(kOrders, timeout("an old story"), at(0s));
        for (int i = 0; i < 9; ++i) m_aggregator->note(kOrders, timeout("no answer"), at(100s + i * 1s));
        for (int i = 0; i < 3; ++i) m_aggregator->note(kOrders, timeout("the answer is empty"), at(105s + i * 1s));
        m_aggregator->note(kStock, timeout("the stock is closed"), at(108s));
        m_aggregator->drain(at(109s));
        m_aggregator->noteTransition(kOrders, trip(7, at(109s), 30s));
        const auto trips = recordWith(*m_aggregator, "no answer")->toPattern(at(109s)).trips;
        QVERIFY((trips == std::vector<domain::TripShare>{{kOrders, 7, at(109s), 9, 0.75}}));
        QCOMPARE(recordWith(*m_aggregator, "empty")->toPattern(at(109s)).trips.at(0).share, 0.25);
        QVERIFY(recordWith(*m_aggregator, "old story")->toPattern(at(109s)).trips.empty());
        QVERIFY(recordWith(*m_aggregator, "stock is closed")->toPattern(at(109s)).trips.empty());
    }

    void a_rule_that_counts_calls_looks_back_on_as_many() {
        m_aggregator->note(kOrders, timeout("an early one"), at(0s));
        for (int i = 0; i < 5; ++i) m_aggregator->note(kOrders, timeout("no answer"), at(1s + i * 1s));
        m_aggregator->drain(at(6s));
        domain::Transition transition = trip(1, at(6s), 0s);
        transition.trip->failures = 5;
        m_aggregator->noteTransition(kOrders, transition);
        QCOMPARE(recordWith(*m_aggregator, "no answer")->toPattern(at(6s)).trips.at(0).share, 1.0);
        QVERIFY(recordWith(*m_aggregator, "early")->toPattern(at(6s)).trips.empty());
    }

    void other_transitions_are_no_trips() {
        m_aggregator->note(kOrders, timeout("no answer"), at(0s));
        m_aggregator->drain(at(0s));
        domain::Transition transition = trip(1, at(0s), 30s);
        transition.to = domain::State::closed;
        m_aggregator->noteTransition(kOrders, transition);
        QVERIFY(recordWith(*m_aggregator, "no answer")->toPattern(at(0s)).trips.empty());
    }

    void patterns_that_turn_out_to_be_one_are_joined() {
        const std::vector<std::string> names = {"adam", "berta", "caesar", "dora", "emil", "friedrich"};
        for (std::size_t i = 0; i < names.size(); ++i) {
            m_aggregator->note(kOrders, timeout("the key " + names[i] + " was not found in the cache"),
                               at(std::chrono::seconds(i)));
        }
        m_aggregator->drain(at(6s));
        QCOMPARE(m_aggregator->records().size(), names.size());
        m_aggregator->noteTransition(kOrders, trip(1, at(6s), 30s));
        m_aggregator->judge(at(6s));
        QCOMPARE(m_aggregator->records().size(), std::size_t{1});
        const auto pattern = m_aggregator->records().begin()->second.toPattern(at(6s));
        QCOMPARE(pattern.text, std::string("ConnectTimeout: the key <*> was not found in the cache"));
        QCOMPARE(pattern.count, std::uint64_t{6});
        QCOMPARE(pattern.minutes.back(), 6U);
        QCOMPARE(pattern.trips.size(), std::size_t{1});
        QCOMPARE(pattern.trips.at(0).count, std::uint64_t{6});
        QCOMPARE(pattern.trips.at(0).share, 1.0);
        m_aggregator->noteTransition(kOrders, trip(2, at(7s), 30s));
        QCOMPARE(m_aggregator->records().begin()->second.toPattern(at(7s)).trips.at(0).count, std::uint64_t{6});
    }

    void what_has_no_room_is_counted_with_the_others() {
        ErrorLimits limits;
        limits.patterns = 8;
        ErrorAggregator aggregator(classifier(), limits);
        std::uint64_t noted = 0;
        for (char a = 'a'; a <= 'z'; ++a) {
            for (char b = 'a'; b <= 'z'; ++b, ++noted) {
                const std::string text = std::string(5, a) + ' ' + std::string(5, b);
                aggregator.note(kOrders, timeout(text), at(std::chrono::seconds(noted)));
            }
        }
        aggregator.drain(at(2000s));
        aggregator.judge(at(2000s));
        QVERIFY(aggregator.records().size() <= limits.patterns + 1);
        std::uint64_t counted = 0;
        for (const auto& [id, record] : aggregator.records()) counted += record.count();
        QCOMPARE(counted, noted);
        QVERIFY(aggregator.records().contains(PatternId(0)));
    }

    void hostile_texts_are_errors_like_others() {
        m_aggregator->note(kOrders, timeout(""), at(0s));
        m_aggregator->note(kOrders, timeout("\xff\xfe <img src=x> \x1b]0;t\x07"), at(0s));
        m_aggregator->note(kOrders, timeout(std::string(100, '\0')), at(0s));
        m_aggregator->note(BreakerId(""), std::make_shared<domain::Error>(), at(-100s));
        m_aggregator->drain(at(0s));
        m_aggregator->judge(at(0s));
        QCOMPARE(m_aggregator->total(), std::uint64_t{4});
    }

private:
    std::unique_ptr<ErrorAggregator> m_aggregator;
};

FUSEBOX_TEST(ErrorAggregatorTest)
#include "error_aggregator_test.moc"
