#pragma once
// A few threads of their own for actions. A thread lives as long as its work: actions are rare.
// Threads: all functions from any thread; stop() not from within a work.
// Errors: work does not throw.
// Limits: the given number of works at once; further ones find no place.

#include <fusebox/base/mutex.h>
#include <fusebox/recovery/runner.h>

#include <cstddef>
#include <list>
#include <thread>

namespace fusebox::recovery {

class WorkerThreads final : public Runner {
public:
    explicit WorkerThreads(std::size_t most = 4) : m_most(most) {}
    ~WorkerThreads() override;
    WorkerThreads(const WorkerThreads&) = delete;
    WorkerThreads& operator=(const WorkerThreads&) = delete;

    [[nodiscard]] bool start(std::function<void()> work) override;
    [[nodiscard]] std::size_t room() const override;
    void stop() override;

private:
    struct Worker {
        std::thread thread;
        bool ended = false;
    };

    void joinEnded() FUSEBOX_REQUIRES(m_mutex);

    const std::size_t m_most;
    mutable base::Mutex m_mutex;
    std::list<Worker> m_workers FUSEBOX_GUARDED_BY(m_mutex);
    bool m_stopped FUSEBOX_GUARDED_BY(m_mutex) = false;
};

}  // namespace fusebox::recovery
