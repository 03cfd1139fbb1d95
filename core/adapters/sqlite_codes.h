#pragma once
// The names of SQLite's result codes.
// Source: https://www.sqlite.org/rescode.html

#include <string>

namespace fusebox::adapters {

/// "SQLITE_BUSY_SNAPSHOT"; a code that is not known by name: its primary code's name and the number, "SQLITE_IOERR (8970)".
[[nodiscard]] std::string sqliteCodeName(int extendedCode);

}  // namespace fusebox::adapters
