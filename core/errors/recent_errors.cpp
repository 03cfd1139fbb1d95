#include <fusebox/errors/recent_errors.h>

#include <algorithm>
#include <chrono>

namespace fusebox::errors {

namespace {

constexpr std::chrono::seconds kUsualSpan{60};

void count(CountedPatterns& into, domain::PatternId pattern) {
    ++into.total;
    const auto found = std::find_if(into.patterns.begin(), into.patterns.end(),
                                    [pattern](const PatternCount& each) { return each.pattern == pattern; });
    if (found != into.patterns.end()) {
        ++found->count;
    } else {
        into.patterns.push_back({pattern, 1});
    }
}

}  // namespace

void RecentErrors::Ring::add(const Seen& seen) {
    if (errors.size() < kMostErrors) {
        errors.push_back(seen);
        next = errors.size() % kMostErrors;
    } else {
        errors[next] = seen;
        next = (next + 1) % kMostErrors;
    }
}

void RecentErrors::add(const domain::BreakerId& breaker, domain::PatternId pattern, base::WallTime at) {
    if (m_breakers.size() >= kMostBreakers && !m_breakers.contains(breaker)) forgetQuietest();
    m_breakers[breaker].add({at, pattern});
}

void RecentErrors::forgetQuietest() {
    const auto quietest = std::min_element(m_breakers.begin(), m_breakers.end(), [](const auto& a, const auto& b) {
        return a.second.back(0).at < b.second.back(0).at;
    });
    m_breakers.erase(quietest);
}

CountedPatterns RecentErrors::before(const domain::BreakerId& breaker, const domain::Transition& trip) const {
    CountedPatterns counted;
    const auto found = m_breakers.find(breaker);
    if (found == m_breakers.end()) return counted;
    const Ring& ring = found->second;
    const bool bySpan = trip.trip && trip.trip->span > base::Duration::zero();
    const base::Duration span = bySpan ? trip.trip->span : base::Duration(kUsualSpan);
    const std::uint64_t most = bySpan || !trip.trip || trip.trip->failures == 0 ? kMostErrors : trip.trip->failures;
    for (std::size_t n = 0; n < ring.errors.size() && counted.total < most; ++n) {
        const Seen& seen = ring.back(n);
        if (seen.at > trip.wall) continue;
        // Stamps are whole milliseconds.
        if (trip.wall - seen.at > span + std::chrono::milliseconds(1)) break;
        count(counted, seen.pattern);
    }
    return counted;
}

CountedPatterns RecentErrors::since(const domain::BreakerId& breaker, base::WallTime from) const {
    CountedPatterns counted;
    const auto found = m_breakers.find(breaker);
    if (found == m_breakers.end()) return counted;
    const Ring& ring = found->second;
    for (std::size_t n = 0; n < ring.errors.size() && ring.back(n).at >= from; ++n) {
        count(counted, ring.back(n).pattern);
    }
    return counted;
}

void RecentErrors::rename(const std::function<domain::PatternId(domain::PatternId)>& current) {
    for (auto& [breaker, ring] : m_breakers) {
        for (Seen& seen : ring.errors) seen.pattern = current(seen.pattern);
    }
}

}  // namespace fusebox::errors
