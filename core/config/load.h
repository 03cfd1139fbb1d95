#pragma once
// Reads a configuration file (TOML) and checks it whole: either sound settings, or all that is wrong with it.
// Errors: a file whose TOML itself is broken gives the first such place only; everything after it is not read. An overlay that does not
// fit is told alone.
// Limits: files up to kLargestFile, kMostDependencies.

#include <fusebox/config/document.h>
#include <fusebox/config/overlays.h>
#include <fusebox/config/problem.h>
#include <fusebox/config/settings.h>

#include <tl/expected.hpp>

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace fusebox::config {

inline constexpr std::size_t kMostDependencies = 10'000;
inline constexpr std::size_t kLongestName = 96;

using Loaded = tl::expected<Settings, Problems>;

[[nodiscard]] Loaded load(const std::filesystem::path& file, const Overlays& overlays = {});

/// `file` is only for messages; relative paths in the text count from `folder`.
[[nodiscard]] Loaded parse(std::string_view text, const std::string& file, const std::filesystem::path& folder = {},
                           const Overlays& overlays = {});

[[nodiscard]] Loaded settingsOf(const Document& document);

}  // namespace fusebox::config
