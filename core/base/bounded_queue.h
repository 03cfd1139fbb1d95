#pragma once
// A queue between threads that never grows past its limit and never loses silently: what does not fit is counted.
// Threads: all functions from any thread.
// Limits: the capacity given at construction; a push into a full queue is refused and counted as a loss.

#include <fusebox/base/mutex.h>

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

namespace fusebox::base {

template <typename Value>
class BoundedQueue {
public:
    explicit BoundedQueue(std::size_t capacity) : m_capacity(capacity) {}

    /// False when the queue is full or closed; then the value is gone and counted as lost.
    bool push(Value value) {
        {
            Lock lock(m_mutex);
            if (m_closed || m_values.size() >= m_capacity) {
                ++m_lost;
                return false;
            }
            m_values.push_back(std::move(value));
        }
        m_arrived.notify_one();
        return true;
    }

    /// All values that wait, oldest first; empty when there are none.
    [[nodiscard]] std::vector<Value> drain() {
        Lock lock(m_mutex);
        return std::exchange(m_values, {});
    }

    /// As drain, but waits until there is a value. Empty only once the queue is closed and drained.
    [[nodiscard]] std::vector<Value> waitAndDrain() {
        Lock lock(m_mutex);
        while (m_values.empty() && !m_closed) {
            m_arrived.wait(lock.native());
        }
        return std::exchange(m_values, {});
    }

    /// Wakes all who wait and refuses further pushes.
    void close() {
        {
            Lock lock(m_mutex);
            m_closed = true;
        }
        m_arrived.notify_all();
    }

    /// Losses since the last call.
    [[nodiscard]] std::uint64_t takeLost() {
        Lock lock(m_mutex);
        return std::exchange(m_lost, 0);
    }

    [[nodiscard]] std::size_t size() const {
        Lock lock(m_mutex);
        return m_values.size();
    }

private:
    const std::size_t m_capacity;
    mutable Mutex m_mutex;
    std::condition_variable m_arrived;
    std::vector<Value> m_values FUSEBOX_GUARDED_BY(m_mutex);
    std::uint64_t m_lost FUSEBOX_GUARDED_BY(m_mutex) = 0;
    bool m_closed FUSEBOX_GUARDED_BY(m_mutex) = false;
};

}  // namespace fusebox::base
