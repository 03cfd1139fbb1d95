#pragma once
// Numbers as people read them: a fixed number of digits, the unit behind, and a dash where nothing is known.
// Limits: always English digits and separators, so that columns line up and texts can be compared.

#include <fusebox/base/time.h>
#include <fusebox/domain/circuit_metrics.h>

#include <QString>

#include <cstdint>
#include <optional>

namespace fusebox::format {

/// "–": nothing is known.
[[nodiscard]] QString missing();
/// "too few calls": something is known, but not enough for a rate.
[[nodiscard]] QString tooFewCalls();

/// "0.4/s", "12.3/s", "1,240/s"
[[nodiscard]] QString callsPerSecond(std::optional<double> rate);
/// 0.123 -> "12.3 %"; 0 -> "0 %"; tiny but not zero -> "< 0.1 %"; 1 -> "100 %"
[[nodiscard]] QString percent(std::optional<double> share);
/// A share as somebody chose it, with no digits that nobody wrote: 0.5 -> "50 %", 0.005 -> "0.5 %"
[[nodiscard]] QString chosenShare(double share);
/// What the trip rules see: "12.3 %", "too few calls", or a dash when there were none.
[[nodiscard]] QString failureRate(const domain::WindowMetrics& window);
/// "850 µs", "12.3 ms", "1.24 s"
[[nodiscard]] QString latency(std::optional<base::Duration> duration);
/// "12,345"
[[nodiscard]] QString count(std::uint64_t value);
/// "987", "12.3 k", "4.5 M": at most six characters
[[nodiscard]] QString compactCount(std::uint64_t value);
/// One thing or several: counted(1, "call", "calls") -> "1 call"
[[nodiscard]] QString counted(std::uint64_t value, const QString& one, const QString& many);

/// "now", "12 s ago", "3 min ago", "2 h ago", "5 d ago"
[[nodiscard]] QString age(base::Duration since);
/// "0:07", "12:30", "1:02:03"; rounds up, so that it reaches 0:00 only when it is over
[[nodiscard]] QString countdown(base::Duration left);
/// "250 ms", "30 s", "1.5 s", "5 min", "1 h 5 min", "2 d 3 h"
[[nodiscard]] QString span(base::Duration duration);
/// "14:32:07" in local time
[[nodiscard]] QString clockTime(base::WallTime at);
/// "14:32:07" on the same day as now, else "7 May"; a dash for no time at all. In local time
[[nodiscard]] QString moment(base::WallTime at, base::WallTime now);
/// "2024-05-07 14:32:07.123" in local time
[[nodiscard]] QString dateTime(base::WallTime at);

}  // namespace fusebox::format
