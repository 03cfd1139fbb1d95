#pragma once
// What a command must fulfil before the gate looks for its target: a short ordered list; the first objection refuses
// it.
// Limits: reasons of 10 to 500 characters, actors up to 64, ids up to 96, groups up to 200, origins up to 120; durations
// from 100 ms to 24 hours; 64 options, each name and value up to 200 characters.

#include <fusebox/command/hold_rules.h>
#include <fusebox/domain/command.h>

#include <cstddef>
#include <optional>
#include <string>

namespace fusebox::command {

/// What a person writes must tell others something: so many characters, blanks at the ends not counted, and not one and
/// the same key pressed again and again. The program's own automata give their cause, however short it is.
inline constexpr std::size_t kShortestReason = 10;
inline constexpr std::size_t kFewestKinds = 4;  ///< different characters in a person's reason
inline constexpr std::size_t kLongestReason = 500;
inline constexpr std::size_t kLongestActor = 64;
inline constexpr std::size_t kLongestId = 96;
inline constexpr std::size_t kLongestGroup = 200;
inline constexpr std::size_t kLongestOrigin = 120;
inline constexpr std::size_t kMostOptions = 64;
inline constexpr std::size_t kLongestOption = 200;
inline constexpr base::Duration kShortestDuration = std::chrono::milliseconds(100);
inline constexpr base::Duration kLongestDuration = kLongestHold;

/// It names neither a breaker nor a group: it is for everyone who takes such commands.
[[nodiscard]] bool isForAll(domain::CommandKind kind);

/// Why this is no reason for a person's command, in a sentence; nothing when it is one.
[[nodiscard]] std::optional<std::string> objectionToReason(const std::string& reason);

/// Why the command is refused, in a sentence for its actor; nothing when it may pass.
[[nodiscard]] std::optional<std::string> objectionTo(const domain::Command& command);

}  // namespace fusebox::command
