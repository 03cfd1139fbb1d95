#include <fusebox/lab/event_loop.h>
#include <fusebox/lab/loopback.h>

#include <sys/epoll.h>
#include <sys/eventfd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>

namespace fusebox::lab {

base::Result<std::unique_ptr<EventLoop>> EventLoop::create(const base::Clock& clock) {
    Descriptor epoll(::epoll_create1(EPOLL_CLOEXEC));
    if (!epoll.isOpen()) return systemTrouble("epoll_create1", errno);
    Descriptor wake(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
    if (!wake.isOpen()) return systemTrouble("eventfd", errno);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = wake.value();
    if (::epoll_ctl(epoll.value(), EPOLL_CTL_ADD, wake.value(), &event) != 0) return systemTrouble("epoll_ctl", errno);
    return std::unique_ptr<EventLoop>(new EventLoop(clock, std::move(epoll), std::move(wake)));
}

EventLoop::EventLoop(const base::Clock& clock, Descriptor epoll, Descriptor wake)
    : m_clock(clock), m_epoll(std::move(epoll)), m_wake(std::move(wake)) {}

base::Result<void> EventLoop::watch(int fd, std::uint32_t epollEvents, Handler handler) {
    epoll_event event{};
    event.events = epollEvents;
    event.data.fd = fd;
    if (::epoll_ctl(m_epoll.value(), EPOLL_CTL_ADD, fd, &event) != 0) return systemTrouble("epoll_ctl", errno);
    m_handlers[fd] = std::make_shared<Handler>(std::move(handler));
    return {};
}

void EventLoop::change(int fd, std::uint32_t epollEvents) {
    epoll_event event{};
    event.events = epollEvents;
    event.data.fd = fd;
    ::epoll_ctl(m_epoll.value(), EPOLL_CTL_MOD, fd, &event);
}

void EventLoop::forget(int fd) {
    if (m_handlers.erase(fd) > 0) ::epoll_ctl(m_epoll.value(), EPOLL_CTL_DEL, fd, nullptr);
}

void EventLoop::after(base::Duration delay, Action action) {
    m_timers.push_back({m_clock.now() + delay, m_order++, std::move(action)});
    std::push_heap(m_timers.begin(), m_timers.end());
}

void EventLoop::post(Action action) {
    {
        const base::Lock lock(m_mutex);
        m_posted.push_back(std::move(action));
    }
    const std::uint64_t one = 1;
    // Fails only when the counter is full, and then the loop is awake anyway.
    [[maybe_unused]] const auto written = ::write(m_wake.value(), &one, sizeof one);
}

void EventLoop::stop() {
    // Release, so that whoever sees the flag sees what was done before; the post that follows wakes the loop.
    m_stopping.store(true, std::memory_order_release);
    post([] {});
}

void EventLoop::run() {
    std::array<epoll_event, 64> events{};
    while (!m_stopping.load(std::memory_order_acquire)) {
        const int count =
            ::epoll_wait(m_epoll.value(), events.data(), static_cast<int>(events.size()), waitMilliseconds());
        for (int i = 0; i < count; ++i) {
            const epoll_event& event = events[static_cast<std::size_t>(i)];
            handle(event.data.fd, event.events);
        }
        runTimers();
    }
}

int EventLoop::waitMilliseconds() const {
    if (m_timers.empty()) return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(m_timers.front().at - m_clock.now());
    return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 60'000));
}

void EventLoop::handle(int fd, std::uint32_t epollEvents) {
    if (fd == m_wake.value()) {
        std::uint64_t count = 0;
        [[maybe_unused]] const auto got = ::read(fd, &count, sizeof count);
        runPosted();
        return;
    }
    const auto found = m_handlers.find(fd);
    if (found == m_handlers.end()) return;
    // A copy keeps the handler alive while it makes the loop forget it.
    const std::shared_ptr<Handler> handler = found->second;
    (*handler)(epollEvents);
}

void EventLoop::runPosted() {
    std::vector<Action> posted;
    {
        const base::Lock lock(m_mutex);
        posted.swap(m_posted);
    }
    for (const Action& action : posted) action();
}

void EventLoop::runTimers() {
    const base::Time now = m_clock.now();
    while (!m_timers.empty() && m_timers.front().at <= now) {
        std::pop_heap(m_timers.begin(), m_timers.end());
        const Action action = std::move(m_timers.back().action);
        m_timers.pop_back();
        action();
    }
}

}  // namespace fusebox::lab
