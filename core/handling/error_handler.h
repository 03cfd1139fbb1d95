#pragma once
// Runs a guarded operation and really does about its errors what their category asks for:
//
//     auto answer = handler->execute([&](const handling::Attempt&) { return fetchOrder(17); }, {.key = "order 17"});
//     if (answer && answer->served == domain::Served::cache) { ... it is answer->age old ... }
//
// RETRY_WITH_BACKOFF runs it again, FALLBACK_TO_CACHE gives the last good value, FALLBACK_TO_DEFAULT a default value,
// GRACEFUL_DEGRADATION the answer of its reduced form, IMMEDIATE_FAIL nothing, CIRCUIT_BREAKER nothing either and opens the
// breaker. When the breaker refuses or no retries are left, Policy::lastResort is done.
// Each attempt takes a permit of its own. The reduced form takes none: it is another operation; let it be guarded by a breaker of
// its own if it calls somebody.
//
// Threads: all functions from any thread. The operation runs on the caller's thread, without a lock; a good answer takes none save
// that of the FallbackManager, where values are kept.
// Time: deadlines by the given clock, waits by the Waiter. No attempt begins after the deadline; to end by then is the operation's part.
// Errors: what the operation throws is its error. Each error is classified once, before the breaker counts it.

#include <fusebox/base/clock.h>
#include <fusebox/base/result.h>
#include <fusebox/breaker/circuit_breaker.h>
#include <fusebox/domain/handling_standing.h>
#include <fusebox/errors/error_classifier.h>
#include <fusebox/handling/fallback_manager.h>
#include <fusebox/handling/handled.h>
#include <fusebox/handling/policy.h>
#include <fusebox/handling/retry_budget.h>
#include <fusebox/handling/serving.h>
#include <fusebox/handling/waiter.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace fusebox::handling {

/// Whether there is an operation that gives less, for GRACEFUL_DEGRADATION.
enum class ReducedForm : std::uint8_t { absent, present };

class ErrorHandler {
public:
    /// Is told of each error as it was classified, and what is done about it. Called on the thread of the call; must be quick and must not throw.
    using NoteError = std::function<void(const domain::ErrorRef&, domain::Strategy)>;

    struct Parts {
        std::shared_ptr<breaker::CircuitBreaker> breaker;
        std::shared_ptr<const errors::ErrorClassifier> classifier;
        std::shared_ptr<RetryBudget> budget;  ///< null: one of its own; share it between the handlers of a dependency
        std::shared_ptr<FallbackManager> fallbacks;  ///< null: one of its own
        std::shared_ptr<Waiter> waiter;              ///< null: one that blocks the thread
        ReducedForm reducedForm = ReducedForm::absent;
        NoteError noteError;  ///< may be empty
    };

    /// REQUIRES: breaker and classifier not null; the clock outlives this. Errors: invalidInput, see check().
    [[nodiscard]] static base::Result<std::shared_ptr<ErrorHandler>> create(Parts parts, Policy policy,
                                                                            const base::Clock& clock);

    ErrorHandler(const ErrorHandler&) = delete;
    ErrorHandler& operator=(const ErrorHandler&) = delete;

    /// The operation takes a const Attempt& or nothing, and returns a value, or tl::expected with domain::Error or domain::ErrorRef
    /// as its error. Values are kept for FALLBACK_TO_CACHE if they can be copied.
    template <typename Operation>
    [[nodiscard]] HandledResult<OperationValue<Operation>> execute(Operation&& operation,
                                                                   const CallContext& context = {}) {
        return handle<OperationValue<Operation>>(operation, nullptr, context);
    }

    /// `reduced` gives less, for GRACEFUL_DEGRADATION: of the same value type.
    template <typename Operation, typename Reduced>
    [[nodiscard]] HandledResult<OperationValue<Operation>> execute(Operation&& operation, Reduced&& reduced,
                                                                   const CallContext& context) {
        static_assert(std::is_same_v<OperationValue<Operation>, OperationValue<Reduced>>,
                      "the reduced form gives the same type of value");
        return handle<OperationValue<Operation>>(operation, &reduced, context);
    }

    /// What is done from now on. Errors: conflict if there is nothing that it could give.
    base::Result<void> setStrategy(domain::Category category, domain::Strategy strategy);
    [[nodiscard]] domain::Strategy strategy(domain::Category category) const noexcept;

    [[nodiscard]] domain::HandlingStanding standing() const;

    [[nodiscard]] breaker::CircuitBreaker& breaker() const noexcept { return *m_parts.breaker; }
    [[nodiscard]] FallbackManager& fallbacks() const noexcept { return *m_parts.fallbacks; }
    /// As it was given; strategies may have been set since.
    [[nodiscard]] const Policy& policy() const noexcept { return m_policy; }

private:
    /// One call on its way.
    struct Course {
        const CallContext& context;
        base::Time begin;
        std::uint32_t attempts = 0;
        base::Duration lastWait{};
        domain::ErrorRef error;
        std::optional<breaker::Refusal> refusal;
        domain::Strategy way = domain::Strategy::immediateFail;  ///< what is done once there are no more attempts
        std::string why;
        bool stopped = false;
    };
    enum class Next : std::uint8_t { tryAgain, giveUp };

    ErrorHandler(Parts parts, Policy policy, const base::Clock& clock);

    template <typename Value, typename Operation, typename Reduced>
    HandledResult<Value> handle(Operation& operation, Reduced reduced, const CallContext& context);
    template <typename Value, typename Reduced>
    HandledResult<Value> fallBack(Course& course, Reduced reduced);
    template <typename Value>
    HandledResult<Value> served(const Course& course, Value value, domain::Served from,
                                std::optional<base::Duration> age = {});

    [[nodiscard]] std::optional<breaker::Permit> begin(Course& course);
    [[nodiscard]] Attempt attemptOf(const Course& course) const;
    /// Completes the permit, and waits if there is to be another attempt.
    [[nodiscard]] Next failed(Course& course, breaker::Permit permit, const domain::ErrorRef& error);
    [[nodiscard]] Next waitForRetry(Course& course);
    /// Why there is no (further) retry; nothing: there is one after `wait`.
    [[nodiscard]] std::optional<std::string> objectionToRetry(const Course& course, base::Duration wait);
    [[nodiscard]] base::Duration nextWait(const Course& course);
    void tripFor(Course& course);
    void useLastResort(Course& course, std::string why);
    void noteServed(domain::Served from, std::optional<base::Duration> age);
    [[nodiscard]] Unanswered unanswered(Course& course);
    [[nodiscard]] domain::ErrorRef refusalAsError(const breaker::Refusal& refusal) const;
    [[nodiscard]] double random() noexcept;

    Parts m_parts;
    const Policy m_policy;
    const base::Clock& m_clock;
    std::array<std::atomic<domain::Strategy>, domain::kCategoryCount> m_strategies;
    Serving m_serving;
    std::atomic<std::uint64_t> m_retries{0};
    std::atomic<std::uint64_t> m_retriesRefused{0};
    std::atomic<std::uint64_t> m_fromCache{0};
    std::atomic<std::uint64_t> m_fromDefault{0};
    std::atomic<std::uint64_t> m_reduced{0};
    std::atomic<std::uint64_t> m_failed{0};
    std::atomic<std::uint64_t> m_random;
};

template <typename Value, typename Operation, typename Reduced>
HandledResult<Value> ErrorHandler::handle(Operation& operation, Reduced reduced, const CallContext& context) {
    Course course{.context = context, .begin = m_clock.now()};
    while (std::optional<breaker::Permit> permit = begin(course)) {
        tl::expected<Value, domain::ErrorRef> outcome = outcomeOf(operation, attemptOf(course));
        if (outcome) {
            permit->success();
            if constexpr (std::is_copy_constructible_v<Value>) {
                if (m_parts.fallbacks->keepsValues()) m_parts.fallbacks->keep<Value>(context.key, *outcome);
            }
            return served<Value>(course, std::move(*outcome), domain::Served::live);
        }
        if (failed(course, std::move(*permit), outcome.error()) == Next::giveUp) break;
    }
    return fallBack<Value>(course, reduced);
}

template <typename Value, typename Reduced>
HandledResult<Value> ErrorHandler::fallBack(Course& course, Reduced reduced) {
    using Found = FallbackManager::Found<Value>;
    if constexpr (std::is_copy_constructible_v<Value>) {
        const bool fromCache = course.way == domain::Strategy::fallbackToCache;
        if (fromCache || course.way == domain::Strategy::fallbackToDefault) {
            Found found = fromCache ? m_parts.fallbacks->last<Value>(course.context.key)
                                    : m_parts.fallbacks->defaultValue<Value>(course.context.key);
            if (found && fromCache) return served<Value>(course, *found->value, domain::Served::cache, found->age);
            if (found) return served<Value>(course, *found->value, domain::Served::defaultValue);
            course.why += (course.why.empty() ? "" : "; ") + found.error();
        }
    }
    if constexpr (!std::is_null_pointer_v<Reduced>) {
        if (course.way == domain::Strategy::gracefulDegradation) {
            auto outcome = outcomeOf(*reduced, attemptOf(course));
            if (outcome) return served<Value>(course, std::move(*outcome), domain::Served::reduced);
            course.why +=
                (course.why.empty() ? "" : "; ") + ("its reduced form failed as well: " + outcome.error()->text());
        }
    } else if (course.way == domain::Strategy::gracefulDegradation) {
        course.why += course.why.empty() ? "there is no reduced form" : "; there is no reduced form";
    }
    return tl::unexpected(unanswered(course));
}

template <typename Value>
HandledResult<Value> ErrorHandler::served(const Course& course, Value value, domain::Served from,
                                          std::optional<base::Duration> age) {
    noteServed(from, age);
    return Handled<Value>{std::move(value), from, age, course.attempts, course.error, course.refusal};
}

}  // namespace fusebox::handling
