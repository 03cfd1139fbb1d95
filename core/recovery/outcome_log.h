#pragma once
// What became of the actions: the last outcomes, whether each of them helped, and how often that was so.
// Threads: one at a time; the RecoveryManager guards it.
// Limits: kLongestHistory outcomes, kMostRates pairs of action and pattern; the rates over all patterns are always kept.

#include <fusebox/domain/recovery.h>
#include <fusebox/domain/snapshot.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace fusebox::recovery {

class OutcomeLog {
public:
    static constexpr std::size_t kLongestHistory = 200;
    static constexpr std::size_t kMostRates = 256;

    /// REQUIRES: it runs now.
    void begin(domain::RecoveryOutcome outcome, base::Time startedAt, base::Time verdictUntil);
    enum class Verdict : std::uint8_t { none, awaited };
    /// REQUIRES: the outcome is not running any more. Without a verdict nobody will know whether it helped.
    void end(const domain::RecoveryOutcome& outcome, Verdict verdict);
    void setPattern(domain::RecoveryId id, domain::PatternId pattern);

    /// Judges those that wait, by what the breaker has done since. Gives those that are decided now.
    [[nodiscard]] std::vector<domain::RecoveryOutcome> judge(const std::vector<domain::Snapshot>& snapshots,
                                                             base::Time now);

    /// An outcome of this breaker runs, or its verdict is awaited.
    [[nodiscard]] bool isAwaited(const domain::BreakerId& breaker) const;

    [[nodiscard]] std::vector<domain::RecoveryOutcome> history() const;  ///< newest first
    [[nodiscard]] std::vector<domain::RecoveryRate> rates() const;       ///< those over all patterns first

private:
    struct Entry {
        domain::RecoveryOutcome outcome;
        base::Time startedAt{};
        base::Time verdictUntil{};
        bool runs = true;
        bool awaited = false;
    };
    struct Sum {
        std::uint32_t runs = 0;
        std::uint32_t helped = 0;
        base::Duration time{};
    };
    using Key = std::pair<domain::RecoveryAction, std::optional<domain::PatternId>>;

    void count(const domain::RecoveryOutcome& outcome);
    void countAs(const Key& key, const domain::RecoveryOutcome& outcome);

    std::deque<Entry> m_entries;  ///< newest first
    std::map<Key, Sum> m_sums;
};

}  // namespace fusebox::recovery
