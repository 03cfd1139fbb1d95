#pragma once
// How often recovery actions helped, from their outcomes.
// Threads: one at a time.
// Limits: an outcome may be told again and again as it goes on; the last 1024 verdicts are remembered, so that each counts once.

#include <fusebox/domain/recovery.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>

namespace fusebox::errors {

class RecoveryRecord {
public:
    /// True when it was a verdict that is new.
    bool add(const domain::RecoveryOutcome& outcome);

    /// The share of verdicts that say the breaker closed in time.
    [[nodiscard]] std::optional<double> successRate() const;
    /// Until the breaker was closed, of those that helped.
    [[nodiscard]] std::optional<double> averageTimeMs() const;

private:
    static constexpr std::size_t kMostRemembered = 1024;

    std::set<std::uint64_t> m_counted;
    std::uint64_t m_verdicts = 0;
    std::uint64_t m_helped = 0;
    double m_totalMs = 0;
};

}  // namespace fusebox::errors
