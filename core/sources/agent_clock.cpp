#include <fusebox/sources/agent_clock.h>

#include <algorithm>

namespace fusebox::sources {

std::optional<base::Duration> AgentClock::offset() const {
    const auto latest = std::max_element(m_seen.begin(), m_seen.end());
    return latest == m_seen.end() ? std::nullopt : std::optional<base::Duration>(*latest);
}

void EventRate::note(base::Time now) {
    const std::int64_t number = secondOf(now);
    Second& second = m_seconds[static_cast<std::size_t>(number) % m_seconds.size()];
    if (second.number != number) second = {number, 0};
    ++second.count;
}

double EventRate::perSecond(base::Time now) const {
    const std::int64_t current = secondOf(now);
    std::uint64_t sum = 0;
    for (const Second& second : m_seconds) {
        if (second.number < current && second.number >= current - kSeconds) sum += second.count;
    }
    return static_cast<double>(sum) / static_cast<double>(kSeconds);
}

}  // namespace fusebox::sources
