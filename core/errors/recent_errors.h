#pragma once
// The last errors of each breaker, so that a trip can be told which patterns led to it.
// Threads: one at a time.
// Limits: 256 errors each of 2048 breakers; of further breakers the one that has been quiet for longest is forgotten. Of a
// trip's window only those count that are still kept.

#include <fusebox/base/time.h>
#include <fusebox/domain/ids.h>
#include <fusebox/domain/transition.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <unordered_map>
#include <vector>

namespace fusebox::errors {

struct PatternCount {
    domain::PatternId pattern;
    std::uint64_t count = 0;
};

struct CountedPatterns {
    std::vector<PatternCount> patterns;
    std::uint64_t total = 0;
};

class RecentErrors {
public:
    static constexpr std::size_t kMostErrors = 256;
    static constexpr std::size_t kMostBreakers = 2048;

    void add(const domain::BreakerId& breaker, domain::PatternId pattern, base::WallTime at);

    /// What the breaker's rule looked back on: the errors of its span before the trip; where it counts calls, the last so
    /// many of the minute before.
    [[nodiscard]] CountedPatterns before(const domain::BreakerId& breaker, const domain::Transition& trip) const;

    /// Of the errors since then.
    [[nodiscard]] CountedPatterns since(const domain::BreakerId& breaker, base::WallTime from) const;

    [[nodiscard]] bool knows(const domain::BreakerId& breaker) const { return m_breakers.contains(breaker); }

    /// Patterns have got new names.
    void rename(const std::function<domain::PatternId(domain::PatternId)>& current);

    [[nodiscard]] std::size_t breakers() const { return m_breakers.size(); }

private:
    struct Seen {
        base::WallTime at;
        domain::PatternId pattern;
    };
    struct Ring {
        std::vector<Seen> errors;  ///< grows to kMostErrors, then goes round
        std::size_t next = 0;

        /// The n-th last. REQUIRES: n < errors.size().
        [[nodiscard]] const Seen& back(std::size_t n) const {
            return errors[(next + errors.size() - 1 - n) % errors.size()];
        }
        void add(const Seen& seen);
    };

    void forgetQuietest();

    std::unordered_map<domain::BreakerId, Ring> m_breakers;
};

}  // namespace fusebox::errors
