#include <fusebox/sources/probe_watch.h>

#include <utility>

namespace fusebox::sources {

void ProbeWatch::add(std::shared_ptr<const collector::Task> task, Due due) {
    base::Lock lock(m_mutex);
    m_entries.push_back({std::move(task), std::move(due)});
}

void ProbeWatch::remove(const collector::Task& task) {
    base::Lock lock(m_mutex);
    std::erase_if(m_entries, [&](const Entry& entry) { return entry.task.get() == &task; });
}

void ProbeWatch::gather(collector::Gathered&) {
    base::Lock lock(m_mutex);
    for (const Entry& entry : m_entries) {
        if (entry.due()) {
            m_wake(*entry.task);
        }
    }
}

}  // namespace fusebox::sources
