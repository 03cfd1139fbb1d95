#include <fusebox/feed/frame_feed.h>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace fusebox::feed {

namespace {

/// True when the frame already carries exactly these events: numbers grow, so the ends tell.
bool carries(const domain::Frame& frame, const std::vector<domain::Event>& events, std::uint64_t lost) {
    if (frame.lostEvents != lost || frame.events.size() != events.size()) return false;
    return events.empty() ||
           (frame.events.front().id == events.front().id && frame.events.back().id == events.back().id);
}

}  // namespace

FrameFeed::FrameFeed(const base::Clock& clock, QObject* parent) : QObject(parent), m_clock(clock) {
    m_lastFrame = clock.now();
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(kTick);
    connect(&m_timer, &QTimer::timeout, this, &FrameFeed::drainNow);
}

void FrameFeed::accept(const domain::FrameRef& frame) {
    if (!frame) return;
    // Relaxed: a sum on its own; whoever takes the frame may see a loss one tick later, but none is forgotten.
    m_lostBefore.fetch_add(frame->lostEvents, std::memory_order_relaxed);
    // Events first: whoever takes this frame finds its events in the queue.
    for (const domain::Event& event : frame->events) m_events.push(event);
    m_newest.put(frame);
}

void FrameFeed::start() {
    m_lastFrame = m_clock.now();
    m_timer.start();
}

void FrameFeed::stop() {
    m_timer.stop();
}

void FrameFeed::drainNow() {
    const domain::FrameRef frame = take();
    if (!frame) {
        if (m_clock.now() - m_lastFrame > kStaleAfter) setStale(true);
        return;
    }
    m_lastFrame = m_clock.now();
    setStale(false);
    emit frameReady(frame);
}

domain::FrameRef FrameFeed::take() {
    std::optional<domain::FrameRef> newest = m_newest.take();
    if (!newest) return nullptr;
    std::vector<domain::Event> events = m_events.drain();
    // Relaxed: see accept().
    const std::uint64_t lost = m_events.takeLost() + m_lostBefore.exchange(0, std::memory_order_relaxed);
    if (carries(**newest, events, lost)) return *newest;
    auto merged = std::make_shared<domain::Frame>(**newest);
    merged->events = std::move(events);
    merged->lostEvents = lost;
    return merged;
}

void FrameFeed::setStale(bool isStale) {
    if (isStale == m_stale) return;
    m_stale = isStale;
    emit stale(isStale);
}

}  // namespace fusebox::feed
