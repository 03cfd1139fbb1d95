#pragma once
// Whether a pattern is new, rises, holds, is over or is back.
//  new        first seen less than ten minutes ago
//  rising     the last five minutes have clearly more than the 25 before led to expect: three standard deviations of a
//             Poisson process and at least five errors; until they are within one
//  resolved   silent for ten minutes, or for ten times its mean gap if that is longer, a day at most
//  regressed  seen again after that, for ten minutes
//  steady     otherwise
// Time: as given; never read here.

#include <fusebox/base/time.h>
#include <fusebox/domain/error_pattern.h>

#include <chrono>
#include <cstdint>

namespace fusebox::errors {

inline constexpr int kTrendMinutes = 5;      ///< that are looked at
inline constexpr int kBaselineMinutes = 25;  ///< before them
inline constexpr std::chrono::minutes kFreshFor{10};
inline constexpr std::chrono::minutes kSilentFor{10};

/// What is known of a pattern's errors.
struct PatternPast {
    base::WallTime firstSeen{};
    base::WallTime lastSeen{};
    std::uint64_t count = 0;
    std::uint64_t recent = 0;    ///< in the last kTrendMinutes
    std::uint64_t baseline = 0;  ///< in the kBaselineMinutes before
};

class TrendJudge {
public:
    /// An error came: wakes what was resolved. Call before the error enters the past.
    void seen(const PatternPast& before, base::WallTime at);

    domain::Trend judge(const PatternPast& past, base::WallTime now);

    [[nodiscard]] domain::Trend trend() const { return m_trend; }

private:
    domain::Trend m_trend = domain::Trend::fresh;
    base::WallTime m_regressedAt{};
};

/// How long a pattern must be silent to be resolved.
[[nodiscard]] base::Duration silenceThatResolves(const PatternPast& past);

}  // namespace fusebox::errors
