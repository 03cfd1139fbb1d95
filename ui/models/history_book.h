#pragma once
// The histories of all breakers, within a fixed budget of memory.
// Limits: kBudget points in all (about 64 MB). With more breakers than fit at 15 minutes each keeps less, but never
// less than a minute; the watched one always keeps 15 minutes from the moment it is watched.
// Threads: GUI thread.

#include <fusebox/domain/frame.h>
#include <fusebox/models/breaker_history.h>

#include <cstddef>
#include <unordered_map>

namespace fusebox::models {

class HistoryBook {
public:
    static constexpr std::size_t kBudget = 1'000'000;

    /// Breakers that are no longer in the frame are forgotten.
    void apply(const domain::Frame& frame);

    /// The breaker whose charts are shown; an empty id watches none.
    void watch(const domain::BreakerId& id);

    /// nullptr until the first frame with this breaker. Valid until the next apply().
    [[nodiscard]] const BreakerHistory* of(const domain::BreakerId& id) const;

    /// The second of the last frame.
    [[nodiscard]] std::int64_t now() const { return m_now; }

private:
    struct Entry {
        BreakerHistory history;
        std::uint64_t frame = 0;
    };

    void fitCapacities();

    std::unordered_map<domain::BreakerId, Entry> m_entries;
    domain::BreakerId m_watched;
    std::size_t m_capacity = BreakerHistory::kFullSpan;
    std::int64_t m_now = 0;
    std::uint64_t m_frames = 0;
};

}  // namespace fusebox::models
