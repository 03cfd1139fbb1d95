// What the six strategies give, and what is said of it.
#include <fusebox/support/test_case.h>

#include <stdexcept>
#include <system_error>

#include "handled_calls.h"

using namespace fusebox;
using namespace std::chrono_literals;
using domain::Category;
using domain::Served;
using domain::Strategy;
using handling::Policy;
using handling::Unserved;

namespace {

Fetched good() {
    return std::string("good");
}
Fetched unavailable() {
    return failedWith("503");
}

}  // namespace

class StrategiesTest : public QObject {
    Q_OBJECT
private slots:
    void the_usual_strategies_are_those_of_the_design() {
        const Policy policy;
        const auto usual = [&](Category category) { return policy.strategies[static_cast<std::size_t>(category)]; };
        QVERIFY(usual(Category::transient) == Strategy::retryWithBackoff);
        QVERIFY(usual(Category::rateLimit) == Strategy::retryWithBackoff);
        QVERIFY(usual(Category::authentication) == Strategy::immediateFail);
        QVERIFY(usual(Category::dataValidation) == Strategy::fallbackToDefault);
        QVERIFY(usual(Category::permanent) == Strategy::immediateFail);
        QVERIFY(usual(Category::unknown) == Strategy::fallbackToCache);
    }

    void a_good_answer_is_live() {
        HandledCalls calls;
        const auto answer = calls.handler->execute(good);
        QVERIFY(answer->served == Served::live);
        QCOMPARE(answer->attempts, 1U);
        QVERIFY(!answer->overcome && !answer->age);
        QVERIFY(calls.standing().serving == Served::live);
    }

    void the_cache_gives_the_last_good_value_with_its_age() {
        HandledCalls calls(HandledCalls::always(Strategy::fallbackToCache));
        (void)calls.handler->execute(good, {.key = "17"});
        calls.clock.advance(42s);
        const auto answer = calls.handler->execute(unavailable, {.key = "17"});
        QCOMPARE(answer->value, std::string("good"));
        QVERIFY(answer->served == Served::cache);
        QVERIFY(answer->age == 42s);
        QCOMPARE(answer->overcome->code, std::string("503"));
        QVERIFY(!calls.handler->execute(unavailable, {.key = "18"}));
    }

    void the_standing_tells_how_old_what_is_served_has_become() {
        HandledCalls calls(HandledCalls::always(Strategy::fallbackToCache));
        (void)calls.handler->execute(good);
        calls.clock.advance(42s);
        (void)calls.handler->execute(unavailable);
        calls.clock.advance(3s);
        QVERIFY(calls.standing().serving == Served::cache);
        QVERIFY(calls.standing().age == 45s);
        QCOMPARE(calls.standing().fromCache, 1U);
        (void)calls.handler->execute(good);
        QVERIFY(calls.standing().serving == Served::live);
        QVERIFY(!calls.standing().age);
    }

    void the_cache_refuses_what_is_too_old() {
        Policy policy = HandledCalls::always(Strategy::fallbackToCache);
        policy.cache.age = 1min;
        HandledCalls calls(policy);
        (void)calls.handler->execute(good);
        calls.clock.advance(90s);
        const auto answer = calls.handler->execute(unavailable);
        QCOMPARE(answer.error().why, std::string("the last good value is 90 s old; the limit is 60 s"));
        QVERIFY(calls.standing().serving == Served::nothing);
        QCOMPARE(calls.standing().failed, 1U);
    }

    void a_default_value_is_said_to_be_one() {
        HandledCalls calls(HandledCalls::always(Strategy::fallbackToDefault));
        QCOMPARE(calls.handler->execute(unavailable).error().why, std::string("there is no default value"));
        calls.handler->fallbacks().setDefault<std::string>("", "nothing known");
        const auto answer = calls.handler->execute(unavailable);
        QCOMPARE(answer->value, std::string("nothing known"));
        QVERIFY(answer->served == Served::defaultValue);
        QVERIFY(!answer->age);
        QCOMPARE(calls.standing().fromDefault, 1U);
    }

    void failing_at_once_means_one_attempt_and_no_value() {
        HandledCalls calls(HandledCalls::always(Strategy::immediateFail));
        (void)calls.handler->execute(good);
        const auto answer = calls.handler->execute(unavailable);
        QCOMPARE(answer.error().attempts, 1U);
        QVERIFY(answer.error().how == Unserved::failed);
        QCOMPARE(answer.error().error->code, std::string("503"));
    }

    void an_error_can_open_the_breaker_at_once() {
        HandledCalls calls(HandledCalls::always(Strategy::circuitBreaker));
        (void)calls.handler->execute(good);
        const auto answer = calls.handler->execute(unavailable);
        QVERIFY(!answer);
        QCOMPARE(answer.error().why, std::string("the breaker was opened for it"));
        QVERIFY(calls.breaker->state() == domain::State::open);
        QCOMPARE(calls.totals().failure, 1U);
        const auto next = calls.handler->execute(good);
        QVERIFY(next->served == Served::cache);
        QCOMPARE(calls.totals().permitted, 2U);
    }

    void a_hold_that_keeps_the_breaker_closed_goes_before() {
        HandledCalls calls(HandledCalls::always(Strategy::circuitBreaker));
        QVERIFY(calls.breaker->hold(domain::HoldMode::forceClosed, "ann", "works"));
        QVERIFY(calls.handler->execute(unavailable).error().why.empty());
        QVERIFY(calls.breaker->state() == domain::State::closed);
    }

    void the_reduced_form_gives_less() {
        HandledCalls calls(HandledCalls::always(Strategy::gracefulDegradation));
        const auto answer = calls.handler->execute(unavailable, []() -> Fetched { return std::string("less"); }, {});
        QCOMPARE(answer->value, std::string("less"));
        QVERIFY(answer->served == Served::reduced);
        QCOMPARE(calls.standing().reduced, 1U);
        QCOMPARE(calls.totals().permitted, 1U);
        const auto none = calls.handler->execute(unavailable, [] { return failedWith("404"); }, {});
        QCOMPARE(none.error().error->code, std::string("503"));
        QVERIFY(none.error().why.starts_with("its reduced form failed as well: HttpStatus: answered 404"));
        QCOMPARE(calls.handler->execute(unavailable).error().why, std::string("there is no reduced form"));
    }

    void what_the_reduced_form_gives_is_not_kept_as_the_last_good_value() {
        HandledCalls calls(HandledCalls::always(Strategy::gracefulDegradation));
        (void)calls.handler->execute(unavailable, []() -> Fetched { return std::string("less"); }, {});
        QCOMPARE(calls.handler->fallbacks().count(), std::size_t(0));
    }

    void what_the_breaker_refuses_is_served_from_the_cache() {
        HandledCalls calls;
        (void)calls.handler->execute(good);
        QVERIFY(calls.breaker->trip("ann", "test", 1h));
        int made = 0;
        const auto answer = calls.handler->execute([&] {
            ++made;
            return good();
        });
        QCOMPARE(made, 0);
        QVERIFY(answer->served == Served::cache);
        QCOMPARE(answer->attempts, 0U);
        QVERIFY(answer->refusal->reason == breaker::RefusalReason::open);
        QVERIFY(!answer->overcome);
    }

    void a_refusal_without_any_value_says_who_refuses_and_for_how_long() {
        HandledCalls calls;
        QVERIFY(calls.breaker->trip("ann", "test", 30s));
        const auto answer = calls.handler->execute(good);
        QVERIFY(answer.error().how == Unserved::refused);
        QCOMPARE(answer.error().error->message, std::string("the breaker of Orders refuses calls: open"));
        QVERIFY(answer.error().error->retryAfter == 30s);
        QCOMPARE(answer.error().why, std::string("the breaker refused; no good value is known"));
    }

    void exceptions_are_errors() {
        HandledCalls calls(HandledCalls::always(Strategy::immediateFail));
        const auto thrown = calls.handler->execute(
            []() -> std::string { throw std::system_error(std::make_error_code(std::errc::connection_refused)); });
        QCOMPARE(thrown.error().error->code, std::string("ECONNREFUSED"));
        QVERIFY(thrown.error().error->category == Category::transient);
        const auto odd = calls.handler->execute([]() -> std::string { throw 7; });
        QCOMPARE(odd.error().error->type, std::string("int"));
        QCOMPARE(calls.totals().failure, 2U);
    }

    void operations_may_give_nothing_or_what_cannot_be_copied() {
        HandledCalls calls;
        int ran = 0;
        QVERIFY(calls.handler->execute([&] { ++ran; }));
        QCOMPARE(ran, 1);
        const auto single = calls.handler->execute([] { return std::make_unique<int>(7); });
        QCOMPARE(*single->value, 7);
        QVERIFY(calls.handler->execute([]() -> tl::expected<void, domain::ErrorRef> { return {}; }));
    }

    void errors_carry_what_the_call_is_about() {
        HandledCalls calls(HandledCalls::always(Strategy::immediateFail));
        const auto answer = calls.handler->execute(
            unavailable,
            {.about = {.component = "shop", .operation = "order", .requestId = "r1", .user = "ann", .attributes = {}}});
        QCOMPARE(answer.error().error->context.component, std::string("shop"));
        QCOMPARE(answer.error().error->context.requestId, std::string("r1"));
    }

    void each_error_is_told_with_what_is_done_about_it() {
        std::vector<Strategy> told;
        HandledCalls calls(HandledCalls::repeatable(), {.noteError = [&](const domain::ErrorRef&, Strategy strategy) {
                               told.push_back(strategy);
                           }});
        (void)calls.handler->execute(
            [](const handling::Attempt& attempt) { return failedWith(attempt.number < 2 ? "503" : "401"); });
        QVERIFY((told == std::vector{Strategy::retryWithBackoff, Strategy::immediateFail}));
    }

    void a_strategy_can_be_changed_while_it_runs() {
        HandledCalls calls;
        QVERIFY(calls.handler->setStrategy(Category::transient, Strategy::immediateFail));
        QCOMPARE(calls.handler->execute(unavailable).error().attempts, 1U);
        QVERIFY(calls.standing().strategies[0] == Strategy::immediateFail);
        QVERIFY(calls.handler->strategy(Category::rateLimit) == Strategy::retryWithBackoff);
    }

    void a_strategy_that_could_give_nothing_is_refused() {
        Policy policy;
        policy.cache.age = 0s;
        HandledCalls calls(policy);
        QVERIFY(!calls.handler->setStrategy(Category::unknown, Strategy::fallbackToDefault));
        QVERIFY(!calls.handler->setStrategy(Category::unknown, Strategy::gracefulDegradation));
        QVERIFY(!calls.handler->setStrategy(Category::unknown, Strategy::fallbackToCache));
        calls.handler->fallbacks().setDefault("", 1);
        QVERIFY(calls.handler->setStrategy(Category::unknown, Strategy::fallbackToDefault));
    }

    void an_unsound_policy_is_refused_by_name() {
        Policy policy;
        policy.lastResort = Strategy::retryWithBackoff;
        QCOMPARE(check(policy).error().where, std::string("last_resort"));
        policy = {};
        policy.retry.attempts = 0;
        QCOMPARE(check(policy).error().where, std::string("max_attempts"));
        policy = {};
        policy.retry.maxDelay = 1ms;
        QCOMPARE(check(policy).error().where, std::string("max_delay"));
        policy = {};
        policy.retry.budget.perSecond = 0;
        QCOMPARE(check(policy).error().where, std::string("retries_per_second"));
    }
};

FUSEBOX_TEST(StrategiesTest)
#include "strategies_test.moc"
