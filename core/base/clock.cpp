#include <fusebox/base/clock.h>

#include <cassert>

namespace fusebox::base {

Time SteadyClock::now() const noexcept {
    return Time(std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch()));
}

WallTime SteadyClock::wallNow() const noexcept {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

ManualClock::ManualClock(Time start, WallTime wallStart) noexcept
    : m_now(start.time_since_epoch().count()), m_wall(Duration(wallStart.time_since_epoch()).count()) {}

Time ManualClock::now() const noexcept {
    // acquire: who sees a later time also sees what the test did before it moved the clock.
    return Time(Duration(m_now.load(std::memory_order_acquire)));
}

WallTime ManualClock::wallNow() const noexcept {
    return std::chrono::floor<std::chrono::milliseconds>(
        std::chrono::sys_time<Duration>(Duration(m_wall.load(std::memory_order_acquire))));
}

void ManualClock::advance(Duration by) noexcept {
    assert(by >= Duration::zero());
    m_wall.fetch_add(by.count(), std::memory_order_acq_rel);
    m_now.fetch_add(by.count(), std::memory_order_acq_rel);
}

void ManualClock::jumpWall(std::chrono::milliseconds by) noexcept {
    m_wall.fetch_add(Duration(by).count(), std::memory_order_acq_rel);
}

}  // namespace fusebox::base
