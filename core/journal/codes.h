#pragma once
// The numbers that stand in the file for words of the domain. They never change their meaning: files outlive programs.

#include <fusebox/domain/event.h>
#include <fusebox/domain/state.h>

#include <cstdint>
#include <optional>

namespace fusebox::journal {

[[nodiscard]] std::int64_t codeOf(domain::EventKind kind);
[[nodiscard]] std::int64_t codeOf(domain::Level level);
[[nodiscard]] std::int64_t codeOf(domain::State state);

// Of an unknown number, as a damaged file may hold, the harmless value.
[[nodiscard]] domain::EventKind kindOfCode(std::int64_t code);
[[nodiscard]] domain::Level levelOfCode(std::int64_t code);
[[nodiscard]] domain::State stateOfCode(std::int64_t code);

/// Where a transition came from and went to, in one number.
struct StatePair {
    domain::State from = domain::State::unknown;
    domain::State to = domain::State::unknown;
};
[[nodiscard]] std::int64_t codeOf(StatePair states);
[[nodiscard]] StatePair statesOfCode(std::int64_t code);

/// What a span of several states is shown as: the worst of them.
[[nodiscard]] domain::State worseOf(domain::State one, domain::State other);

[[nodiscard]] inline std::int64_t unixMs(base::WallTime at) {
    return at.time_since_epoch().count();
}
[[nodiscard]] inline base::WallTime wallTime(std::int64_t unixMs) {
    return base::WallTime(std::chrono::milliseconds(unixMs));
}

}  // namespace fusebox::journal
