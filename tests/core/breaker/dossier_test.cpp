// The page on a trip: what was known at that moment, frozen.

#include "guarded.h"

#include <fusebox/support/test_case.h>

#include <atomic>
#include <thread>

namespace fusebox::breaker {

using domain::Category;
using domain::Dossier;
using domain::State;
using domain::TripRule;

namespace {

/// Opens at five failures in ten seconds of ten buckets.
CircuitBreakerConfig fiveFailures() {
    CircuitBreakerConfig config = quiet();
    config.failureThreshold = 5;
    config.consecutiveFailuresThreshold = 100;
    return config;
}

std::vector<std::shared_ptr<const Dossier>> dossiers(const Guarded& guarded) {
    return guarded.breaker->snapshot().detail->dossiers;
}

}  // namespace

class DossierTest : public QObject {
    Q_OBJECT

    static void fail(Guarded& guarded, base::Duration took, Category category, const std::string& message) {
        Permit permit = guarded.acquire();
        guarded.clock.advance(took);
        permit.failure(errorOf(category, message));
    }

private slots:
    void a_trip_freezes_rule_window_standings_and_outcomes() {
        Guarded guarded(fiveFailures());
        guarded.run("ss");
        guarded.clock.advance(1s);
        fail(guarded, 20ms, Category::transient, "reset by peer");
        fail(guarded, 30ms, Category::rateLimit, "slow down");
        guarded.clock.advance(1s);
        guarded.slow(61s);
        const Permit hanging = guarded.acquire();
        for (const char* message : {"one", "two", "three"}) {
            fail(guarded, 10ms, Category::transient, message);
        }
        QCOMPARE(guarded.state(), State::open);
        const auto pages = dossiers(guarded);
        QCOMPARE(pages.size(), std::size_t{1});
        const Dossier& page = *pages.front();
        QCOMPARE(page.transition, guarded.lastTransition());
        QCOMPARE(page.transition.trip.value().rule, TripRule::failureCount);
        QCOMPARE(page.window.calls, std::uint64_t{8});
        QCOMPARE(page.window.failures, std::uint64_t{5});
        QCOMPARE(page.window.slow, std::uint64_t{1});
        QCOMPARE(page.standings.size(), std::size_t{2});
        QCOMPARE(page.standings.at(0).rule, TripRule::consecutiveFailures);
        QCOMPARE(page.standings.at(0).value.value(), 3.0);
        QCOMPARE(page.standings.at(1).value.value(), 5.0);
        QCOMPARE(page.totals.failure, std::uint64_t{4});  // the fifth is still ending
        QCOMPARE(page.inFlight.calls, std::uint64_t{2});
        QCOMPARE(page.timeInClosed, base::Duration(2080ms));
        QCOMPARE(page.openWait, base::Duration(10s));
        QVERIFY(!page.retryAfter);
        QVERIFY(std::abs(page.callsPerSecond - 7 / 2.08) < 0.01);
        QCOMPARE(page.latency.samples, std::uint64_t{8});
    }

    void the_window_is_shown_bucket_by_bucket() {
        Guarded guarded(fiveFailures());
        guarded.run("sf");
        guarded.clock.advance(2500ms);
        guarded.run("ssff");
        guarded.clock.advance(1s);
        guarded.run("ff");
        const Dossier page = *dossiers(guarded).back();
        QCOMPARE(page.slices.size(), std::size_t{3});
        QCOMPARE(page.slices.at(0), (domain::WindowSlice{3500ms, 1s, 2, 1, 0}));
        QCOMPARE(page.slices.at(1), (domain::WindowSlice{1500ms, 1s, 4, 2, 0}));
        QCOMPARE(page.slices.at(2), (domain::WindowSlice{500ms, 500ms, 2, 2, 0}));
    }

    void a_window_by_count_is_one_slice() {
        CircuitBreakerConfig config = fiveFailures();
        config.windowKind = WindowKind::count;
        config.windowCalls = 6;
        Guarded guarded(config);
        guarded.clock.advance(4s);
        guarded.run("sssssssfffff");
        const Dossier page = *dossiers(guarded).back();
        QCOMPARE(page.slices.size(), std::size_t{1});
        QCOMPARE(page.slices.at(0), (domain::WindowSlice{4s, 4s, 6, 5, 0}));
    }

    void the_last_outcomes_come_with_age_duration_and_error() {
        Guarded guarded(fiveFailures());
        guarded.slow(5s);
        guarded.clock.advance(100ms);
        for (const char* message : {"a", "b", "c", "d", "e"}) {
            fail(guarded, 10ms, Category::transient, message);
        }
        const auto outcomes = dossiers(guarded).back()->lastOutcomes;
        QCOMPARE(outcomes.size(), std::size_t{6});
        const auto near = [](base::Duration value, base::Duration wanted) {
            return value <= wanted + 2ms && value >= wanted - 2ms;
        };
        QVERIFY(!outcomes.front().failed);
        QVERIFY(near(outcomes.front().age, 150ms) && near(outcomes.front().took.value(), 5s));
        for (std::size_t i = 1; i < 6; ++i) {
            QVERIFY(outcomes[i].failed);
            QVERIFY(near(outcomes[i].took.value(), 10ms));
            QVERIFY(near(outcomes[i].age, base::Duration(10ms) * (5 - static_cast<int>(i))));
            QCOMPARE(outcomes[i].error->message, std::string(1, static_cast<char>('a' + i - 1)));
        }
    }

    void no_more_than_thirty_two_outcomes_are_kept_the_newest_of_both_kinds() {
        CircuitBreakerConfig config = fiveFailures();
        config.failureThreshold = 40;
        Guarded guarded(config);
        for (int i = 0; i < 40; ++i) {
            guarded.run("sf");
            guarded.clock.advance(5ms);
        }
        const auto outcomes = dossiers(guarded).back()->lastOutcomes;
        QVERIFY(outcomes.size() >= 30 && outcomes.size() <= 32);
        for (const domain::PastOutcome& outcome : outcomes) {
            QVERIFY(outcome.age < 125ms);
        }
    }

    void the_retry_after_that_decided_is_told() {
        Guarded guarded(twoInARow());
        guarded.run("f");
        domain::Error error;
        error.category = Category::transient;
        error.retryAfter = 25s;
        guarded.acquire().failure(std::make_shared<const domain::Error>(error));
        const Dossier page = *dossiers(guarded).back();
        QCOMPARE(page.openWait, base::Duration(25s));
        QCOMPARE(page.retryAfter.value(), base::Duration(25s));
    }

    void a_trip_by_hand_has_its_page_and_a_failed_probe_has_none() {
        Guarded guarded;
        guarded.run("sf");
        QVERIFY(guarded.breaker->trip("ann", "deploy"));
        QVERIFY(guarded.breaker->probeNow("ann", "test"));
        guarded.fail();
        QCOMPARE(guarded.state(), State::open);
        QCOMPARE(dossiers(guarded).size(), std::size_t{1});
        const Dossier page = *dossiers(guarded).front();
        QCOMPARE(page.transition.cause, domain::TransitionCause::tripCommand);
        QCOMPARE(page.transition.actor, std::string("ann"));
        QCOMPARE(page.lastOutcomes.size(), std::size_t{2});
    }

    void the_last_ten_are_kept_and_failures_are_counted_since_it_closed() {
        Guarded guarded;
        for (int i = 0; i < 12; ++i) {
            guarded.run("ff");
            QVERIFY(guarded.breaker->reset("ann", "again"));
        }
        const auto pages = dossiers(guarded);
        QCOMPARE(pages.size(), std::size_t{10});
        QCOMPARE(pages.front()->transition.sequence, std::uint64_t{5});
        QCOMPARE(pages.back()->transition.sequence, std::uint64_t{23});
        const auto transient = static_cast<std::size_t>(Category::transient);
        QCOMPARE(pages.back()->failuresByCategory[transient], std::uint64_t{1});  // and the one that is still ending
    }

    void notes_are_never_torn_on_the_shared_stripe() {
        OutcomeNotes<StdAtomics> notes;
        std::atomic<bool> done{false};
        std::vector<std::thread> writers;
        for (std::int64_t i = 1; i <= 3; ++i) {
            // What one thread writes has the same age and duration.
            writers.emplace_back([&notes, &done, i] {
                for (std::uint64_t n = 0; !done; ++n) {
                    notes.failure(n, OutcomeNote::of(i << 30, i << 30, OutcomeNote::kFailed));
                }
            });
        }
        bool whole = true;
        std::size_t seen = 0;
        while (seen < 5000) {
            notes.each([&](OutcomeNote note) {
                ++seen;
                whole = whole && note.failed() &&
                        note.age(std::int64_t{4} << 30) + note.took().value() == base::Duration(std::int64_t{4} << 30);
            });
        }
        done = true;
        for (std::thread& writer : writers) {
            writer.join();
        }
        QVERIFY(whole);
    }

    void a_note_keeps_durations_of_any_length() {
        const auto took = [](base::Duration duration) {
            return OutcomeNote::of(1, duration.count(), 0).took().value();
        };
        QCOMPARE(took(0ns), base::Duration(0));
        for (const base::Duration length : {base::Duration(50us), base::Duration(33s)}) {
            QVERIFY(took(length) <= length && took(length) > length - 2us);
        }
        for (const base::Duration length : {base::Duration(90s), base::Duration(10h)}) {
            QVERIFY(took(length) <= length && took(length) > length - 2ms);
        }
        QVERIFY(took(std::chrono::hours(1000)) > 19h);
        QVERIFY(!OutcomeNote::of(1, -1, 0).took());
        QCOMPARE(OutcomeNote::of(std::int64_t{7} << 20, 0, 0).age(std::int64_t{6} << 20), base::Duration(0));
    }
};

FUSEBOX_TEST(DossierTest)

}  // namespace fusebox::breaker

#include "dossier_test.moc"
