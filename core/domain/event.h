#pragma once
// A thing that happened: numbered by the collector, never changed.

#include <fusebox/base/time.h>
#include <fusebox/domain/command.h>
#include <fusebox/domain/hold.h>
#include <fusebox/domain/ids.h>
#include <fusebox/domain/recovery.h>
#include <fusebox/domain/transition.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace fusebox::domain {

enum class EventKind : std::uint8_t {
    transition,
    command,
    holdPlaced,
    holdReleased,
    holdExpired,
    breakerAdded,
    breakerRemoved,
    notice,
    recoveryAction,
    errorPattern,  ///< one is new, back or worse; or how often it came of late
};
inline constexpr std::size_t kEventKinds = 10;

/// "transition", "command", "hold placed", ...
[[nodiscard]] std::string_view toWord(EventKind kind);

enum class Level : std::uint8_t { info, warning, error };

struct Event {
    EventId id;  ///< strictly increasing; zero until the collector numbered it
    EventKind kind = EventKind::notice;
    Level level = Level::info;
    base::WallTime at{};
    BreakerId breaker;  ///< empty: the program itself
    std::string actor;  ///< empty: the automaton
    std::string text;   ///< one sentence for people
    std::variant<std::monostate, Transition, CommandReport, Hold, RecoveryOutcome> body;
};

}  // namespace fusebox::domain
