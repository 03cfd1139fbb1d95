#include <fusebox/models/fleet_row.h>

#include <algorithm>
#include <cassert>

namespace fusebox::models {

void Trend::add(std::int64_t second, float calls, float bad) {
    if (!m_second) m_second = second;
    const std::int64_t skipped = second - *m_second - 1;
    if (second > *m_second) {
        push(m_running);
        const auto shares = static_cast<float>(skipped + 1);
        m_running = {};
        calls /= shares;
        bad /= shares;
        const std::int64_t shown = std::min(skipped, static_cast<std::int64_t>(kSize));
        for (std::int64_t i = 0; i < shown; ++i) push({calls, bad});
        m_second = second;
    }
    m_running.calls += calls;
    m_running.bad += bad;
}

void Trend::push(Point point) {
    m_points[m_next] = point;
    m_next = (m_next + 1) % kSize;
    m_size = std::min(m_size + 1, kSize);
}

const Trend::Point& Trend::at(std::size_t index) const {
    assert(index < m_size);
    return m_points[(m_next + kSize - m_size + index) % kSize];
}

float Trend::peak() const {
    float peak = 0;
    for (std::size_t i = 0; i < m_size; ++i) peak = std::max(peak, at(i).calls);
    return peak;
}

Trend::Point happened(const domain::Totals& before, const domain::Totals& now) {
    const std::uint64_t callsBefore = before.permitted + before.rejected;
    const std::uint64_t calls = now.permitted + now.rejected;
    const std::uint64_t badBefore = before.failure + before.rejected;
    const std::uint64_t bad = now.failure + now.rejected;
    if (calls < callsBefore || bad < badBefore) return {};
    return {static_cast<float>(calls - callsBefore), static_cast<float>(bad - badBefore)};
}

}  // namespace fusebox::models
