#pragma once
// Values as one would write them in a configuration file.

#include <fusebox/base/time.h>

#include <string>
#include <string_view>
#include <vector>

#include <toml++/toml.h>

namespace fusebox::config {

/// A basic string: in quotes, with what is special escaped.
[[nodiscard]] std::string tomlText(std::string_view text);

/// A duration in quotes: "5s".
[[nodiscard]] std::string tomlText(base::Duration duration);

/// ["a", "b"]
[[nodiscard]] std::string tomlList(const std::vector<std::string>& texts);

/// The value in one line; tables and what else has no such form as what they are: "a table".
[[nodiscard]] std::string textOf(const toml::node& node);

/// agent.port, dependency."Orders API".url
[[nodiscard]] std::string pathText(const std::vector<std::string>& path);

}  // namespace fusebox::config
