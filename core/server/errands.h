#pragma once
// A thread for what must wait: a question to the journal, a command whose refusal is written to the disk at once.
// Threads: run() from any; the errands run one after the other on the one thread.
// Limits: so many may wait; further ones are refused.

#include <fusebox/base/bounded_queue.h>

#include <atomic>
#include <cstddef>
#include <functional>
#include <thread>

namespace fusebox::server {

class Errands {
public:
    explicit Errands(std::size_t waiting) : m_queue(waiting) {}
    ~Errands() { stop(); }
    Errands(const Errands&) = delete;
    Errands& operator=(const Errands&) = delete;

    /// False: too many wait already.
    [[nodiscard]] bool run(std::function<void()> errand) { return m_queue.push(std::move(errand)); }

    void start() {
        m_thread = std::thread([this] { live(); });
    }

    [[nodiscard]] std::size_t waiting() const { return m_queue.size(); }

    /// Nothing more is taken. What waits still runs, and may look at isClosed() to be done with it at once.
    void close() {
        m_isClosed.store(true);
        m_queue.close();
    }
    [[nodiscard]] bool isClosed() const { return m_isClosed.load(); }

    /// Runs what waits still.
    void stop() {
        close();
        if (m_thread.joinable()) m_thread.join();
    }

private:
    void live() {
        for (;;) {
            const std::vector<std::function<void()>> errands = m_queue.waitAndDrain();
            if (errands.empty()) return;
            for (const auto& errand : errands) errand();
        }
    }

    base::BoundedQueue<std::function<void()>> m_queue;
    std::atomic<bool> m_isClosed{false};
    std::thread m_thread;
};

}  // namespace fusebox::server
