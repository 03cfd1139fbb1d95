#pragma once
// The report on all errors, for frames and files: made of what ErrorAggregator has gathered.
// Threads: one at a time, the aggregator's; a report never changes and may be read by any.
// Time: as given. A report is made anew at most each second, and only when something changed, by itself or by the passing of time;
// else the last one is given again.
// Limits: 64 components; as many patterns as the aggregator keeps.

#include <fusebox/base/time.h>
#include <fusebox/domain/error_pattern.h>
#include <fusebox/domain/handling_standing.h>
#include <fusebox/errors/error_aggregator.h>
#include <fusebox/errors/saved_errors.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace fusebox::errors {

class ErrorAnalytics {
public:
    static constexpr std::chrono::seconds kBetweenReports{1};

    /// Lifetime: the aggregator outlives it.
    explicit ErrorAnalytics(ErrorAggregator& aggregator) : m_aggregator(aggregator) {}

    /// A new report would be made now.
    [[nodiscard]] bool isDue(base::WallTime now) const;

    /// Never null.
    [[nodiscard]] std::shared_ptr<const domain::ErrorReport> report(base::WallTime now);

    /// All that is known now, to go on from after a restart.
    [[nodiscard]] SavedErrors save(base::WallTime now);

    /// How the breakers' errors are handled.
    void setStrategies(const std::vector<domain::HandlingStanding>& standings);

private:
    using Strategies = std::array<domain::Strategy, domain::kCategoryCount>;

    [[nodiscard]] domain::ErrorReport made(base::WallTime now) const;
    [[nodiscard]] std::optional<domain::Strategy> strategyOf(const domain::ErrorPattern& pattern) const;

    ErrorAggregator& m_aggregator;
    std::unordered_map<domain::BreakerId, Strategies> m_strategies;
    std::shared_ptr<const domain::ErrorReport> m_report = std::make_shared<const domain::ErrorReport>();
    std::optional<base::WallTime> m_madeAt;
    std::uint64_t m_madeOf = 0;  ///< the aggregator's changes
    bool m_atRest = false;       ///< only what is told can change it
    bool m_strategiesChanged = false;
};

}  // namespace fusebox::errors
