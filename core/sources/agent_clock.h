#pragma once
// How far an agent's wall clock is from ours, and how fast its events come.
// Threads: one at a time.

#include <fusebox/base/time.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>

namespace fusebox::sources {

/// A message is on its way for a while, so each one shows the agent's clock too early: the one that shows it latest was
/// the fastest, and is believed.
class AgentClock {
public:
    void note(base::WallTime agent, base::WallTime here) {
        m_seen.push_back(agent - here);
        if (m_seen.size() > kRemembered) m_seen.pop_front();
    }
    void forget() { m_seen.clear(); }
    /// The agent's wall clock minus ours.
    [[nodiscard]] std::optional<base::Duration> offset() const;

private:
    static constexpr std::size_t kRemembered = 16;

    std::deque<std::chrono::milliseconds> m_seen;
};

/// Events a second, over the last five full seconds.
class EventRate {
public:
    void note(base::Time now);
    [[nodiscard]] double perSecond(base::Time now) const;

private:
    static constexpr std::int64_t kSeconds = 5;
    struct Second {
        std::int64_t number = -1;
        std::uint64_t count = 0;
    };
    [[nodiscard]] static std::int64_t secondOf(base::Time time) {
        return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
    }

    std::array<Second, kSeconds + 1> m_seconds{};
};

}  // namespace fusebox::sources
