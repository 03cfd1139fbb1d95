#pragma once
// Finds the causes in the frames: each trip and each alarm once. A trip whose outage has ended is none any more; nor is one that a
// person pushed.
// Threads: one at a time.
// Limits: an alarm begins with kAlarmErrors of the last errors that a breaker does not count (wrong credentials, say), all within
// kAlarmSpan, and ends when there was none for kAlarmSpan.

#include <fusebox/domain/frame.h>
#include <fusebox/recovery/cause.h>

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace fusebox::recovery {

inline constexpr std::size_t kAlarmErrors = 10;
inline constexpr base::Duration kAlarmSpan = std::chrono::seconds(60);

class CauseWatch {
public:
    /// The causes that are new in this frame.
    [[nodiscard]] std::vector<Cause> look(const domain::Frame& frame);

    /// Whether what called for an action still goes on.
    [[nodiscard]] bool goesOn(const Cause& cause) const;

private:
    struct Seen {
        std::uint64_t trip = 0;
        std::uint64_t alarms = 0;
        bool alarmed = false;
        bool closed = true;
    };

    void lookForTrip(const domain::Snapshot& snapshot, Seen& seen, std::vector<Cause>& found);
    void lookForAlarm(const domain::Snapshot& snapshot, base::WallTime now, Seen& seen, std::vector<Cause>& found);

    std::unordered_map<domain::BreakerId, Seen> m_seen;
};

/// The pattern that most errors before this trip had; nothing while it is not known.
[[nodiscard]] std::optional<domain::PatternId> leadingPattern(const domain::Frame& frame, const Cause& cause);

/// What most errors before the breaker's last trip were, or else its last errors; unknown without any.
[[nodiscard]] domain::Category leadingCategory(const domain::Detail& detail);

}  // namespace fusebox::recovery
