#pragma once
// What the program says of itself in the list of events.
// Threads: say() from any thread, gather() as collector::Source.
// Limits: kMostWaiting sentences wait for the next frame; further ones are counted as lost.

#include <fusebox/base/bounded_queue.h>
#include <fusebox/base/clock.h>
#include <fusebox/collector/source.h>

#include <cstddef>
#include <string>

namespace fusebox::wiring {

class Notices final : public collector::Source {
public:
    static constexpr std::size_t kMostWaiting = 256;

    /// REQUIRES: the clock outlives this.
    explicit Notices(const base::Clock& clock) : m_clock(clock), m_events(kMostWaiting) {}

    void say(domain::Level level, std::string text);
    void gather(collector::Gathered& into) override;

private:
    const base::Clock& m_clock;
    base::BoundedQueue<domain::Event> m_events;
};

}  // namespace fusebox::wiring
