#include "guarded.h"
#include "twins.h"

#include <fusebox/breaker/recovery_strategy.h>
#include <fusebox/support/test_case.h>

#include <atomic>
#include <random>
#include <thread>

namespace fusebox::breaker {

using domain::ShadowReport;
using domain::State;

namespace {

CircuitBreakerConfig runOf(std::uint32_t failures) {
    CircuitBreakerConfig config = quiet();
    config.consecutiveFailuresThreshold = failures;
    return config;
}

class CountingStrategy final : public RecoveryStrategy {
public:
    base::Duration openWait(const OpenSituation&) noexcept override {
        ++asked;
        return 10s;
    }
    std::string_view name() const noexcept override { return "counting"; }
    int asked = 0;
};

}  // namespace

class ShadowTest : public QObject {
    Q_OBJECT
private slots:
    void there_is_no_report_without_a_candidate() {
        QVERIFY(m_guarded->breaker->snapshot().shadow == nullptr);
        QVERIFY(!m_guarded->breaker->endShadow());
    }

    void a_candidate_opens_beside_the_live_one_and_refuses_nobody() {
        QVERIFY(m_guarded->breaker->shadow(runOf(2), "ann"));
        QVERIFY(m_guarded->run("ff"));
        QVERIFY(m_guarded->run("sfs"));  // each of them would be refused
        QCOMPARE(m_guarded->state(), State::closed);
        const ShadowReport report = reported();
        QCOMPARE(report.owner, std::string("ann"));
        QCOMPARE(report.state, State::open);
        QCOMPARE(report.calls, 5U);
        QCOMPARE(report.trips, 1U);
        QCOMPARE(report.wouldRefuse, 3U);
        QCOMPARE(report.refusedGood, 2U);
        QVERIFY(report.lastTrip && report.lastTrip->rule == domain::TripRule::consecutiveFailures);
        QCOMPARE(report.liveTrips, 0U);
        QVERIFY(report.differences == (std::vector<domain::ConfigEntry>{{"consecutive_failures_threshold", "2"}}));
    }

    void time_outside_closed_is_compared() {
        QVERIFY(m_guarded->breaker->shadow(runOf(2), "ann"));
        m_guarded->clock.advance(5s);
        QVERIFY(m_guarded->run("ff"));
        m_guarded->clock.advance(4s);
        QVERIFY(m_guarded->run("ff"));  // now the live one opens
        m_guarded->clock.advance(3s);
        QVERIFY(!m_guarded->succeed());
        const ShadowReport report = reported();
        QVERIFY(report.age == 12s);
        QVERIFY(report.notClosed == 7s);
        QVERIFY(report.liveNotClosed == 3s);
        QCOMPARE(report.liveTrips, 1U);
        QCOMPARE(report.liveRefused, 1U);
    }

    void what_was_before_it_does_not_count() {
        QVERIFY(m_guarded->run("ffff"));
        QVERIFY(!m_guarded->succeed());
        m_guarded->clock.advance(1s);
        QVERIFY(m_guarded->breaker->shadow(runOf(2), "ann"));
        m_guarded->clock.advance(2s);
        QVERIFY(!m_guarded->succeed());
        const ShadowReport report = reported();
        QCOMPARE(report.liveTrips, 0U);
        QCOMPARE(report.liveRefused, 1U);
        QVERIFY(report.liveNotClosed == 2s);
        QCOMPARE(report.calls, 0U);  // a refused call has no outcome to learn from
    }

    void a_candidate_that_closes_again_is_seen_to_do_so() {
        QVERIFY(m_guarded->breaker->shadow(runOf(2), "ann"));
        QVERIFY(m_guarded->run("ff"));
        m_guarded->clock.advance(10s);
        QVERIFY(m_guarded->succeed());
        QCOMPARE(reported().state, State::closed);
        QVERIFY(reported().notClosed == 10s);
    }

    void ticks_drive_the_candidate() {
        CircuitBreakerConfig candidate = runOf(2);
        candidate.halfOpenBy = HalfOpenBy::tick;
        QVERIFY(m_guarded->breaker->shadow(candidate, "ann"));
        QVERIFY(m_guarded->run("ff"));
        m_guarded->clock.advance(10s);
        m_guarded->breaker->tick();
        QCOMPARE(reported().state, State::halfOpen);
    }

    void durations_reach_the_candidate() {
        CircuitBreakerConfig candidate = quiet();
        candidate.slowCallRateThreshold = 0.5;
        candidate.slowCallDuration = 100ms;
        QVERIFY(m_guarded->breaker->shadow(candidate, "ann"));
        QVERIFY(m_guarded->slow(99ms));
        QCOMPARE(reported().trips, 0U);
        QVERIFY(m_guarded->slow(200ms));
        QCOMPARE(reported().lastTrip->rule, domain::TripRule::slowCallRate);
    }

    void each_has_its_own_view_of_what_is_a_failure() {
        CircuitBreakerConfig candidate = runOf(2);
        candidate.ignoredErrors = {};
        QVERIFY(m_guarded->breaker->shadow(candidate, "ann"));
        QVERIFY(m_guarded->fail(domain::Category::dataValidation));
        m_guarded->acquire().failure(domain::Category::dataValidation);
        QCOMPARE(m_guarded->totals().ignored, 2U);
        QCOMPARE(reported().trips, 1U);
        QVERIFY(m_guarded->breaker->shadow(runOf(2), "ann"));
        QVERIFY(m_guarded->fail(domain::Category::dataValidation));
        QVERIFY(m_guarded->fail(domain::Category::dataValidation));
        m_guarded->acquire().cancel();
        QCOMPARE(reported().trips, 0U);
        QCOMPARE(reported().calls, 2U);
    }

    void the_same_report_is_given_until_something_changes_or_a_second_has_passed() {
        QVERIFY(m_guarded->breaker->shadow(runOf(2), "ann"));
        const auto first = m_guarded->breaker->snapshot().shadow;
        m_guarded->clock.advance(900ms);
        QVERIFY(m_guarded->breaker->snapshot().shadow == first);
        QVERIFY(m_guarded->succeed());
        const auto second = m_guarded->breaker->snapshot().shadow;
        QVERIFY(second != first);
        QVERIFY(m_guarded->breaker->snapshot().shadow == second);
        m_guarded->clock.advance(100ms);
        const auto third = m_guarded->breaker->snapshot().shadow;
        QVERIFY(third != second);
        QVERIFY(third->age == 1s);
    }

    void it_survives_a_change_of_the_live_configuration() {
        QVERIFY(m_guarded->breaker->shadow(runOf(2), "ann"));
        QVERIFY(m_guarded->run("ff"));
        CircuitBreakerConfig live = runOf(3);
        live.openTimeout = 5s;
        QVERIFY(m_guarded->breaker->reconfigure(live));
        const ShadowReport report = reported();
        QCOMPARE(report.trips, 1U);
        QVERIFY(report.differences ==
                (std::vector<domain::ConfigEntry>{{"consecutive_failures_threshold", "2"}, {"open_timeout", "10s"}}));
    }

    void another_candidate_takes_its_place_and_it_can_be_ended() {
        QVERIFY(m_guarded->breaker->shadow(runOf(2), "ann"));
        QVERIFY(m_guarded->run("ff"));
        QVERIFY(m_guarded->breaker->shadow(runOf(3), "bob"));
        QCOMPARE(reported().owner, std::string("bob"));
        QCOMPARE(reported().calls, 0U);
        QVERIFY(m_guarded->breaker->endShadow());
        QVERIFY(m_guarded->breaker->snapshot().shadow == nullptr);
        QVERIFY(m_guarded->succeed());
        QVERIFY(!m_guarded->breaker->endShadow());
    }

    void a_candidate_that_is_not_valid_is_refused() {
        CircuitBreakerConfig candidate;
        candidate.minimumCalls = 10;
        candidate.openTimeout = -1s;
        QVERIFY(!m_guarded->breaker->shadow(candidate, "ann"));
        QVERIFY(m_guarded->breaker->snapshot().shadow == nullptr);
    }

    void a_strategy_of_the_programs_own_is_asked_by_the_live_one_alone() {
        const auto strategy = std::make_shared<CountingStrategy>();
        CircuitBreakerConfig live = runOf(4);
        live.recoveryStrategy = strategy;
        m_guarded = std::make_unique<Guarded>(live);
        CircuitBreakerConfig candidate = live;
        candidate.consecutiveFailuresThreshold = 2;
        QVERIFY(m_guarded->breaker->shadow(candidate, "ann"));
        QVERIFY(m_guarded->run("ff"));
        QCOMPARE(reported().trips, 1U);
        QCOMPARE(strategy->asked, 0);
    }

    void a_candidate_like_the_live_one_does_what_the_live_one_does() {
        std::mt19937 random(7);
        QVERIFY(m_guarded->breaker->shadow(runOf(4), "ann"));
        for (int i = 0; i < 5000; ++i) {
            m_guarded->clock.advance(std::chrono::milliseconds(random() % 1000));
            (void)(random() % 3 == 0 ? m_guarded->succeed() : m_guarded->fail());
            QCOMPARE(reported().state, m_guarded->state());
        }
        const ShadowReport report = reported();
        QVERIFY(report.trips > 10);
        QCOMPARE(report.trips, report.liveTrips);
        QVERIFY(report.notClosed == report.liveNotClosed);
        QCOMPARE(report.wouldRefuse, 0U);
        QVERIFY(report.differences.empty());
    }

    void the_live_breaker_does_not_notice_its_candidate() {
        CircuitBreakerConfig byTime;
        byTime.jitterSeed = 11;
        byTime.minimumCalls = 4;
        byTime.slowCallRateThreshold = 0.8;
        byTime.slowCallDuration = 1s;
        byTime.halfOpenMaxRequests = 3;
        byTime.successThreshold = 2;
        byTime.halfOpenFailureThreshold = 2;
        CircuitBreakerConfig byCount = runOf(3);
        byCount.windowKind = WindowKind::count;
        byCount.windowCalls = 20;
        byCount.failureRateThreshold = 0.6;
        byCount.evaluateOn = EvaluateOn::failure;
        CircuitBreakerConfig sampled = byTime;
        sampled.slowCallRateThreshold.reset();
        sampled.timing = Timing::sampled;
        for (const CircuitBreakerConfig& live : {byTime, byCount, sampled, CircuitBreakerConfig::envoy()}) {
            Twins twins(live, runOf(2), 3);
            for (int i = 0; i < 20'000; ++i) {
                const std::string trouble = twins.step();
                QVERIFY2(trouble.empty(), qPrintable(QString::fromStdString(trouble)));
            }
            QVERIFY(twins.transitions() > 100);
            QVERIFY(twins.candidateTrips() > 10);
        }
    }

    void candidates_come_and_go_while_calls_run() {
        Guarded guarded(runOf(1'000'000));
        std::atomic<bool> ends{false};
        std::vector<std::thread> callers;
        for (int caller = 0; caller < 3; ++caller) {
            callers.emplace_back([&] {
                for (int i = 0; i < 20'000; ++i) {
                    (void)(i % 3 == 0 ? guarded.fail() : guarded.succeed());
                }
            });
        }
        std::thread watcher([&] {
            while (!ends) {
                (void)guarded.breaker->snapshot();
                guarded.breaker->tick();
            }
        });
        for (int i = 0; i < 200; ++i) {
            QVERIFY(guarded.breaker->shadow(runOf(2), "ann"));
            std::this_thread::yield();
            QVERIFY(guarded.breaker->endShadow());
        }
        for (std::thread& caller : callers) caller.join();
        ends = true;
        watcher.join();
        QCOMPARE(guarded.totals().success + guarded.totals().failure, 60'000U);
        QCOMPARE(guarded.totals().inFlight, 0U);
    }

    void init() { m_guarded = std::make_unique<Guarded>(runOf(4)); }

private:
    ShadowReport reported() const { return *m_guarded->breaker->snapshot().shadow; }

    std::unique_ptr<Guarded> m_guarded;
};

}  // namespace fusebox::breaker

using fusebox::breaker::ShadowTest;
FUSEBOX_TEST(ShadowTest)
#include "shadow_test.moc"
