#pragma once
// How bad a pattern is, as a sum of points:
//   category   AUTHENTICATION and PERMANENT 3, UNKNOWN 2, others 1
//   impact     the share of a breaker's calls that it fails: over 1 % 1, over 10 % 2, over 50 % 3
//   trend      new, rising, regressed 1
// 0 to 2 LOW, 3 and 4 MEDIUM, 5 and 6 HIGH, 7 CRITICAL. Whatever fails almost all calls is CRITICAL; data loss, corruption, a full
// disk, no memory, an expired certificate are HIGH at least; what is over is LOW.
// It rises at once and falls one step at a time, after two minutes that would be lower.
// Time: as given.

#include <fusebox/base/time.h>
#include <fusebox/domain/error_pattern.h>

#include <optional>
#include <string_view>

namespace fusebox::errors {

/// What decides.
struct Impact {
    domain::Category category = domain::Category::unknown;
    domain::Trend trend = domain::Trend::fresh;
    double failingShare = 0;  ///< of the worst hit breaker's calls, 0 to 1
    bool grave = false;       ///< see isGrave
};

/// The text tells of harm that stays: data loss, corruption, panic, out of memory, disk full, certificate expired.
[[nodiscard]] bool isGrave(std::string_view text);

/// Without any memory of what was.
[[nodiscard]] domain::Severity severityOf(const Impact& impact);

class SeverityJudge {
public:
    domain::Severity judge(const Impact& impact, base::WallTime now);

    [[nodiscard]] domain::Severity severity() const { return m_severity; }
    /// It will fall if nothing happens.
    [[nodiscard]] bool isFalling() const { return m_lowerSince.has_value(); }

private:
    domain::Severity m_severity = domain::Severity::low;
    std::optional<base::WallTime> m_lowerSince;
};

}  // namespace fusebox::errors
