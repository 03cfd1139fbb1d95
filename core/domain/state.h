#pragma once
// The states of a breaker and the modes of the holds that may lie on top of them.

#include <cstdint>
#include <optional>
#include <string_view>

namespace fusebox::domain {

/// unknown and stale exist only for breakers that are watched from afar.
enum class State : std::uint8_t { closed, open, halfOpen, unknown, stale };

/// forceOpen refuses all calls, forceClosed lets all pass, metricsOnly never refuses and says what it would have done;
/// disabled lets all pass and measures nothing.
/// Where several lie on one breaker the strongest rules, in this order: forceOpen, forceClosed, metricsOnly, disabled.
enum class HoldMode : std::uint8_t { forceOpen, forceClosed, metricsOnly, disabled };

/// "CLOSED", "OPEN", "HALF_OPEN", "UNKNOWN", "STALE"
[[nodiscard]] std::string_view toWord(State state);
[[nodiscard]] std::optional<State> stateFromWord(std::string_view word);

/// "FORCE_OPEN", "FORCE_CLOSED", "METRICS_ONLY", "DISABLED"
[[nodiscard]] std::string_view toWord(HoldMode mode);
[[nodiscard]] std::optional<HoldMode> holdModeFromWord(std::string_view word);

}  // namespace fusebox::domain
