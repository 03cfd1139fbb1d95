#include <fusebox/base/clock.h>
#include <fusebox/domain/error_pattern.h>
#include <fusebox/domain/handling_standing.h>
#include <fusebox/sources/error_source.h>
#include <fusebox/support/test_case.h>

#include <memory>
#include <string>
#include <utility>

using namespace fusebox;
using namespace std::chrono_literals;
using domain::BreakerId;
using domain::Category;

namespace {

const BreakerId kOrders("orders");

domain::ErrorRef errorOf(std::string message) {
    auto error = std::make_shared<domain::Error>();
    error->message = std::move(message);
    error->category = Category::transient;
    return error;
}

domain::Event eventOf(decltype(domain::Event::body) body, base::WallTime at) {
    domain::Event event;
    event.breaker = kOrders;
    event.at = at;
    event.body = std::move(body);
    return event;
}

}  // namespace

/// What the report on errors hears of the other sources of the same frame.
class ErrorSourceTest : public QObject {
    Q_OBJECT
private slots:
    void init() {
        m_clock = std::make_unique<base::ManualClock>();
        m_source = std::make_unique<sources::ErrorSource>(std::make_shared<const errors::ErrorClassifier>(), *m_clock);
    }

    void a_frame_without_errors_has_an_empty_report() {
        const auto report = reportOn(collector::Gathered());
        QVERIFY(report);
        QCOMPARE(report->total, std::uint64_t{0});
    }

    void errors_of_one_text_are_one_pattern() {
        for (int i = 0; i < 3; ++i) m_source->note(kOrders, errorOf("no answer from 10.0.0." + std::to_string(i)));
        const auto report = reportOn(collector::Gathered());
        QCOMPARE(report->total, std::uint64_t{3});
        QCOMPARE(report->patterns.size(), std::size_t{1});
        QVERIFY(report->patterns.front().breakers.front().breaker == kOrders);
    }

    void a_trip_of_the_same_frame_has_its_share() {
        m_source->note(kOrders, errorOf("no answer"));
        domain::Transition trip;
        trip.sequence = 7;
        trip.from = domain::State::closed;
        trip.to = domain::State::open;
        trip.trip = domain::TripReason{};
        trip.trip->span = 5s;
        trip.wall = m_clock->wallNow();
        collector::Gathered frame;
        frame.events.push_back(eventOf(trip, trip.wall));
        const auto report = reportOn(std::move(frame));
        QCOMPARE(report->patterns.front().trips.size(), std::size_t{1});
        QCOMPARE(report->patterns.front().trips.front().transition, std::uint64_t{7});
    }

    void what_was_done_and_how_it_is_handled_stand_at_the_pattern() {
        m_source->note(kOrders, errorOf("no answer"));
        domain::RecoveryOutcome outcome;
        outcome.breaker = kOrders;
        outcome.action = domain::RecoveryAction::resetConnection;
        outcome.startedAt = m_clock->wallNow();
        domain::HandlingStanding standing;
        standing.breaker = kOrders;
        standing.strategies.fill(domain::Strategy::fallbackToCache);
        collector::Gathered frame;
        frame.events.push_back(eventOf(outcome, outcome.startedAt));
        frame.handling = std::make_shared<const std::vector<domain::HandlingStanding>>(1, standing);
        const auto report = reportOn(std::move(frame));
        QVERIFY(report->patterns.front().action == domain::RecoveryAction::resetConnection);
        QVERIFY(report->patterns.front().strategy == domain::Strategy::fallbackToCache);
    }

    void a_failing_share_of_calls_makes_a_pattern_more_severe() {
        for (int i = 0; i < 20; ++i) m_source->note(kOrders, errorOf("no answer"));
        const auto before = reportOn(collector::Gathered())->patterns.front().severity;
        domain::Identity identity;
        identity.id = kOrders;
        domain::Snapshot snapshot;
        snapshot.identity = std::make_shared<const domain::Identity>(identity);
        snapshot.metrics.window.failureRate = 0.9;
        m_clock->advance(1s);
        m_source->note(kOrders, errorOf("no answer"));
        collector::Gathered frame;
        frame.snapshots.push_back(snapshot);
        QVERIFY(reportOn(std::move(frame))->patterns.front().severity > before);
    }

    void a_new_pattern_is_an_event_once() {
        m_source->note(kOrders, errorOf("no answer from 10.0.0.1"));
        const auto news = newsIn(collector::Gathered());
        QCOMPARE(news.size(), std::size_t{1});
        QVERIFY(news.front().breaker == kOrders);
        QVERIFY2(news.front().text.starts_with("New errors, TRANSIENT, LOW, 1 so far: no answer from"),
                 news.front().text.c_str());
        m_clock->advance(2s);
        m_source->note(kOrders, errorOf("no answer from 10.0.0.2"));
        QVERIFY(newsIn(collector::Gathered()).empty());
    }

    void what_was_over_is_told_to_be_back() {
        m_source->note(kOrders, errorOf("no answer"));
        (void)newsIn(collector::Gathered());
        m_clock->advance(1h);
        for (const domain::Event& event : newsIn(collector::Gathered())) {
            QVERIFY2(event.text.starts_with("1 error in"), event.text.c_str());
        }
        m_source->note(kOrders, errorOf("no answer"));
        m_clock->advance(2s);
        const auto news = newsIn(collector::Gathered());
        QCOMPARE(news.size(), std::size_t{1});
        QVERIFY2(news.front().text.starts_with("Errors are back"), news.front().text.c_str());
    }

    void what_gets_grave_is_told() {
        for (int i = 0; i < 20; ++i) m_source->note(kOrders, errorOf("no answer"));
        (void)newsIn(collector::Gathered());
        domain::Identity identity;
        identity.id = kOrders;
        domain::Snapshot snapshot;
        snapshot.identity = std::make_shared<const domain::Identity>(identity);
        snapshot.metrics.window.failureRate = 1;
        m_clock->advance(1s);
        m_source->note(kOrders, errorOf("no answer"));
        collector::Gathered frame;
        frame.snapshots.push_back(snapshot);
        const auto news = newsIn(std::move(frame));
        QCOMPARE(news.size(), std::size_t{1});
        QVERIFY2(news.front().text.starts_with("Errors got worse, TRANSIENT, CRITICAL"), news.front().text.c_str());
        QVERIFY(news.front().level == domain::Level::error);
    }

    void a_flood_of_patterns_is_told_as_a_number() {
        std::string message = "went wrong";
        for (int i = 0; i < 40; ++i) {
            message = "once more " + message;
            m_source->note(kOrders, errorOf(message));
        }
        const auto patterns = reportOn(collector::Gathered())->patterns.size();
        m_source->note(kOrders, errorOf(message));
        m_clock->advance(61s);
        const auto news = newsIn(collector::Gathered());
        QVERIFY(patterns > sources::PatternNews::kMostAMinute);
        QCOMPARE(news.front().text, std::to_string(patterns - sources::PatternNews::kMostAMinute) +
                                        " further patterns of errors were news; the page of errors has them");
    }

    void each_ten_minutes_the_errors_are_summed_up_the_most_frequent_first() {
        (void)newsIn(collector::Gathered());
        for (int i = 0; i < 3; ++i) m_source->note(kOrders, errorOf("no answer"));
        m_source->note(domain::BreakerId("stock"), errorOf("table full"));
        m_clock->advance(2s);
        (void)newsIn(collector::Gathered());
        m_clock->advance(10min);
        const auto first = newsIn(collector::Gathered());
        QCOMPARE(first.size(), std::size_t{2});
        QVERIFY(first.front().kind == domain::EventKind::errorPattern);
        QCOMPARE(first.front().breaker, kOrders);
        QVERIFY2(first.front().text.starts_with("3 errors in 10 minutes, TRANSIENT"), first.front().text.c_str());
        QVERIFY2(first.front().text.ends_with("3 so far: no answer"), first.front().text.c_str());
        QVERIFY2(first.back().text.starts_with("1 error in 10 minutes"), first.back().text.c_str());

        for (int i = 0; i < 2; ++i) m_source->note(kOrders, errorOf("no answer"));
        m_clock->advance(10min);
        const auto second = newsIn(collector::Gathered());
        QCOMPARE(second.size(), std::size_t{1});
        QVERIFY2(second.front().text.starts_with("2 errors in 10 minutes"), second.front().text.c_str());
        QVERIFY2(second.front().text.ends_with("5 so far: no answer"), second.front().text.c_str());
    }

    void what_an_earlier_run_knew_is_no_news() {
        m_source->note(kOrders, errorOf("no answer"));
        const errors::SavedErrors saved = m_source->save();
        init();
        m_source->restore(saved);
        m_source->note(kOrders, errorOf("no answer"));
        QVERIFY(newsIn(collector::Gathered()).empty());
        m_clock->advance(2s);
        QCOMPARE(reportOn(collector::Gathered())->patterns.front().count, std::uint64_t{2});
    }

private:
    std::vector<domain::Event> newsIn(collector::Gathered frame) {
        m_source->gather(frame);
        return frame.events;
    }
    std::shared_ptr<const domain::ErrorReport> reportOn(collector::Gathered frame) {
        m_source->gather(frame);
        return frame.errors;
    }

    std::unique_ptr<base::ManualClock> m_clock;
    std::unique_ptr<sources::ErrorSource> m_source;
};

FUSEBOX_TEST(ErrorSourceTest)

#include "error_source_test.moc"
