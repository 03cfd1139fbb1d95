#include <fusebox/breaker/latency_watch.h>

namespace fusebox::breaker {

std::vector<std::pair<domain::BreakerId, latency::Histogram>> LatencyWatch::take() {
    std::vector<std::pair<domain::BreakerId, latency::Histogram>> taken;
    std::unordered_map<domain::BreakerId, latency::Mark> marks;
    for (const auto& breaker : m_breakers->list()) {
        const domain::BreakerId& id = breaker->identity().id;
        latency::Mark& mark = marks.try_emplace(id, std::move(m_marks[id])).first->second;
        latency::Histogram fresh = breaker->latencySince(mark);
        if (fresh.count() > 0) {
            taken.emplace_back(id, std::move(fresh));
        }
    }
    m_marks = std::move(marks);  // without those of breakers that are gone
    return taken;
}

}  // namespace fusebox::breaker
