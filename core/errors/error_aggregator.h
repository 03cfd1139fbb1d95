#pragma once
// Gathers all errors of guarded calls: sorts them into patterns and counts them. ErrorAnalytics makes the report.
// Threads: note() from any thread: it cuts what is too long and puts the error into a queue, a lock held for a push. All else on
// one thread, the collector's.
// Time: as given; wall time, since it is what people see.
// Errors: what does not fit into the queue until the next drain is counted by category and as lost, but not mined.
// Limits: 8192 errors wait; 256 patterns have a record, see PatternRecord, all others are counted as one with id 0; 2048
// templates, see PatternMinerLimits; 64 components; see also RecentErrors and SampleLimits. About 20 MB when all are full.

#include <fusebox/base/bounded_queue.h>
#include <fusebox/base/mutex.h>
#include <fusebox/domain/error_pattern.h>
#include <fusebox/domain/recovery.h>
#include <fusebox/domain/transition.h>
#include <fusebox/errors/error_classifier.h>
#include <fusebox/errors/error_sample.h>
#include <fusebox/errors/minute_ring.h>
#include <fusebox/errors/pattern_miner.h>
#include <fusebox/errors/pattern_record.h>
#include <fusebox/errors/recent_errors.h>
#include <fusebox/errors/recovery_record.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace fusebox::errors {

struct ErrorLimits {
    std::size_t waiting = 8192;
    std::size_t patterns = 256;
    std::size_t templates = 2048;
    std::size_t components = 64;
    SampleLimits sample;
};

using CategoryCounts = std::array<std::uint32_t, domain::kCategoryCount>;

class ErrorAggregator {
public:
    static constexpr int kMinutes = 60;

    using Records = std::unordered_map<domain::PatternId, PatternRecord>;
    using Minutes = MinuteRing<CategoryCounts, kMinutes>;

    /// REQUIRES: classifier not null. It tells how sure a pattern's category is, and why.
    explicit ErrorAggregator(std::shared_ptr<const ErrorClassifier> classifier, ErrorLimits limits = {});

    /// An error that counted, with its category set. From any thread. REQUIRES: error not null.
    void note(const domain::BreakerId& breaker, const domain::ErrorRef& error, base::WallTime at);

    /// Takes in what was noted. Before trips of the same time are told.
    void drain(base::WallTime now);

    /// Transitions other than trips are ignored.
    void noteTransition(const domain::BreakerId& breaker, const domain::Transition& transition);
    /// Of a breaker's calls in its window so many fail, 0 to 1.
    void noteFailingShare(const domain::BreakerId& breaker, double share);
    void noteOutcome(const domain::RecoveryOutcome& outcome);

    /// What the miner knows, for restore().
    [[nodiscard]] SavedPatterns mined() const { return m_miner.save(); }
    /// Goes on from what was known earlier; of what lies behind `now` nothing is believed. REQUIRES: nothing was noted yet.
    void restore(const domain::ErrorReport& earlier, const SavedPatterns& mined, base::WallTime now);

    /// Tells of patterns that come from now on. From any thread. REQUIRES: not null.
    void setClassifier(std::shared_ptr<const ErrorClassifier> classifier);

    /// What a pattern given earlier is called now.
    [[nodiscard]] domain::PatternId current(domain::PatternId earlier) { return m_miner.current(earlier); }

    /// Calls all patterns by their present names and judges trend and severity anew.
    void judge(base::WallTime now);

    [[nodiscard]] const Records& records() const { return m_records; }
    [[nodiscard]] const Minutes& minutes() const { return m_minutes; }
    [[nodiscard]] const RecoveryRecord& recovery() const { return m_recovery; }
    [[nodiscard]] const std::vector<domain::ComponentCount>& components() const { return m_components; }
    [[nodiscard]] const std::array<std::uint64_t, domain::kCategoryCount>& byCategory() const { return m_byCategory; }
    [[nodiscard]] std::uint64_t total() const { return m_total; }
    [[nodiscard]] std::uint64_t lost() const { return m_lost; }
    /// Grows with everything that was told.
    [[nodiscard]] std::uint64_t changes() const { return m_changes; }
    /// Nothing will change by the passing of time.
    [[nodiscard]] bool isAtRest(base::WallTime now) const;

private:
    void countLost(base::WallTime now);
    void take(const NotedError& noted);
    PatternRecord& recordOf(domain::PatternId pattern, const NotedError& noted);
    void makeRoom();
    void describe(PatternRecord& record, const domain::Error& error) const;
    void countComponent(const std::string& component);
    void followNames();

    mutable base::Mutex m_classifierMutex;
    std::shared_ptr<const ErrorClassifier> m_classifier FUSEBOX_GUARDED_BY(m_classifierMutex);
    const ErrorLimits m_limits;
    base::BoundedQueue<NotedError> m_noted;
    std::array<std::atomic<std::uint32_t>, domain::kCategoryCount> m_refused{};

    PatternMiner m_miner;
    std::uint64_t m_followed = 0;  ///< the miner's groupings whose names are used
    Records m_records;
    RecentErrors m_recent;
    RecoveryRecord m_recovery;
    Minutes m_minutes;
    std::vector<domain::ComponentCount> m_components;
    std::array<std::uint64_t, domain::kCategoryCount> m_byCategory{};
    std::unordered_map<domain::BreakerId, double> m_failingShares;
    std::uint64_t m_total = 0;
    std::uint64_t m_lost = 0;
    std::uint64_t m_changes = 0;
};

}  // namespace fusebox::errors
