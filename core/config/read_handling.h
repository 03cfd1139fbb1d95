#pragma once
// Reads a [handling] table: the strategy for each category and the limits of each, see handling::Policy.

#include <fusebox/config/settings.h>
#include <fusebox/config/table_reader.h>

#include <string>

namespace fusebox::config {

/// What holds for all dependencies: `start`, changed by the table's keys.
[[nodiscard]] Handling readCommonHandling(const toml::table& table, const std::string& scope, Handling start,
                                          Notes& notes);

/// As above, and what only one dependency has: its default value and its reduced form. `table` may be null.
[[nodiscard]] Handling readHandling(const toml::table* table, const std::string& scope, Handling start,
                                    const AdapterSettings& adapter, Notes& notes);

}  // namespace fusebox::config
