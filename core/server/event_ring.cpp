#include <fusebox/server/event_ring.h>

#include <algorithm>

namespace fusebox::server {

void EventRing::append(StreamPartRef part) {
    // Before the first event nothing is known of earlier ones, if nobody said how far their numbers have come.
    if (m_last == 0) m_first = part->after;
    m_last = part->last;
    m_bytes += part->text.size();
    m_parts.push_back(std::move(part));
    while (m_bytes > m_bytesAtMost && m_parts.size() > 1) {
        m_bytes -= m_parts.front()->text.size();
        m_first = m_parts.front()->last;
        m_parts.pop_front();
        ++m_begin;
    }
}

EventRing::Place EventRing::placeAfter(std::uint64_t id) const {
    const auto found = std::find_if(m_parts.begin(), m_parts.end(), [&](const StreamPartRef& part) {
        // A part without events tells of a loss right after `last`.
        return part->last > id || (part->starts.empty() && part->last == id);
    });
    const Place place{m_begin + static_cast<std::uint64_t>(found - m_parts.begin()), 0};
    if (found == m_parts.end() || (*found)->after >= id) return place;
    const auto& starts = (*found)->starts;
    const auto next = std::find_if(starts.begin(), starts.end(), [&](const auto& start) { return start.first > id; });
    return {place.part, next == starts.end() ? (*found)->text.size() : next->second};
}

}  // namespace fusebox::server
