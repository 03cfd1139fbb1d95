#pragma once
// A configuration for people: each value by its key, with where it comes from. Secrets are not shown.
// Errors: as load().

#include <fusebox/config/overlays.h>
#include <fusebox/config/problem.h>

#include <tl/expected.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace fusebox::config {

struct ShownValue {
    std::string key;     ///< agent.port, dependency."Orders API".url
    std::string value;   ///< as it would stand in the file; "(hidden)" for a secret
    std::string origin;  ///< "fusebox.toml:12", "fusebox.toml:40 (profile staging)", "FUSEBOX_AGENT__PORT", "default"

    bool operator==(const ShownValue&) const = default;
};

enum class Extent : std::uint8_t {
    given,      ///< what stands in the file, its profile and the variables
    effective,  ///< and what holds where they say nothing
};

using Shown = tl::expected<std::vector<ShownValue>, Problems>;

[[nodiscard]] Shown show(const std::filesystem::path& file, const Overlays& overlays, Extent extent);

/// The names of the profiles of a file; none if it cannot be read.
[[nodiscard]] std::vector<std::string> profilesOf(const std::filesystem::path& file);

}  // namespace fusebox::config
