// Permits: completed exactly once, on any thread, and never lost. call() as sugar over them.

#include "guarded.h"

#include <fusebox/support/test_case.h>

#include <stdexcept>
#include <system_error>
#include <thread>

namespace fusebox::breaker {

using domain::Category;
using domain::State;

namespace {

/// Destroyed at the very end of the program: after all that is made static later.
struct KeptToTheEnd {
    base::ManualClock clock;
    std::shared_ptr<CircuitBreaker> breaker;
} keptToTheEnd;

}  // namespace

class PermitsTest : public QObject {
    Q_OBJECT

private slots:
    void a_permit_is_completed_once() {
        Guarded guarded;
        Permit permit = guarded.acquire();
        QCOMPARE(guarded.totals().inFlight, std::uint64_t{1});
        permit.success();
        permit.failure(Category::transient);
        permit.cancel();
        QVERIFY(!permit);
        const auto totals = guarded.totals();
        QCOMPARE(totals.success, std::uint64_t{1});
        QCOMPARE(totals.failure + totals.cancelled + totals.inFlight, std::uint64_t{0});
    }

    void a_moved_permit_leaves_nothing_behind() {
        Guarded guarded;
        Permit first = guarded.acquire();
        Permit second = std::move(first);
        Permit third = guarded.acquire();
        third = std::move(second);  // the third call is given up
        QCOMPARE(guarded.totals().cancelled, std::uint64_t{1});
        third.success();
        QCOMPARE(guarded.totals().inFlight, std::uint64_t{0});
        QCOMPARE(guarded.totals().permitted, std::uint64_t{2});
    }

    void a_permit_may_end_on_another_thread() {
        Guarded guarded;
        Permit permit = guarded.acquire();
        guarded.clock.advance(5ms);
        std::thread([moved = std::move(permit)]() mutable { moved.success(); }).join();
        const auto metrics = guarded.breaker->snapshot().metrics;
        QCOMPARE(metrics.totals.success, std::uint64_t{1});
        QCOMPARE(metrics.window.calls, std::uint64_t{1});
        QCOMPARE(metrics.latency.samples, std::uint64_t{1});
    }

    void a_permit_keeps_the_breaker_alive() {
        Guarded guarded;
        const std::weak_ptr<CircuitBreaker> watch = guarded.breaker;
        Permit permit = guarded.acquire();
        Permit failing = guarded.acquire();
        guarded.breaker.reset();
        QVERIFY(watch.expired());
        permit.success();
        failing.failure(errorOf(Category::transient));  // under AddressSanitizer this is the proof
    }

    void default_categories_of_the_caller_do_not_count() {
        Guarded guarded;
        guarded.fail(Category::authentication);
        guarded.fail(Category::dataValidation);
        guarded.fail(Category::authentication);
        QCOMPARE(guarded.state(), State::closed);
        QCOMPARE(guarded.totals().ignored, std::uint64_t{3});
        QCOMPARE(guarded.window().calls, std::uint64_t{0});
    }

    void errors_are_filtered_by_category_type_and_code() {
        CircuitBreakerConfig config = twoInARow();
        config.ignoredErrors = {};
        config.ignoredErrors.types = {"Harmless"};
        config.ignoredErrors.codes = {"http 4xx"};
        config.monitoredErrors.categories = {Category::transient};
        Guarded guarded(config);
        domain::Error harmless = *errorOf(Category::transient);
        harmless.type = "Harmless";
        guarded.acquire().failure(std::make_shared<const domain::Error>(harmless));
        domain::Error notFound = *errorOf(Category::transient);
        notFound.codeSystem = domain::CodeSystem::http;
        notFound.code = "404";
        guarded.acquire().failure(std::make_shared<const domain::Error>(notFound));
        guarded.fail(Category::permanent);  // not monitored
        QCOMPARE(guarded.totals().ignored, std::uint64_t{3});
        notFound.code = "503";
        guarded.acquire().failure(std::make_shared<const domain::Error>(notFound));
        QCOMPARE(guarded.totals().failure, std::uint64_t{1});
    }

    void failures_are_counted_by_category() {
        Guarded guarded(quiet());
        guarded.fail(Category::rateLimit);
        guarded.acquire().failure(Category::permanent);
        guarded.acquire().failure(std::make_shared<const domain::Error>());
        const auto by = guarded.totals().failuresByCategory;
        QCOMPARE(by[static_cast<std::size_t>(Category::rateLimit)], std::uint64_t{1});
        QCOMPARE(by[static_cast<std::size_t>(Category::permanent)], std::uint64_t{1});
        QCOMPARE(by[static_cast<std::size_t>(Category::unknown)], std::uint64_t{1});
    }

    void call_takes_values_and_nothing() {
        Guarded guarded;
        QCOMPARE(guarded.breaker->call([] { return 42; }).value(), 42);
        QVERIFY(guarded.breaker->call([] {}).has_value());
        const auto owned = guarded.breaker->call([] { return std::make_unique<int>(7); });
        QCOMPARE(**owned, 7);
        QCOMPARE(guarded.totals().success, std::uint64_t{3});
    }

    void call_takes_expected_errors() {
        Guarded guarded;
        const auto value = guarded.breaker->call([]() -> tl::expected<int, domain::Error> { return 1; });
        QCOMPARE(value.value(), 1);
        const auto failed = guarded.breaker->call([]() -> tl::expected<void, domain::ErrorRef> {
            return tl::make_unexpected(errorOf(Category::transient, "down"));
        });
        QVERIFY(!failed);
        QVERIFY(!failed.error().refusal);
        QCOMPARE(failed.error().error->message, std::string("down"));
        QCOMPARE(guarded.totals().failure, std::uint64_t{1});
    }

    void call_refuses_without_running() {
        Guarded guarded;
        guarded.run("ff");
        bool ran = false;
        const auto refused = guarded.breaker->call([&ran] { ran = true; });
        QVERIFY(!ran);
        QCOMPARE(refused.error().refusal.value().reason, RefusalReason::open);
    }

    void exceptions_fail_the_call_and_fly_on() {
        Guarded guarded(quiet());
        QVERIFY_EXCEPTION_THROWN((void)guarded.breaker->call([]() -> int { throw std::runtime_error("boom"); }),
                                 std::runtime_error);
        QVERIFY_EXCEPTION_THROWN((void)guarded.breaker->call([] { throw 5; }), int);
        QVERIFY_EXCEPTION_THROWN(
            (void)guarded.breaker->call([] { throw std::system_error(ECONNREFUSED, std::generic_category()); }),
            std::system_error);
        const auto errors = guarded.breaker->snapshot().detail->recentErrors;
        QCOMPARE(errors.size(), std::size_t{3});
        QCOMPARE(errors[0].error->type, std::string("std::runtime_error"));
        QCOMPARE(errors[0].error->message, std::string("boom"));
        QCOMPARE(errors[1].error->type, std::string("int"));
        QCOMPARE(errors[2].error->code, std::string("ECONNREFUSED"));
        QCOMPARE(guarded.totals().failure, std::uint64_t{3});
    }

    /// What goes wrong here is seen by the address sanitizer when the program ends.
    void a_breaker_may_be_owned_by_something_static() {
        domain::Identity identity;
        identity.id = domain::BreakerId("static");
        keptToTheEnd.breaker = CircuitBreaker::create(identity, quiet(), keptToTheEnd.clock).value();
        keptToTheEnd.breaker->tryAcquire().permit().success();
        QCOMPARE(keptToTheEnd.breaker->snapshot().metrics.totals.success, std::uint64_t{1});
    }
};

FUSEBOX_TEST(PermitsTest)

}  // namespace fusebox::breaker

#include "permits_test.moc"
