#include <fusebox/errors/error_analytics.h>

#include <algorithm>
#include <tuple>
#include <utility>

namespace fusebox::errors {

namespace {

constexpr int kRateMinutes = 5;

const domain::PatternId kOthers{0};

/// The others last.
bool comesFirst(const domain::ErrorPattern& a, const domain::ErrorPattern& b) {
    const bool aOthers = a.id == kOthers;
    const bool bOthers = b.id == kOthers;
    return std::tie(aOthers, b.severity, b.count, a.id.value) < std::tie(bOthers, a.severity, a.count, b.id.value);
}

}  // namespace

bool ErrorAnalytics::isDue(base::WallTime now) const {
    if (!m_madeAt || now < *m_madeAt) return true;
    if (m_strategiesChanged || m_aggregator.changes() != m_madeOf) return now - *m_madeAt >= kBetweenReports;
    return !m_atRest && minuteOf(now) != minuteOf(*m_madeAt);
}

std::shared_ptr<const domain::ErrorReport> ErrorAnalytics::report(base::WallTime now) {
    if (!isDue(now)) return m_report;
    m_aggregator.judge(now);
    domain::ErrorReport fresh = made(now);
    fresh.version = m_report->version + 1;
    m_report = std::make_shared<const domain::ErrorReport>(std::move(fresh));
    m_madeAt = now;
    m_madeOf = m_aggregator.changes();
    m_atRest = m_aggregator.isAtRest(now);
    m_strategiesChanged = false;
    return m_report;
}

SavedErrors ErrorAnalytics::save(base::WallTime now) {
    m_aggregator.judge(now);
    return {made(now), m_aggregator.mined()};
}

void ErrorAnalytics::setStrategies(const std::vector<domain::HandlingStanding>& standings) {
    for (const domain::HandlingStanding& standing : standings) {
        const auto [place, isNew] = m_strategies.try_emplace(standing.breaker, standing.strategies);
        if (!isNew && place->second == standing.strategies) continue;
        place->second = standing.strategies;
        m_strategiesChanged = true;
    }
}

std::optional<domain::Strategy> ErrorAnalytics::strategyOf(const domain::ErrorPattern& pattern) const {
    if (pattern.breakers.empty()) return std::nullopt;
    const auto found = m_strategies.find(pattern.breakers.front().breaker);
    if (found == m_strategies.end()) return std::nullopt;
    return found->second.at(static_cast<std::size_t>(pattern.category));
}

domain::ErrorReport ErrorAnalytics::made(base::WallTime now) const {
    domain::ErrorReport report;
    report.total = m_aggregator.total();
    report.lost = m_aggregator.lost();
    report.byCategory = m_aggregator.byCategory();
    report.byComponent = m_aggregator.components();
    std::stable_sort(report.byComponent.begin(), report.byComponent.end(),
                     [](const auto& a, const auto& b) { return a.count > b.count; });
    const Minute current = minuteOf(now);
    std::uint64_t recent = 0;
    for (Minute minute = current - ErrorAggregator::kMinutes + 1; minute <= current; ++minute) {
        const CategoryCounts counts = m_aggregator.minutes().of(minute);
        report.minutes.push_back({beginOf(minute), counts});
        if (current - minute < kRateMinutes) {
            for (const std::uint32_t count : counts) recent += count;
        }
    }
    report.perMinute = perMinute(recent, kRateMinutes, now);
    for (const auto& [id, record] : m_aggregator.records()) {
        domain::ErrorPattern pattern = record.toPattern(now);
        pattern.id = id;
        pattern.strategy = strategyOf(pattern);
        report.bySeverity.at(static_cast<std::size_t>(pattern.severity)) += pattern.count;
        report.patterns.push_back(std::move(pattern));
    }
    std::sort(report.patterns.begin(), report.patterns.end(), comesFirst);
    report.recoverySuccessRate = m_aggregator.recovery().successRate();
    report.avgRecoveryTimeMs = m_aggregator.recovery().averageTimeMs();
    return report;
}

}  // namespace fusebox::errors
