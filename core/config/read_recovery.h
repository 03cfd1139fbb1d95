#pragma once
// Reads what is to be done about dependencies that fail: each [[dependency.action]], and [alert].
// Limits: kMostArguments arguments of kLongestArgument bytes. A program is a list of its arguments, never a line for a shell.

#include <fusebox/config/action_settings.h>
#include <fusebox/config/table_reader.h>
#include <fusebox/recovery/alert_channel.h>

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace fusebox::config {

inline constexpr std::size_t kMostArguments = 64;
inline constexpr std::size_t kLongestArgument = 4096;

enum class Backups : std::uint8_t { none, some };

/// In the order of the file; it is the order in which they are tried.
[[nodiscard]] std::vector<ActionSettings> readActions(TableReader& dependency, const std::string& scope,
                                                      Backups backups, const std::filesystem::path& folder,
                                                      Notes& notes);

[[nodiscard]] recovery::AlertSettings readAlert(const toml::table& table, const std::filesystem::path& folder,
                                                Notes& notes);

/// Adds what every dependency can do and nobody mentioned: RESET_CONNECTION by hand, REDUCE_LOAD as a proposal, SWITCH_ENDPOINT as a
/// proposal where there is a backup, and ALERT_ADMIN, by itself where alerts lead anywhere.
void addUsualActions(std::vector<ActionSettings>& actions, Backups backups, const recovery::AlertSettings& alerts);

}  // namespace fusebox::config
