#pragma once
// A configuration file as a tree of TOML, with a profile and variables laid over it; each value still knows where it stood.
// Errors: a tree that cannot be made gives the problems; what is wrong with its values is for who reads them.
// Limits: files up to kLargestFile.

#include <fusebox/config/overlays.h>
#include <fusebox/config/problem.h>
#include <fusebox/config/table_reader.h>

#include <tl/expected.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fusebox::config {

inline constexpr std::size_t kLargestFile = 4 * 1024 * 1024;

struct Document {
    toml::table root;              ///< without its profiles
    std::string file;              ///< for messages
    std::filesystem::path folder;  ///< relative paths count from here
    Overlays overlays;
    std::vector<std::string> profiles;                              ///< the names of all
    std::set<std::pair<std::uint32_t, std::uint32_t>> fromProfile;  ///< line and column of values that the profile gave

    /// "fusebox.toml:12", "fusebox.toml:40 (profile staging)", "FUSEBOX_AGENT__PORT"
    [[nodiscard]] std::string originOf(const toml::node& node) const;
};

using Documented = tl::expected<Document, Problems>;

[[nodiscard]] Documented readDocument(std::string_view text, const std::string& file,
                                      const std::filesystem::path& folder, const Overlays& overlays);
[[nodiscard]] Documented readDocument(const std::filesystem::path& file, const Overlays& overlays);

}  // namespace fusebox::config
