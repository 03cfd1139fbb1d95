#include <fusebox/collector/worker_pool.h>

#include <algorithm>
#include <system_error>
#include <utility>

namespace fusebox::collector {

bool WorkerPool::submit(Job job) {
    base::Lock lock(m_mutex);
    if (m_stopping) {
        return false;
    }
    if (!m_idle.empty()) {
        Worker* worker = m_idle.back();
        m_idle.pop_back();
        worker->job = std::move(job);
        worker->called.notify_one();
    } else if (!startWorker(job)) {
        m_waiting.push_back(std::move(job));
    }
    return true;
}

bool WorkerPool::startWorker(Job& job) {
    if (m_alive >= m_cap) {
        return false;
    }
    auto worker = std::make_unique<Worker>();
    try {
        worker->thread = std::thread([this, self = worker.get()] { live(*self); });
    } catch (const std::system_error&) {
        return false;
    }
    // The new thread takes the lock before it looks for its job.
    worker->job = std::move(job);
    m_workers.push_back(std::move(worker));
    ++m_alive;
    return true;
}

void WorkerPool::live(Worker& worker) {
    while (Job job = nextJob(worker)) {
        job();
    }
}

/// Empty when the worker shall end.
WorkerPool::Job WorkerPool::nextJob(Worker& worker) {
    base::Lock lock(m_mutex);
    if (!worker.job && !m_waiting.empty()) {
        worker.job = std::move(m_waiting.front());
        m_waiting.pop_front();
    }
    if (!worker.job && !m_stopping) {
        m_idle.push_back(&worker);
        // A spurious wake-up only shortens or lengthens an idle life; a job or the stop is always seen.
        bool inTime = true;
        while (!worker.job && !m_stopping && inTime) {
            inTime = worker.called.wait_for(lock.native(), m_idleLife) == std::cv_status::no_timeout;
        }
        std::erase(m_idle, &worker);
    }
    if (!worker.job) {
        worker.leaving = true;
        --m_alive;
    }
    return std::exchange(worker.job, nullptr);
}

void WorkerPool::reap() {
    std::vector<std::unique_ptr<Worker>> left;
    {
        base::Lock lock(m_mutex);
        if (m_workers.size() == m_alive) {
            return;
        }
        const auto split =
            std::partition(m_workers.begin(), m_workers.end(), [](const auto& w) { return !w->leaving; });
        std::move(split, m_workers.end(), std::back_inserter(left));
        m_workers.erase(split, m_workers.end());
    }
    for (const auto& worker : left) {
        worker->thread.join();
    }
}

void WorkerPool::stop() {
    std::vector<std::unique_ptr<Worker>> workers;
    {
        base::Lock lock(m_mutex);
        m_stopping = true;
        for (Worker* idle : m_idle) {
            idle->called.notify_one();
        }
        workers.swap(m_workers);  // none is added any more
    }
    for (const auto& worker : workers) {
        worker->thread.join();
    }
}

WorkerPool::Load WorkerPool::load() const {
    base::Lock lock(m_mutex);
    return {m_alive, m_alive - static_cast<std::uint32_t>(m_idle.size()), static_cast<std::uint32_t>(m_waiting.size())};
}

}  // namespace fusebox::collector
