#pragma once
// The span of time that a history shows: from a minute to 30 days, never later than now.
// Time: wall time; reads no clock.

#include <fusebox/base/time.h>

#include <QString>

#include <chrono>
#include <vector>

namespace fusebox::charts {

struct HistoryWindow {
    static constexpr std::chrono::minutes kShortest{1};
    static constexpr std::chrono::hours kLongest{24 * 30};

    base::WallTime from{};
    base::WallTime to{};

    [[nodiscard]] base::Duration span() const { return std::chrono::duration_cast<base::Duration>(to - from); }

    bool operator==(const HistoryWindow&) const = default;
};

/// The span that ends now.
[[nodiscard]] HistoryWindow lastOf(base::Duration span, base::WallTime now);
/// Shorter by the factor, or longer for one below 1; `anchor`, 0 to 1, is the place that stays under the pointer.
[[nodiscard]] HistoryWindow zoomed(const HistoryWindow& window, double factor, double anchor, base::WallTime now);
/// Moved by a share of its length; positive: to later times.
[[nodiscard]] HistoryWindow moved(const HistoryWindow& window, double share, base::WallTime now);

/// The place of a moment: 0 at the begin, 1 at the end.
[[nodiscard]] double placeOf(const HistoryWindow& window, base::WallTime at);
[[nodiscard]] base::WallTime momentAt(const HistoryWindow& window, double place);

struct TimeMark {
    base::WallTime at{};
    QString text;
};

/// Round local times, at most so many.
[[nodiscard]] std::vector<TimeMark> timeMarks(const HistoryWindow& window, int most);

}  // namespace fusebox::charts
