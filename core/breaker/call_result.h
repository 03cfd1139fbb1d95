#pragma once
// What a guarded call gives back: the value, or why there is none.

#include <fusebox/breaker/permit.h>
#include <fusebox/domain/error.h>

#include <tl/expected.hpp>

#include <exception>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace fusebox::breaker {

/// Either the breaker refused, or the call failed.
struct CallError {
    std::optional<Refusal> refusal;
    domain::ErrorRef error;  ///< null if it was refused
};

/// The value type of what a guarded function returns, and how its error becomes an ErrorRef.
template <typename Returned>
struct CallTraits {
    using Value = Returned;
    static constexpr bool kIsExpected = false;
};

template <typename T, typename E>
struct CallTraits<tl::expected<T, E>> {
    static_assert(std::is_same_v<E, domain::Error> || std::is_same_v<E, domain::ErrorRef>,
                  "a guarded function fails with domain::Error or domain::ErrorRef");
    using Value = T;
    static constexpr bool kIsExpected = true;
};

template <typename Returned>
using CallResult = tl::expected<typename CallTraits<Returned>::Value, CallError>;

[[nodiscard]] inline domain::ErrorRef asErrorRef(domain::ErrorRef error) {
    return error;
}
[[nodiscard]] inline domain::ErrorRef asErrorRef(domain::Error error) {
    return std::make_shared<const domain::Error>(std::move(error));
}

/// An exception as an Error: its type and what it says.
[[nodiscard]] domain::ErrorRef asError(const std::exception& exception);
/// As above, for an exception of any other type. REQUIRES: inside a catch block.
[[nodiscard]] domain::ErrorRef currentExceptionAsError();

}  // namespace fusebox::breaker
