#pragma once
// Numbers, spans and moments as they stand in tables, and as they are typed.

#include <fusebox/base/time.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fusebox::ctl {

/// "–": nothing is known.
inline constexpr const char* kMissing = "–";

/// "250 ms", "12.3 s", "5 min", "1 h 5 min", "2 d 3 h"
[[nodiscard]] std::string spanText(base::Duration span);
/// "850 µs", "12.3 ms", "1.24 s"
[[nodiscard]] std::string latencyText(const std::optional<base::Duration>& latency);
/// 0.123 -> "12.3 %"
[[nodiscard]] std::string percentText(const std::optional<double>& share);
/// "2024-05-07 14:32:07.123" in local time
[[nodiscard]] std::string momentText(base::WallTime at);
[[nodiscard]] std::string countText(std::uint64_t count, std::string_view one, std::string_view many);

/// "30m", "1h", "90s", "7d"; nothing for anything else.
[[nodiscard]] std::optional<base::Duration> spanFrom(std::string_view text);
/// "90m": so long before now. "2026-11-23", "2026-11-23 14:30", "2026-11-23T14:30:05": local time; with Z: UTC.
[[nodiscard]] std::optional<base::WallTime> momentFrom(std::string_view text, base::WallTime now);

}  // namespace fusebox::ctl
