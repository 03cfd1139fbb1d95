#pragma once
// Which task starts when: a heap of due times, pure logic without threads or a clock of its own.
// Threads: one at a time; BackgroundCollector guards it.
// Limits: after a stall at most kCatchUp of missed starts is made up for, so that no burst follows it.

#include <fusebox/base/time.h>
#include <fusebox/collector/notice_limit.h>
#include <fusebox/collector/task.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace fusebox::collector {

inline constexpr base::Duration kNoticePause = std::chrono::seconds(10);
inline constexpr base::Duration kCatchUp = std::chrono::milliseconds(250);

/// A task with its place in the schedule.
struct Scheduled {
    std::shared_ptr<Task> task;
    std::stop_source stop;         ///< for its running calls
    base::Time anchor{};           ///< from where the next delay counts
    std::uint64_t generation = 0;  ///< heap entries of an older one are void
    std::uint32_t running = 0;     ///< handed to workers and not yet ended
    bool removed = false;
    bool woken = false;     ///< waits in the list of woken tasks
    bool wakeOwed = false;  ///< was woken while at its limit: starts as soon as a call has ended
    NoticeLimit notices{kNoticePause};
};
using ScheduledRef = std::shared_ptr<Scheduled>;

class Schedule {
public:
    enum class Turn : std::uint8_t {
        start,  ///< start the task and draw its next delay
        wake,   ///< the same, out of turn
        draw,   ///< only draw its next delay
    };
    struct Due {
        ScheduledRef entry;
        Turn turn = Turn::start;
        base::Time at{};  ///< when it was due
    };

    /// Its first delay counts from now. A task that is already there stays as it is.
    void add(std::shared_ptr<Task> task, base::Time now);
    /// The entry that was taken out, if there was one.
    ScheduledRef remove(const Task& task);
    void wake(const Task& task, base::Time now);
    void wake(const ScheduledRef& entry, base::Time now);
    void reschedule(const Task& task, base::Time now);

    /// All that is due, earliest first. Each must be answered with planNext().
    [[nodiscard]] std::vector<Due> takeDue(base::Time now);
    /// nullopt: pauses until it is woken.
    void planNext(const Due& due, std::optional<base::Duration> delay, base::Time now);

    /// When the next task is due; nothing when all pause.
    [[nodiscard]] std::optional<base::Time> nextDue();

    [[nodiscard]] std::vector<ScheduledRef> entries() const;

private:
    struct Slot {
        base::Time at{};
        std::uint64_t order = 0;  ///< first in, first out among equals
        std::uint64_t generation = 0;
        ScheduledRef entry;
        bool operator<(const Slot& other) const { return at != other.at ? at > other.at : order > other.order; }
    };

    static bool isVoid(const Slot& slot) { return slot.entry->removed || slot.generation != slot.entry->generation; }
    void push(const ScheduledRef& entry, base::Time at);
    void dropVoid();

    std::unordered_map<const Task*, ScheduledRef> m_entries;
    std::vector<Slot> m_heap;
    std::vector<Due> m_immediate;  ///< added, woken or rescheduled tasks
    std::uint64_t m_order = 0;
};

}  // namespace fusebox::collector
