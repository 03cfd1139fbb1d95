#pragma once
// A file that holds one bearer token in one line: its owner's secret, so it must be readable by its owner alone.
// Errors: refused for a file that is readable or writable by others, belongs to another user, is a symbolic link or no plain file, is
// empty or holds anything but one printable word; unavailable for one that cannot be read. No error shows what is in it.
// Limits: kShortestToken to kLongestToken characters; one line break at the end is no part of it.

#include <fusebox/base/result.h>

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace fusebox::config {

inline constexpr std::size_t kShortestToken = 16;
inline constexpr std::size_t kLongestToken = 512;

[[nodiscard]] base::Result<std::string> readTokenFile(const std::filesystem::path& file);

/// Makes the file with mode 0600. Errors: conflict if something is there already, unavailable.
[[nodiscard]] base::Result<void> makeTokenFile(const std::filesystem::path& file, std::string_view token);

/// 43 characters from the system's source of randomness. Errors: unavailable.
[[nodiscard]] base::Result<std::string> freshToken();

}  // namespace fusebox::config
