#include <fusebox/errors/trend.h>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace fusebox::errors {

using domain::Trend;

namespace {

constexpr double kRises = 3;  ///< standard deviations
constexpr double kRisesNoMore = 1;
constexpr std::uint64_t kFewestRising = 5;
constexpr int kMeanGaps = 10;
constexpr std::chrono::hours kLongestSilence{24};

/// How far the last minutes are above what the minutes before, as far as there were any, lead to expect.
double deviations(const PatternPast& past, base::WallTime now) {
    const double age = std::chrono::duration<double, std::ratio<60>>(now - past.firstSeen).count();
    const double before = std::clamp<double>(age - kTrendMinutes, kTrendMinutes, kBaselineMinutes);
    const double expected = static_cast<double>(past.baseline) * kTrendMinutes / before;
    return (static_cast<double>(past.recent) - expected) / std::sqrt(std::max(expected, 1.0));
}

}  // namespace

base::Duration silenceThatResolves(const PatternPast& past) {
    if (past.count < 2) return kSilentFor;
    const base::Duration meanGap = (past.lastSeen - past.firstSeen) / static_cast<std::int64_t>(past.count - 1);
    return std::clamp<base::Duration>(meanGap * kMeanGaps, kSilentFor, kLongestSilence);
}

void TrendJudge::seen(const PatternPast& before, base::WallTime at) {
    const bool over =
        m_trend == Trend::resolved || (before.count > 0 && at - before.lastSeen >= silenceThatResolves(before));
    if (!over) return;
    m_trend = Trend::regressed;
    m_regressedAt = at;
}

Trend TrendJudge::judge(const PatternPast& past, base::WallTime now) {
    if (now - past.lastSeen >= silenceThatResolves(past)) return m_trend = Trend::resolved;
    if (m_trend == Trend::resolved) m_regressedAt = past.lastSeen;  // the clock went back
    const bool regressed = m_trend == Trend::resolved || m_trend == Trend::regressed;
    if (regressed && now - m_regressedAt < kFreshFor) return m_trend = Trend::regressed;
    if (now - past.firstSeen < kFreshFor) return m_trend = Trend::fresh;
    const double above = deviations(past, now);
    const bool rising =
        m_trend == Trend::rising ? above > kRisesNoMore : above > kRises && past.recent >= kFewestRising;
    return m_trend = rising ? Trend::rising : Trend::steady;
}

}  // namespace fusebox::errors
