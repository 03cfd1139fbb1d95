#pragma once
// The logging front: one named logger per component over spdlog, to standard error until told otherwise.
// Threads: any.
// Limits: foreign text is escaped (control characters as \xNN) and cut at 512 bytes before it reaches a line.

#include <spdlog/logger.h>

#include <memory>
#include <string>
#include <string_view>

namespace fusebox::base {

/// The logger of a component ("collector", "http"); made at first use.
[[nodiscard]] std::shared_ptr<spdlog::logger> logger(const std::string& component);

/// Foreign text made safe for one log line.
[[nodiscard]] std::string logText(std::string_view foreign);

}  // namespace fusebox::base
