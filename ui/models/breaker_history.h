#pragma once
// What happened to one breaker, second by second, for the charts: up to the last 15 minutes, grown as it is needed.
// Counts are differences of totals, so nothing is lost when frames are: calls of a short gap are spread over its
// seconds. A longer gap stays a gap, and a counter that restarts begins anew: no second is ever invented or negative.
// Time: whole seconds of frame time (monotonic).
// Threads: GUI thread.

#include <fusebox/base/time.h>
#include <fusebox/domain/snapshot.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace fusebox::models {

struct HistoryPoint {
    std::int64_t second = 0;    ///< since the origin of frame time
    std::uint32_t success = 0;  ///< calls that ended in this second
    std::uint32_t failure = 0;
    std::uint32_t slow = 0;  ///< among success and failure
    std::uint32_t rejected = 0;
    std::optional<float> p50Ms;  ///< over the breaker's metrics window, as it stood at the end of the second
    std::optional<float> p95Ms;
    std::optional<float> p99Ms;
    std::optional<float> errorRate;  ///< 0..1, as the trip rules saw it; absent: too few calls
    domain::State state = domain::State::closed;

    /// Slow calls that surely succeeded, for stacking: success - slowSuccess() + slowSuccess() + failure = calls that
    /// ended.
    [[nodiscard]] std::uint32_t slowSuccess() const;

    bool operator==(const HistoryPoint&) const = default;
};

/// The second in which a frame was made.
[[nodiscard]] std::int64_t secondOf(base::Time at);

class BreakerHistory {
public:
    static constexpr std::size_t kFullSpan = 15 * 60;
    /// Calls of a gap up to this long are spread over it.
    static constexpr std::int64_t kSpreadSeconds = 5;

    explicit BreakerHistory(std::size_t capacity = kFullSpan) : m_capacity(capacity) {}

    void add(base::Time at, const domain::Snapshot& snapshot);

    /// Forgets the oldest points beyond it. REQUIRES: capacity > 0.
    void setCapacity(std::size_t capacity);

    [[nodiscard]] std::size_t size() const { return m_points.size(); }
    [[nodiscard]] bool isEmpty() const { return m_points.empty(); }
    /// Oldest first; the last one is of the second that still runs. Seconds that were not seen as a whole are left out.
    /// REQUIRES: index < size().
    [[nodiscard]] const HistoryPoint& at(std::size_t index) const;
    /// The first index whose second is not before this one; size() when there is none.
    [[nodiscard]] std::size_t firstFrom(std::int64_t second) const;

private:
    struct Counts {
        std::uint64_t success = 0;
        std::uint64_t failure = 0;
        std::uint64_t slow = 0;
        std::uint64_t rejected = 0;
    };

    void beginAnew(std::int64_t second, const domain::Totals& totals);
    void advance(std::int64_t second, const Counts& counts);
    void push(HistoryPoint point);
    [[nodiscard]] HistoryPoint& last();

    std::size_t m_capacity;
    std::vector<HistoryPoint> m_points;  ///< a ring once it is full
    std::size_t m_start = 0;
    std::optional<domain::Totals> m_totals;  ///< of the last frame
    std::int64_t m_second = 0;               ///< of the last frame
};

}  // namespace fusebox::models
