#pragma once
// What is done about an error at once, around the guarded call.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace fusebox::domain {

enum class Strategy : std::uint8_t {
    retryWithBackoff,
    fallbackToCache,
    fallbackToDefault,
    immediateFail,
    circuitBreaker,       ///< count it and refuse further calls at once
    gracefulDegradation,  ///< the operation's reduced form
};

inline constexpr std::array kStrategies{Strategy::retryWithBackoff,  Strategy::fallbackToCache,
                                        Strategy::fallbackToDefault, Strategy::immediateFail,
                                        Strategy::circuitBreaker,    Strategy::gracefulDegradation};

/// "RETRY_WITH_BACKOFF", ...
[[nodiscard]] std::string_view toWord(Strategy strategy);
[[nodiscard]] std::optional<Strategy> strategyFromWord(std::string_view word);

}  // namespace fusebox::domain
