#pragma once
// Reads a configuration file (TOML) and checks it whole: either sound settings, or all that is wrong with it.
// Errors: a file whose TOML itself is broken gives the first such place only; everything after it is not read.
// Limits: files up to kLargestFile, kMostDependencies.

#include <fusebox/config/problem.h>
#include <fusebox/config/settings.h>

#include <tl/expected.hpp>

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace fusebox::config {

inline constexpr std::size_t kLargestFile = 4 * 1024 * 1024;
inline constexpr std::size_t kMostDependencies = 10'000;
inline constexpr std::size_t kLongestName = 96;

using Loaded = tl::expected<Settings, Problems>;

[[nodiscard]] Loaded load(const std::filesystem::path& file);

/// `file` is only for messages; relative paths in the text count from `folder`.
[[nodiscard]] Loaded parse(std::string_view text, const std::string& file, const std::filesystem::path& folder = {});

}  // namespace fusebox::config
