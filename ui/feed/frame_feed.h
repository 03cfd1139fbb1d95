#pragma once
// The mailbox between the collector's frame thread and the GUI thread. The newest snapshots win; events are queued
// and come out complete, or with the count of what was lost. Emptied ten times a second, so that the GUI keeps its
// own pace.
// Threads: accept() on the collector's frame thread; everything else on the thread that owns the feed.
// Limits: kEventLimit events wait at most; those beyond it are counted as lost in the next frame.
// Lifetime: the collector must have stopped before the feed is destroyed.

#include <fusebox/base/bounded_queue.h>
#include <fusebox/base/clock.h>
#include <fusebox/base/latest_slot.h>
#include <fusebox/collector/sink.h>

#include <QObject>
#include <QTimer>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace fusebox::feed {

class FrameFeed final : public QObject, public collector::Sink {
    Q_OBJECT

public:
    static constexpr std::size_t kEventLimit = 20'000;
    static constexpr std::chrono::milliseconds kTick{100};
    static constexpr std::chrono::seconds kStaleAfter{3};

    explicit FrameFeed(const base::Clock& clock, QObject* parent = nullptr);

    void accept(const domain::FrameRef& frame) override;

    /// Begins and ends the ticking; staleness counts from the start.
    void start();
    void stop();

    /// What a tick does: emits frameReady if something arrived, watches staleness.
    void drainNow();

    [[nodiscard]] bool isStale() const { return m_stale; }

signals:
    /// The newest snapshots with all events since the last one.
    void frameReady(fusebox::domain::FrameRef frame);
    /// True when no frame came for kStaleAfter; false when one came again.
    void stale(bool isStale);

private:
    [[nodiscard]] domain::FrameRef take();
    void setStale(bool isStale);

    const base::Clock& m_clock;
    QTimer m_timer;
    base::LatestSlot<domain::FrameRef> m_newest;
    base::BoundedQueue<domain::Event> m_events{kEventLimit};
    std::atomic<std::uint64_t> m_lostBefore{0};  ///< losses that the accepted frames reported
    base::Time m_lastFrame{};
    bool m_stale = false;
};

}  // namespace fusebox::feed
