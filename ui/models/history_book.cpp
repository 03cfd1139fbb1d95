#include <fusebox/models/history_book.h>

#include <algorithm>

namespace fusebox::models {

namespace {

constexpr std::size_t kLeastSpan = 60;

}  // namespace

void HistoryBook::apply(const domain::Frame& frame) {
    ++m_frames;
    m_now = secondOf(frame.at);
    const std::size_t before = m_entries.size();
    for (const domain::Snapshot& snapshot : frame.snapshots) {
        auto found = m_entries.find(snapshot.identity->id);
        if (found == m_entries.end()) {
            found = m_entries.emplace(snapshot.identity->id, Entry{BreakerHistory(m_capacity), 0}).first;
        }
        Entry& entry = found->second;
        entry.frame = m_frames;
        entry.history.add(frame.at, snapshot);
    }
    std::erase_if(m_entries, [this](const auto& pair) { return pair.second.frame != m_frames; });
    if (m_entries.size() != before) fitCapacities();
}

void HistoryBook::watch(const domain::BreakerId& id) {
    if (id == m_watched) return;
    m_watched = id;
    fitCapacities();
}

void HistoryBook::fitCapacities() {
    m_capacity =
        std::clamp(kBudget / std::max<std::size_t>(m_entries.size(), 1), kLeastSpan, BreakerHistory::kFullSpan);
    for (auto& [id, entry] : m_entries) {
        entry.history.setCapacity(id == m_watched ? BreakerHistory::kFullSpan : m_capacity);
    }
}

const BreakerHistory* HistoryBook::of(const domain::BreakerId& id) const {
    const auto found = m_entries.find(id);
    return found == m_entries.end() ? nullptr : &found->second.history;
}

}  // namespace fusebox::models
