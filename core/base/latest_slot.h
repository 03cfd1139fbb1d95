#pragma once
// A place for one value between threads: the newest wins, older ones that nobody took are forgotten.
// Threads: put and take from any thread.

#include <fusebox/base/mutex.h>

#include <optional>
#include <utility>

namespace fusebox::base {

template <typename Value>
class LatestSlot {
public:
    void put(Value value) {
        std::optional<Value> old;  // destroyed after the lock is gone
        {
            Lock lock(m_mutex);
            old.swap(m_value);
            m_value.emplace(std::move(value));
        }
    }

    /// The newest value since the last take, or nothing.
    [[nodiscard]] std::optional<Value> take() {
        Lock lock(m_mutex);
        return std::exchange(m_value, std::nullopt);
    }

private:
    Mutex m_mutex;
    std::optional<Value> m_value FUSEBOX_GUARDED_BY(m_mutex);
};

}  // namespace fusebox::base
