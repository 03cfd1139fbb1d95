#include <fusebox/base/clock.h>
#include <fusebox/sources/guarded_dependency.h>
#include <fusebox/support/test_case.h>

#include <stdexcept>

#include "plain_handler.h"
#include "test_adapter.h"

using namespace fusebox;
using namespace std::chrono_literals;
using adapters::CallResult;
using domain::State;
using sources::GuardedDependency;

class GuardedDependencyTest : public QObject {
    Q_OBJECT
private slots:
    void a_good_answer_is_a_success() {
        make(good());
        m_dependency->run({});
        QCOMPARE(totals().success, 1U);
        QCOMPARE(totals().permitted, 1U);
    }

    void a_bad_answer_is_a_failure_with_its_category() {
        make(bad(errorOf(domain::CodeSystem::http, "429")));
        m_dependency->run({});
        QCOMPARE(totals().failure, 1U);
        QCOMPARE(totals().failuresByCategory.at(static_cast<std::size_t>(domain::Category::rateLimit)), 1U);
        const auto detail = m_breaker->snapshot().detail;
        QCOMPARE(detail->recentErrors.at(0).error->code, std::string("429"));
    }

    void errors_that_are_the_callers_own_fault_do_not_count() {
        make(bad(errorOf(domain::CodeSystem::http, "401")));
        m_dependency->run({});
        QCOMPARE(totals().failure, 0U);
        QCOMPARE(totals().ignored, 1U);
    }

    void a_category_that_the_adapter_set_stays() {
        domain::Error error = errorOf(domain::CodeSystem::http, "500");
        error.category = domain::Category::rateLimit;
        make(bad(error));
        m_dependency->run({});
        QVERIFY(lastError()->category == domain::Category::rateLimit);
    }

    void what_a_text_says_of_a_delay_is_set() {
        domain::Error error = errorOf(domain::CodeSystem::http, "429");
        error.message = "429 Too Many Requests: try again in 2 s";
        make(bad(error));
        m_dependency->run({});
        QVERIFY(lastError()->retryAfter == 2s);
        error.retryAfter = 5s;
        make(bad(error));
        m_dependency->run({});
        QVERIFY(lastError()->retryAfter == 5s);
    }

    void a_server_error_counts_whatever_its_page_says() {
        domain::Error error = errorOf(domain::CodeSystem::http, "500");
        error.message = "500: Access denied for user 'app'@'db'";
        make(bad(error));
        m_dependency->run({});
        QCOMPARE(totals().failure, 1U);
        QVERIFY(lastError()->category == domain::Category::transient);
    }

    void a_single_word_does_not_hide_a_failure() {
        domain::Error error = errorOf(domain::CodeSystem::none, "", "");
        error.message = "the peer said something else than expected";
        make(bad(error));
        m_dependency->run({});
        QCOMPARE(totals().failure, 1U);
        error.message = "authentication failed";
        make(bad(error));
        m_dependency->run({});
        QCOMPARE(totals().ignored, 1U);
    }

    void failures_open_the_breaker_and_no_further_call_is_made() {
        make(bad(errorOf(domain::CodeSystem::posix, "ECONNREFUSED")));
        for (int i = 0; i < 10; ++i) m_dependency->run({});
        QVERIFY(m_breaker->state() == State::open);
        QCOMPARE(m_adapter->calls.load(), 3);
        QCOMPARE(totals().rejected, 7U);
    }

    void what_the_adapter_throws_is_a_failure() {
        make([](std::stop_token) -> CallResult { throw std::runtime_error("boom"); });
        m_dependency->run({});
        QCOMPARE(totals().failure, 1U);
        QCOMPARE(m_breaker->snapshot().detail->recentErrors.at(0).error->message, std::string("boom"));
    }

    void a_call_that_the_program_gives_up_says_nothing_about_the_dependency() {
        std::stop_source stop;
        make([&](std::stop_token) -> CallResult {
            stop.request_stop();
            return tl::unexpected(errorOf(domain::CodeSystem::none, "", "Cancelled"));
        });
        m_dependency->run(stop.get_token());
        QCOMPARE(totals().failure, 0U);
        QCOMPARE(totals().cancelled, 1U);
        QCOMPARE(totals().inFlight, 0U);
        m_dependency->run(stop.get_token());
        QCOMPARE(m_adapter->calls.load(), 1);
    }

    void rare_traffic_gets_all_its_probes_in_one_go() {
        make(good());
        m_pace->setRate(0);
        (void)m_dependency->nextDelay();
        QVERIFY(m_breaker->trip("ann", "test"));
        QVERIFY(m_breaker->probeNow("ann", "test"));
        m_dependency->run({});
        QVERIFY(m_breaker->state() == State::closed);
        QCOMPARE(m_adapter->calls.load(), 2);  // success_threshold
    }

    void frequent_traffic_probes_at_its_own_pace() {
        make(good());
        m_pace->setRate(1e6);
        (void)m_dependency->nextDelay();
        QVERIFY(m_breaker->trip("ann", "test"));
        QVERIFY(m_breaker->probeNow("ann", "test"));
        m_dependency->run({});
        QVERIFY(m_breaker->state() == State::halfOpen);
        QCOMPARE(m_adapter->calls.load(), 1);
    }

    void a_probe_that_fails_is_not_repeated() {
        make(bad(errorOf(domain::CodeSystem::http, "500")));
        m_pace->setRate(0);
        (void)m_dependency->nextDelay();
        QVERIFY(m_breaker->trip("ann", "test"));
        QVERIFY(m_breaker->probeNow("ann", "test"));
        m_dependency->run({});
        QVERIFY(m_breaker->state() == State::open);
        QCOMPARE(m_adapter->calls.load(), 1);
    }

    void a_dependency_that_is_down_is_answered_from_what_it_said_last() {
        bool ill = false;
        handling::Policy policy = failingAtOnce();
        policy.strategies.fill(domain::Strategy::fallbackToCache);
        make(
            [&](std::stop_token) -> CallResult {
                if (ill) return tl::unexpected(errorOf(domain::CodeSystem::http, "503"));
                return adapters::Answer{"200 OK", 5, false, "hello"};
            },
            policy);
        m_dependency->run({});
        QVERIFY(m_handler->standing().serving == domain::Served::live);
        ill = true;
        m_clock.advance(42s);
        m_dependency->run({});
        QVERIFY(m_handler->standing().serving == domain::Served::cache);
        QVERIFY(m_handler->standing().age == 42s);
        QCOMPARE(m_handler->fallbacks().last<adapters::Answer>("")->value->body, std::string("hello"));
        for (int i = 0; i < 5; ++i) m_dependency->run({});
        QVERIFY(m_breaker->state() == State::open);
        QVERIFY(m_handler->standing().serving == domain::Served::cache);  // also what the breaker refuses
        QCOMPARE(m_adapter->calls.load(), 4);
    }

    void a_reduced_answer_is_none_of_the_dependencys_own() {
        handling::Policy policy = failingAtOnce();
        policy.strategies.fill(domain::Strategy::gracefulDegradation);
        int reduced = 0;
        make(bad(errorOf(domain::CodeSystem::http, "503")), policy, [&](std::stop_token) {
            ++reduced;
            return tl::expected<adapters::Answer, domain::ErrorRef>(adapters::Answer{"less", 4, false});
        });
        m_pace->setRate(0);
        (void)m_dependency->nextDelay();
        m_dependency->run({});
        QCOMPARE(reduced, 1);
        QCOMPARE(totals().failure, 1U);
        QVERIFY(m_handler->standing().serving == domain::Served::reduced);
    }

    void its_name_and_limit_are_those_it_was_given() {
        make(good());
        QCOMPARE(m_dependency->name(), std::string("Orders"));
        QCOMPARE(m_dependency->concurrencyLimit(), 3U);
    }

private:
    static PlainAdapter::Answer good() {
        return [](std::stop_token) { return CallResult(adapters::Answer{"ok", 2, false}); };
    }
    static PlainAdapter::Answer bad(domain::Error error) {
        return [error](std::stop_token) { return CallResult(tl::unexpected(error)); };
    }

    void make(PlainAdapter::Answer answer, handling::Policy policy = failingAtOnce(),
              GuardedDependency::Reduced reduced = {}) {
        domain::Identity identity;
        identity.id = domain::BreakerId("orders");
        identity.name = "Orders";
        breaker::CircuitBreakerConfig config;
        config.consecutiveFailuresThreshold = 3;
        config.halfOpenMaxRequests = 2;
        config.successThreshold = 2;
        config.rampSteps.clear();
        auto made = breaker::CircuitBreaker::create(std::move(identity), config, m_clock);
        QVERIFY(made);
        m_breaker = *made;
        auto adapter = std::make_unique<PlainAdapter>(std::move(answer));
        m_adapter = adapter.get();
        m_pace = std::make_shared<collector::PoissonPace>(1.0, 1);
        m_handler = handlerOf(m_breaker, m_clock, policy);
        m_dependency =
            std::make_unique<GuardedDependency>(m_handler, std::move(adapter), m_pace, 3, std::move(reduced));
    }

    domain::ErrorRef lastError() const { return m_breaker->snapshot().detail->recentErrors.at(0).error; }
    domain::Totals totals() const { return m_breaker->snapshot().metrics.totals; }

    base::ManualClock m_clock;
    std::shared_ptr<breaker::CircuitBreaker> m_breaker;
    std::shared_ptr<handling::ErrorHandler> m_handler;
    std::shared_ptr<collector::PoissonPace> m_pace;
    std::unique_ptr<GuardedDependency> m_dependency;
    PlainAdapter* m_adapter = nullptr;
};

FUSEBOX_TEST(GuardedDependencyTest)
#include "guarded_dependency_test.moc"
