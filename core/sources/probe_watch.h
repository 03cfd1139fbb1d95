#pragma once
// Looks with each frame whether a breaker wants a probe that nobody makes, and wakes the task that makes it.
// Threads: add() and remove() from any thread; gather() as collector::Source.
// Lifetime: keeps the tasks until they are removed. What `wake` refers to outlives it: remove it from the collector
// first, or give it to that same collector.

#include <fusebox/base/mutex.h>
#include <fusebox/collector/source.h>
#include <fusebox/collector/task.h>

#include <functional>
#include <memory>
#include <vector>

namespace fusebox::sources {

class ProbeWatch final : public collector::Source {
public:
    /// Usually BackgroundCollector::wake().
    using Wake = std::function<void(const collector::Task&)>;
    /// Whether the task shall run now; quick, on the frame thread.
    using Due = std::function<bool()>;

    explicit ProbeWatch(Wake wake) : m_wake(std::move(wake)) {}

    void add(std::shared_ptr<const collector::Task> task, Due due);
    void remove(const collector::Task& task);

    /// Adds nothing to the frame.
    void gather(collector::Gathered& into) override;

private:
    struct Entry {
        std::shared_ptr<const collector::Task> task;
        Due due;
    };

    const Wake m_wake;
    base::Mutex m_mutex;
    std::vector<Entry> m_entries FUSEBOX_GUARDED_BY(m_mutex);
};

}  // namespace fusebox::sources
