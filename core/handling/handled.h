#pragma once
// What a handled call takes and gives back: the answer with where it came from, or why there is none.
// Lifetime: plain values.

#include <fusebox/base/time.h>
#include <fusebox/breaker/call_result.h>
#include <fusebox/domain/error.h>
#include <fusebox/domain/handling_standing.h>
#include <fusebox/domain/strategy.h>

#include <tl/expected.hpp>

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <type_traits>
#include <variant>

namespace fusebox::handling {

enum class Repeat : std::uint8_t {
    asConfigured,  ///< RetryRules::idempotent decides
    allowed,       ///< this one may be run again
    forbidden,
};

/// What one call is about.
struct CallContext {
    std::string key;             ///< of its last good value: what is asked for. Empty: there is but one
    domain::ErrorContext about;  ///< put on errors that say nothing themselves
    Repeat repeat = Repeat::asConfigured;
    std::optional<base::Duration> deadline;  ///< instead of RetryRules::deadline
    std::stop_token stop;
};

/// What the operation is told.
struct Attempt {
    std::uint32_t number = 1;
    base::Duration left{};  ///< until the deadline of the whole call; the operation does well to end by then
    std::stop_token stop;
};

template <typename Value>
struct Handled {
    Value value;
    domain::Served served = domain::Served::live;
    std::optional<base::Duration> age;        ///< of a value from the cache
    std::uint32_t attempts = 0;               ///< made; none if the breaker refused
    domain::ErrorRef overcome;                ///< the last error on the way to this value; null: none
    std::optional<breaker::Refusal> refusal;  ///< the breaker let no (further) attempt pass
};

enum class Unserved : std::uint8_t {
    failed,
    refused,  ///< by the breaker, before the first attempt
    stopped,  ///< by CallContext::stop
};

struct Unanswered {
    Unserved how = Unserved::failed;
    domain::ErrorRef error;  ///< never null; of a refusal or a stop it says so
    std::optional<breaker::Refusal> refusal;
    std::uint32_t attempts = 0;
    std::string why;  ///< what was tried against the error and why it did not help; may be empty
};

template <typename Value>
using HandledResult = tl::expected<Handled<Value>, Unanswered>;

/// How an operation is run: it may take the Attempt or nothing.
template <typename Operation>
[[nodiscard]] decltype(auto) runAttempt(Operation& operation, const Attempt& attempt) {
    if constexpr (std::is_invocable_v<Operation&, const Attempt&>) {
        return operation(attempt);
    } else {
        return operation();
    }
}

template <typename Operation>
using Returned = decltype(runAttempt(std::declval<Operation&>(), std::declval<const Attempt&>()));

/// An operation that gives nothing has the value std::monostate.
template <typename Operation>
using OperationValue = std::conditional_t<std::is_void_v<typename breaker::CallTraits<Returned<Operation>>::Value>,
                                          std::monostate, typename breaker::CallTraits<Returned<Operation>>::Value>;

/// The operation at the border to foreign code: what it throws becomes its error.
template <typename Operation>
[[nodiscard]] tl::expected<OperationValue<Operation>, domain::ErrorRef> outcomeOf(Operation& operation,
                                                                                  const Attempt& attempt) {
    using Result = Returned<Operation>;
    try {
        if constexpr (breaker::CallTraits<Result>::kIsExpected) {
            Result result = runAttempt(operation, attempt);
            if (!result) return tl::unexpected(breaker::asErrorRef(std::move(result.error())));
            if constexpr (std::is_void_v<typename breaker::CallTraits<Result>::Value>) {
                return std::monostate{};
            } else {
                return std::move(*result);
            }
        } else if constexpr (std::is_void_v<Result>) {
            runAttempt(operation, attempt);
            return std::monostate{};
        } else {
            return runAttempt(operation, attempt);
        }
    } catch (const std::exception& thrown) {
        return tl::unexpected(breaker::asError(thrown));
    } catch (...) {
        return tl::unexpected(breaker::currentExceptionAsError());
    }
}

}  // namespace fusebox::handling
