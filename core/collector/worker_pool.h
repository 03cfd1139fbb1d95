#pragma once
// Threads that come when there is work for them and go when there is none: a job never waits behind another one that
// hangs.
// Threads: submit() and the counters from any thread; stop() from a thread that is not the pool's own.
// Errors: jobs do not throw. When the system refuses a thread, the job waits for a worker that becomes free.
// Lifetime: stop() runs what was submitted, joins all threads and refuses further jobs.
// Limits: at most `cap` threads; beyond it jobs wait in order. An idle worker ends after `idleLife`.

#include <fusebox/base/mutex.h>
#include <fusebox/base/time.h>

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

namespace fusebox::collector {

class WorkerPool {
public:
    using Job = std::function<void()>;

    WorkerPool(std::uint32_t cap, base::Duration idleLife) : m_cap(cap), m_idleLife(idleLife) {}
    ~WorkerPool() { stop(); }
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// False after stop(): the job was not taken.
    bool submit(Job job);
    void stop();

    /// Joins workers that have ended; cheap when there are none.
    void reap();

    struct Load {
        std::uint32_t workers = 0;
        std::uint32_t busy = 0;
        std::uint32_t waiting = 0;  ///< jobs that no worker has taken yet
    };
    [[nodiscard]] Load load() const;

private:
    struct Worker {
        std::condition_variable called;
        Job job;
        bool leaving = false;
        std::thread thread;
    };

    void live(Worker& worker);
    Job nextJob(Worker& worker);
    bool startWorker(Job& job) FUSEBOX_REQUIRES(m_mutex);

    const std::uint32_t m_cap;
    const base::Duration m_idleLife;
    mutable base::Mutex m_mutex;
    std::vector<std::unique_ptr<Worker>> m_workers FUSEBOX_GUARDED_BY(m_mutex);
    std::vector<Worker*> m_idle
        FUSEBOX_GUARDED_BY(m_mutex);  ///< the last to become idle is called first, so that the others age
    std::deque<Job> m_waiting FUSEBOX_GUARDED_BY(m_mutex);
    std::uint32_t m_alive FUSEBOX_GUARDED_BY(m_mutex) = 0;  ///< the others wait to be joined
    bool m_stopping FUSEBOX_GUARDED_BY(m_mutex) = false;
};

}  // namespace fusebox::collector
