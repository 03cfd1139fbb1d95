#pragma once
// What an open stream sends: bytes that come bit by bit, for as long as its reader stays.
// Threads: read() on a thread of the HTTP library; wake() and end() from any.

#include <fusebox/base/mutex.h>

#include <atomic>
#include <cstddef>
#include <functional>
#include <utility>

namespace fusebox::server {

class StreamBody {
public:
    virtual ~StreamBody() = default;

    /// Fills in what there is, at most so many bytes. Zero: nothing now; wake() is called once there is more.
    [[nodiscard]] virtual std::size_t read(char* into, std::size_t most) = 0;
    /// Nothing more will come once what was read is sent.
    [[nodiscard]] virtual bool isOver() const = 0;

    /// Called when there may be something to read, or when it is over. It must not call back into the body.
    void onWake(std::function<void()> wake) {
        base::Lock lock(m_wakeMutex);
        m_wake = std::move(wake);
    }

    void wake() {
        std::function<void()> wake;
        {
            base::Lock lock(m_wakeMutex);
            wake = m_wake;
        }
        if (wake) wake();
    }

    /// Nothing more is sent, not even what is ready: its reader may not have it any more.
    void end() {
        m_isEnded.store(true);
        wake();
    }
    [[nodiscard]] bool isEnded() const { return m_isEnded.load(); }

private:
    std::atomic<bool> m_isEnded{false};
    base::Mutex m_wakeMutex;
    std::function<void()> m_wake FUSEBOX_GUARDED_BY(m_wakeMutex);
};

}  // namespace fusebox::server
