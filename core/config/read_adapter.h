#pragma once
// Reads the settings of one kind of dependency from its table. Passwords and tokens come from files or the environment only.

#include <fusebox/config/settings.h>
#include <fusebox/config/table_reader.h>

#include <filesystem>

namespace fusebox::config {

/// `kind` is an index of kinds(); relative paths count from `folder`.
[[nodiscard]] AdapterSettings readAdapter(std::size_t kind, TableReader& in, const std::filesystem::path& folder,
                                          Notes& notes);

/// The same dependency at the places of backup_urls, with the same login; only of kind http.
[[nodiscard]] std::vector<AdapterSettings> readBackups(const AdapterSettings& first, TableReader& in);

/// Notes what the adapter itself does not accept.
void checkAdapter(const AdapterSettings& settings, TableReader& in);
void checkBackups(const std::vector<AdapterSettings>& backups, TableReader& in);

}  // namespace fusebox::config
