#pragma once
// What a command must fulfil before the gate looks for its target: a short ordered list; the first objection refuses
// it.
// Limits: reasons up to 500 characters, actors up to 64, ids up to 96, groups up to 200; durations from 100 ms to 30
// days; 64 options, each name and value up to 200 characters.

#include <fusebox/domain/command.h>

#include <cstddef>
#include <optional>
#include <string>

namespace fusebox::command {

inline constexpr std::size_t kLongestReason = 500;
inline constexpr std::size_t kLongestActor = 64;
inline constexpr std::size_t kLongestId = 96;
inline constexpr std::size_t kLongestGroup = 200;
inline constexpr std::size_t kMostOptions = 64;
inline constexpr std::size_t kLongestOption = 200;
inline constexpr base::Duration kShortestDuration = std::chrono::milliseconds(100);
inline constexpr base::Duration kLongestDuration = std::chrono::days(30);

/// It names neither a breaker nor a group: it is for everyone who takes such commands.
[[nodiscard]] bool isForAll(domain::CommandKind kind);

/// Why the command is refused, in a sentence for its actor; nothing when it may pass.
[[nodiscard]] std::optional<std::string> objectionTo(const domain::Command& command);

}  // namespace fusebox::command
