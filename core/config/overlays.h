#pragma once
// What is laid over a configuration file: one of its profiles, and above that variables of the environment.
// FUSEBOX_AGENT__PORT is port in [agent]: two underscores go one table deeper. A dependency is named by its own name in capitals, all else than
// letters and digits as one underscore: FUSEBOX_DEPENDENCY__ORDERS_API__URL. A value is taken as TOML where it is TOML, else as text.
// Lifetime: plain values.

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace fusebox::config {

/// By name.
using Variables = std::map<std::string, std::string>;

inline constexpr std::string_view kVariablePrefix = "FUSEBOX_";

struct Overlays {
    std::optional<std::string> profile;  ///< nothing: none
    Variables variables;
};

/// All variables whose name begins with FUSEBOX_; without a profile the one that FUSEBOX_PROFILE names.
[[nodiscard]] Overlays overlaysFromEnvironment(std::optional<std::string> profile = {});

/// As a part of a variable's name: "Orders API" is ORDERS_API.
[[nodiscard]] std::string variablePart(std::string_view name);

}  // namespace fusebox::config
