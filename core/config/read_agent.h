#pragma once
// Reads [agent] with its tokens and limits, [journal] and [log].
// Limits: kMostTokens tokens.

#include <fusebox/config/agent_settings.h>
#include <fusebox/config/table_reader.h>

#include <cstddef>
#include <filesystem>

namespace fusebox::config {

inline constexpr std::size_t kMostTokens = 1000;

/// An address beyond loopback is refused without TLS, and without a token of one's own.
[[nodiscard]] AgentSettings readAgent(const toml::table& table, const std::filesystem::path& folder, Notes& notes);
[[nodiscard]] JournalSettings readJournal(const toml::table& table, const std::filesystem::path& folder, Notes& notes);
[[nodiscard]] LogSettings readLog(const toml::table& table, const std::filesystem::path& folder, Notes& notes);

}  // namespace fusebox::config
