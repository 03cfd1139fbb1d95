#include <fusebox/sources/agent_backoff.h>

#include <algorithm>

namespace fusebox::sources {

base::Duration AgentBackoff::next() {
    constexpr std::uint32_t kMostDoublings = 16;
    const base::Duration whole =
        std::min(m_options.first * (std::int64_t{1} << std::min(m_attempts, kMostDoublings)), m_options.longest);
    ++m_attempts;
    std::uniform_int_distribution<base::Duration::rep> draw(whole.count() / 2, whole.count());
    return base::Duration(draw(m_dice));
}

base::Duration ConnectBudget::waitFor(base::Time now) {
    const base::Duration step = base::Duration(std::chrono::seconds(1)) / m_perSecond;
    base::Lock lock(m_mutex);
    // A second's worth may be used at once; then one by one.
    const base::Time earliest = now - std::chrono::seconds(1) + step;
    m_next = std::max(m_next, earliest);
    if (m_next > now) return m_next - now;
    m_next += step;
    return base::Duration::zero();
}

}  // namespace fusebox::sources
