#include <fusebox/collector/schedule.h>

#include <algorithm>
#include <utility>

namespace fusebox::collector {

void Schedule::add(std::shared_ptr<Task> task, base::Time now) {
    const Task* key = task.get();
    const auto [at, isNew] = m_entries.try_emplace(key);
    if (isNew) {
        at->second = std::make_shared<Scheduled>();
        at->second->task = std::move(task);
        at->second->anchor = now;
        m_immediate.push_back({at->second, Turn::draw, now});
    }
}

ScheduledRef Schedule::remove(const Task& task) {
    auto node = m_entries.extract(&task);
    if (node.empty()) {
        return nullptr;
    }
    node.mapped()->removed = true;
    return std::move(node.mapped());
}

void Schedule::wake(const Task& task, base::Time now) {
    if (const auto found = m_entries.find(&task); found != m_entries.end()) {
        wake(found->second, now);
    }
}

void Schedule::wake(const ScheduledRef& entry, base::Time now) {
    if (!entry->removed && !std::exchange(entry->woken, true)) {
        m_immediate.push_back({entry, Turn::wake, now});
    }
}

void Schedule::reschedule(const Task& task, base::Time now) {
    if (const auto found = m_entries.find(&task); found != m_entries.end()) {
        m_immediate.push_back({found->second, Turn::draw, now});
    }
}

std::vector<Schedule::Due> Schedule::takeDue(base::Time now) {
    std::vector<Due> due = std::exchange(m_immediate, {});
    std::erase_if(due, [](const Due& item) { return item.entry->removed; });
    for (const Due& item : due) {
        // A start or a draw out of turn takes the place of what was planned.
        ++item.entry->generation;
        item.entry->anchor = now;
        item.entry->woken = false;
    }
    for (dropVoid(); !m_heap.empty() && m_heap.front().at <= now; dropVoid()) {
        std::pop_heap(m_heap.begin(), m_heap.end());
        due.push_back({std::move(m_heap.back().entry), Turn::start, m_heap.back().at});
        m_heap.pop_back();
        due.back().entry->anchor = due.back().at;
    }
    return due;
}

void Schedule::planNext(const Due& due, std::optional<base::Duration> delay, base::Time now) {
    ++due.entry->generation;
    if (delay && !due.entry->removed) {
        push(due.entry, std::max(due.entry->anchor + *delay, now - kCatchUp));
    }
}

std::optional<base::Time> Schedule::nextDue() {
    if (!m_immediate.empty()) {
        return m_immediate.front().at;
    }
    dropVoid();
    return m_heap.empty() ? std::nullopt : std::optional(m_heap.front().at);
}

std::vector<ScheduledRef> Schedule::entries() const {
    std::vector<ScheduledRef> all;
    all.reserve(m_entries.size());
    for (const auto& [task, entry] : m_entries) {
        all.push_back(entry);
    }
    return all;
}

void Schedule::push(const ScheduledRef& entry, base::Time at) {
    // Void slots far in the future would pile up under frequent rescheduling.
    if (m_heap.size() > 2 * m_entries.size() + 64) {
        std::erase_if(m_heap, [](const Slot& slot) { return isVoid(slot); });
        std::make_heap(m_heap.begin(), m_heap.end());
    }
    m_heap.push_back({at, ++m_order, entry->generation, entry});
    std::push_heap(m_heap.begin(), m_heap.end());
}

void Schedule::dropVoid() {
    while (!m_heap.empty() && isVoid(m_heap.front())) {
        std::pop_heap(m_heap.begin(), m_heap.end());
        m_heap.pop_back();
    }
}

}  // namespace fusebox::collector
