#pragma once
// When an agent is asked again: after waits that double, with jitter, so that agents that fell together do not come back
// together; and how many may be asked in a second, over all agents.
// Threads: AgentBackoff one at a time, ConnectBudget any.

#include <fusebox/base/mutex.h>
#include <fusebox/base/time.h>

#include <cstdint>
#include <random>

namespace fusebox::sources {

class AgentBackoff {
public:
    struct Options {
        base::Duration first = std::chrono::seconds(1);
        base::Duration longest = std::chrono::seconds(60);
        base::Duration proof = std::chrono::seconds(10);  ///< a connection that lasted so long begins the waits anew
    };

    AgentBackoff(Options options, std::uint64_t seed) : m_options(options), m_dice(seed) {}

    /// Half of the wait to all of it, drawn anew each time.
    [[nodiscard]] base::Duration next();
    void lasted(base::Duration connection) {
        if (connection >= m_options.proof) m_attempts = 0;
    }
    void restart() { m_attempts = 0; }

private:
    const Options m_options;
    std::mt19937_64 m_dice;
    std::uint32_t m_attempts = 0;
};

class ConnectBudget {
public:
    /// So many in any second.
    explicit ConnectBudget(std::uint32_t perSecond = 10) : m_perSecond(perSecond) {}

    /// Zero: connect now. Else wait so long and ask again.
    [[nodiscard]] base::Duration waitFor(base::Time now);

private:
    const std::uint32_t m_perSecond;
    base::Mutex m_mutex;
    base::Time m_next FUSEBOX_GUARDED_BY(m_mutex){};
};

}  // namespace fusebox::sources
