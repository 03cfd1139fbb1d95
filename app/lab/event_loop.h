#pragma once
// The one thread of the lab's servers: watches their sockets, runs their timers and what other threads post.
// Threads: run() is the loop's thread; post() and stop() from any thread; everything else only on the loop's thread, or
//   before it runs.
// Time: the clock given, read once per round; timers are late by up to a millisecond.
// Lifetime: outlives what its actions and handlers refer to, or these have left it with forget() and after the loop's
// end.

#include <fusebox/base/clock.h>
#include <fusebox/base/mutex.h>
#include <fusebox/base/result.h>
#include <fusebox/lab/descriptor.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <unordered_map>
#include <vector>

namespace fusebox::lab {

class EventLoop {
public:
    using Action = std::function<void()>;
    using Handler = std::function<void(std::uint32_t epollEvents)>;

    [[nodiscard]] static base::Result<std::unique_ptr<EventLoop>> create(const base::Clock& clock);

    [[nodiscard]] base::Result<void> watch(int fd, std::uint32_t epollEvents, Handler handler);
    void change(int fd, std::uint32_t epollEvents);
    void forget(int fd);

    void after(base::Duration delay, Action action);
    void post(Action action);

    void run();
    void stop();

    [[nodiscard]] const base::Clock& clock() const { return m_clock; }

private:
    struct Timer {
        base::Time at{};
        std::uint64_t order = 0;  // first in, first out among equals
        Action action;
        bool operator<(const Timer& other) const { return at != other.at ? at > other.at : order > other.order; }
    };

    EventLoop(const base::Clock& clock, Descriptor epoll, Descriptor wake);
    [[nodiscard]] int waitMilliseconds() const;
    void handle(int fd, std::uint32_t epollEvents);
    void runPosted();
    void runTimers();

    const base::Clock& m_clock;
    Descriptor m_epoll;
    Descriptor m_wake;
    std::unordered_map<int, std::shared_ptr<Handler>> m_handlers;
    std::vector<Timer> m_timers;  // a heap, the earliest on top
    std::uint64_t m_order = 0;
    std::atomic<bool> m_stopping = false;

    base::Mutex m_mutex;
    std::vector<Action> m_posted FUSEBOX_GUARDED_BY(m_mutex);
};

}  // namespace fusebox::lab
