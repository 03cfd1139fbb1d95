// RETRY_WITH_BACKOFF: how often, how long between, and when not.
#include <fusebox/support/test_case.h>

#include "handled_calls.h"

using namespace fusebox;
using namespace std::chrono_literals;
using domain::Served;
using domain::Strategy;
using handling::Attempt;
using handling::CallContext;
using handling::Policy;
using handling::Repeat;

class RetriesTest : public QObject {
    Q_OBJECT
private slots:
    void a_passing_trouble_is_overcome() {
        HandledCalls calls;
        std::vector<std::uint32_t> numbers;
        const auto answer = calls.handler->execute([&](const Attempt& attempt) -> Fetched {
            numbers.push_back(attempt.number);
            return attempt.number < 3 ? failedWith("503") : Fetched("good");
        });
        QVERIFY(answer);
        QCOMPARE(answer->value, std::string("good"));
        QVERIFY(answer->served == Served::live);
        QCOMPARE(answer->attempts, 3U);
        QCOMPARE(answer->overcome->code, std::string("503"));
        QCOMPARE(numbers, (std::vector<std::uint32_t>{1, 2, 3}));
        QCOMPARE(calls.standing().retries, 2U);
    }

    void each_attempt_is_one_permit() {
        HandledCalls calls;
        (void)calls.handler->execute([] { return failedWith("503"); });
        QCOMPARE(calls.totals().permitted, 3U);
        QCOMPARE(calls.totals().failure, 3U);
        QCOMPARE(calls.totals().inFlight, 0U);
    }

    void waits_are_jittered_and_bounded_by_what_has_grown() {
        Policy policy = HandledCalls::repeatable();
        policy.retry.attempts = 9;
        policy.retry.baseDelay = 100ms;
        policy.retry.maxDelay = 1s;
        policy.retry.deadline = 1h;
        HandledCalls calls(policy);
        (void)calls.handler->execute([] { return failedWith("503"); });
        const auto waits = calls.waiter->waits();
        QCOMPARE(waits.size(), std::size_t(8));
        base::Duration most = 100ms;
        for (const base::Duration wait : waits) {
            QVERIFY(wait >= 0s && wait <= most);
            most = std::min<base::Duration>(1s, 2 * most);
        }
        QVERIFY(std::adjacent_find(waits.begin(), waits.end(), std::not_equal_to<>()) != waits.end());
    }

    void waits_without_jitter_double() {
        Policy policy = HandledCalls::repeatable();
        policy.retry.attempts = 6;
        policy.retry.jitter = breaker::Jitter::none;
        policy.retry.maxDelay = 500ms;
        HandledCalls calls(policy);
        (void)calls.handler->execute([] { return failedWith("503"); });
        QVERIFY((calls.waiter->waits() == std::vector<base::Duration>{100ms, 200ms, 400ms, 500ms, 500ms}));
    }

    void retry_after_is_waited_for() {
        HandledCalls calls;
        (void)calls.handler->execute([](const Attempt& attempt) -> Fetched {
            if (attempt.number > 1) return std::string("good");
            domain::Error error = httpError("429");
            error.retryAfter = 3s;
            return tl::unexpected(error);
        });
        QVERIFY((calls.waiter->waits() == std::vector<base::Duration>{3s}));
    }

    void who_asks_to_wait_too_long_is_not_asked_again() {
        HandledCalls calls;
        const auto answer = calls.handler->execute([]() -> Fetched {
            domain::Error error = httpError("429");
            error.retryAfter = 60s;
            return tl::unexpected(error);
        });
        QCOMPARE(answer.error().attempts, 1U);
        QCOMPARE(answer.error().why, std::string("it may be retried only after 60 s; no good value is known"));
    }

    void what_may_do_harm_is_not_run_twice() {
        HandledCalls calls{Policy{}};
        const auto fails = [] { return failedWith("503"); };
        QCOMPARE(calls.handler->execute(fails).error().attempts, 1U);
        QCOMPARE(calls.handler->execute(fails, {.repeat = Repeat::allowed}).error().attempts, 3U);
        HandledCalls safe;
        QCOMPARE(safe.handler->execute(fails, {.repeat = Repeat::forbidden}).error().attempts, 1U);
    }

    void no_attempt_begins_after_the_deadline() {
        Policy policy = HandledCalls::repeatable();
        policy.retry.attempts = 50;
        policy.retry.deadline = 2s;
        HandledCalls calls(policy);
        const base::Time begin = calls.clock.now();
        std::vector<base::Duration> left;
        const auto answer = calls.handler->execute([&](const Attempt& attempt) {
            left.push_back(attempt.left);
            calls.clock.advance(700ms);
            return failedWith("503");
        });
        QVERIFY(calls.clock.now() - begin < 2s + 700ms);
        QVERIFY(answer.error().why.starts_with("the deadline of 2 s leaves no time for another attempt"));
        QVERIFY(left.size() >= 2 && left.size() <= 3);
        QVERIFY(left.front() == 2s);
        QVERIFY(left.back() <= 1300ms && left.back() > 0s);
    }

    void a_callers_own_deadline_goes_before() {
        HandledCalls calls;
        (void)calls.handler->execute([] { return failedWith("503"); }, {.deadline = 1ns});
        QVERIFY(calls.waiter->waits().empty());
    }

    void a_spent_budget_ends_the_retries_of_all() {
        HandledCalls calls;
        for (int i = 0; i < 100; ++i) (void)calls.handler->execute([] { return failedWith("503"); });
        const domain::HandlingStanding standing = calls.standing();
        // 30 at first, 20 for 100 calls, and three for each second that the waits took
        const double seconds = std::chrono::duration<double>(calls.clock.now() - HandledCalls().clock.now()).count();
        const double most = 50 + 3 * seconds;
        QVERIFY2(static_cast<double>(standing.retries) <= most + 1, QByteArray::number(most));
        QVERIFY(static_cast<double>(standing.retries) >= most - 3);
        QVERIFY(standing.retriesRefused > 0);
        QVERIFY(standing.retryBudget < 0.1);
    }

    void another_category_on_the_way_is_handled_as_its_own() {
        HandledCalls calls;
        const auto answer = calls.handler->execute(
            [](const Attempt& attempt) { return failedWith(attempt.number == 1 ? "503" : "401"); });
        QCOMPARE(answer.error().attempts, 2U);
        QCOMPARE(answer.error().error->code, std::string("401"));
        QVERIFY(answer.error().error->category == domain::Category::authentication);
    }

    void a_breaker_that_opens_meanwhile_ends_the_retries() {
        HandledCalls calls;
        calls.waiter->meanwhile = [&] { (void)calls.breaker->trip("ann", "enough", 1h); };
        const auto answer = calls.handler->execute([] { return failedWith("503"); });
        QCOMPARE(answer.error().attempts, 1U);
        QVERIFY(answer.error().refusal.has_value());
        QCOMPARE(answer.error().error->code, std::string("503"));
        QVERIFY(answer.error().how == handling::Unserved::failed);
    }

    void nobody_waits_for_an_open_breaker() {
        HandledCalls calls;
        const auto answer = calls.handler->execute([&] {
            (void)calls.breaker->trip("ann", "enough", 1h);
            return failedWith("503");
        });
        QVERIFY(calls.waiter->waits().empty());
        QVERIFY(answer.error().why.starts_with("the breaker is OPEN"));
    }

    void a_stop_request_ends_the_wait_and_falls_back_to_nothing() {
        HandledCalls calls;
        std::stop_source stop;
        calls.waiter->meanwhile = [&] { stop.request_stop(); };
        calls.handler->fallbacks().keep<std::string>("", "old");
        const auto answer = calls.handler->execute([] { return failedWith("503"); }, {.stop = stop.get_token()});
        QVERIFY(answer.error().how == handling::Unserved::stopped);
        QCOMPARE(answer.error().attempts, 1U);
        QCOMPARE(calls.standing().failed, 0U);
        const auto late =
            calls.handler->execute([]() -> Fetched { return std::string("never"); }, {.stop = stop.get_token()});
        QVERIFY(late.error().how == handling::Unserved::stopped);
        QVERIFY(late.error().error != nullptr);
    }

    void a_call_that_is_stopped_says_nothing_of_the_dependency() {
        HandledCalls calls;
        std::stop_source stop;
        const auto answer = calls.handler->execute(
            [&] {
                stop.request_stop();
                return failedWith("503");
            },
            {.stop = stop.get_token()});
        QVERIFY(answer.error().how == handling::Unserved::stopped);
        QCOMPARE(calls.totals().cancelled, 1U);
        QCOMPARE(calls.totals().failure, 0U);
    }

    void a_real_wait_ends_at_once_when_it_is_stopped() {
        std::stop_source stop;
        stop.request_stop();
        handling::BlockingWaiter waiter;
        QVERIFY(waiter.wait(1h, stop.get_token()) == handling::WaitEnd::stopped);
        QVERIFY(waiter.wait(1ms, {}) == handling::WaitEnd::over);
    }
};

FUSEBOX_TEST(RetriesTest)
#include "retries_test.moc"
