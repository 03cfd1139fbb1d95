#include <fusebox/recovery/worker_threads.h>

#include <algorithm>
#include <system_error>
#include <utility>

namespace fusebox::recovery {

WorkerThreads::~WorkerThreads() {
    stop();
}

bool WorkerThreads::start(std::function<void()> work) {
    const base::Lock lock(m_mutex);
    joinEnded();
    if (m_stopped || m_workers.size() >= m_most) {
        return false;
    }
    Worker& worker = m_workers.emplace_back();
    try {
        worker.thread = std::thread([this, &worker, work = std::move(work)] {
            work();
            const base::Lock end(m_mutex);
            worker.ended = true;
        });
    } catch (const std::system_error&) {  // the system has no thread to give
        m_workers.pop_back();
        return false;
    }
    return true;
}

std::size_t WorkerThreads::room() const {
    const base::Lock lock(m_mutex);
    const auto busy = static_cast<std::size_t>(
        std::count_if(m_workers.begin(), m_workers.end(), [](const Worker& worker) { return !worker.ended; }));
    return m_stopped ? 0 : m_most - busy;
}

void WorkerThreads::stop() {
    std::list<Worker> left;
    {
        const base::Lock lock(m_mutex);
        m_stopped = true;
        left.splice(left.end(), m_workers);  // the places of the workers stay where they are
    }
    for (Worker& worker : left) {
        worker.thread.join();
    }
}

/// They are on their last instruction: the lock is theirs no more.
void WorkerThreads::joinEnded() {
    for (auto at = m_workers.begin(); at != m_workers.end();) {
        if (at->ended) {
            at->thread.join();
            at = m_workers.erase(at);
        } else {
            ++at;
        }
    }
}

}  // namespace fusebox::recovery
