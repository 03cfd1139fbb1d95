// Many threads call, fail, fall back and change strategies at once: nothing is lost and nothing torn.
#include <fusebox/handling/error_handlers.h>
#include <fusebox/support/test_case.h>

#include <thread>

#include "handled_calls.h"

using namespace fusebox;
using namespace std::chrono_literals;
using domain::Category;
using domain::Strategy;

class HandlingConcurrencyTest : public QObject {
    Q_OBJECT
private slots:
    void calls_strategies_and_looks_at_the_same_time() {
        constexpr int kThreads = 4;
        constexpr int kCalls = 3000;
        HandledCalls calls;
        calls.handler->fallbacks().setDefault<std::string>("", "default");
        handling::ErrorHandlers handlers;
        handlers.add(calls.handler);
        std::atomic<std::uint64_t> live{0}, cached{0}, given{0}, none{0};
        std::atomic<bool> done{false};
        std::thread operators([&] {
            const std::array ways{Strategy::retryWithBackoff, Strategy::fallbackToCache, Strategy::fallbackToDefault};
            for (std::size_t i = 0; !done; ++i) {
                (void)calls.handler->setStrategy(Category::transient, ways[i % ways.size()]);
                (void)handlers.standings();
                if (i % 100 == 0) calls.handler->fallbacks().clear();
            }
        });
        const auto caller = [&](int thread) {
            for (int i = 0; i < kCalls; ++i) {
                const auto answer = calls.handler->execute(
                    [&](const handling::Attempt& attempt) -> Fetched {
                        if ((i + thread) % 3 == 0 && attempt.number < 3) return failedWith("503");
                        return std::string("good");
                    },
                    {.key = std::to_string(i % 5)});
                if (!answer) {
                    ++none;
                } else {
                    const bool isDefault = answer->served == domain::Served::defaultValue;
                    QCOMPARE(answer->value, std::string(isDefault ? "default" : "good"));
                    ++(isDefault ? given : answer->served == domain::Served::cache ? cached : live);
                }
            }
        };
        std::vector<std::thread> threads;
        for (int thread = 0; thread < kThreads; ++thread) threads.emplace_back(caller, thread);
        for (std::thread& thread : threads) thread.join();
        done = true;
        operators.join();
        const domain::HandlingStanding standing = calls.standing();
        QCOMPARE(live + cached + given + none, std::uint64_t(kThreads * kCalls));
        QCOMPARE(standing.fromCache, cached.load());
        QCOMPARE(standing.fromDefault, given.load());
        QCOMPARE(standing.failed, none.load());
        QCOMPARE(calls.totals().inFlight, 0U);
        QCOMPARE(calls.totals().rejected, 0U);
        QCOMPARE(calls.totals().permitted, std::uint64_t(kThreads * kCalls) + standing.retries);
    }

    void a_budget_is_never_overdrawn() {
        base::ManualClock clock;
        handling::RetryBudget budget({}, clock);
        std::atomic<int> taken{0};
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&] {
                for (int draw = 0; draw < 1000; ++draw) taken += budget.withdraw() ? 1 : 0;
            });
        }
        for (std::thread& thread : threads) thread.join();
        QCOMPARE(taken.load(), 30);
    }
};

FUSEBOX_TEST(HandlingConcurrencyTest)
#include "concurrency_test.moc"
