#pragma once
// Who held which breaker, for how long, and how it ended: made of the events of a journal.
// Threads: pure functions.

#include <fusebox/base/time.h>
#include <fusebox/domain/event.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fusebox::ctl {

struct HeldSpan {
    enum class End : std::uint8_t { open, released, expired };

    domain::BreakerId breaker;
    domain::Hold hold;
    End end = End::open;
    std::optional<base::WallTime> endedAt;
    std::string endedBy;  ///< released: by whom

    /// Until now while it is open.
    [[nodiscard]] base::Duration lasted(base::WallTime now) const;
    [[nodiscard]] bool isEndedByAnother() const { return end == End::released && endedBy != hold.who; }
};

/// From events of holds, oldest first. A hold that was placed before them shows once it ends. Oldest first.
[[nodiscard]] std::vector<HeldSpan> heldSpans(const std::vector<domain::Event>& events);

enum class HoldsBy : std::uint8_t { person, breaker, reason };

struct HoldSum {
    std::string name;
    std::size_t holds = 0;
    std::size_t open = 0;
    std::size_t expired = 0;   ///< nobody released them
    std::size_t byOthers = 0;  ///< released by someone else
    base::Duration total{};
    base::Duration longest{};

    [[nodiscard]] base::Duration mean() const { return total / static_cast<std::int64_t>(holds == 0 ? 1 : holds); }
};

/// Those that took longest in all come first.
[[nodiscard]] std::vector<HoldSum> sumsOf(const std::vector<HeldSpan>& spans, HoldsBy by, base::WallTime now);

}  // namespace fusebox::ctl
