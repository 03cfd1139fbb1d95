// A sink that remembers what the frames brought, for tests that wait until something has happened.
// Threads: accept() on the collector's thread, everything else on the test's.
// Limits: for programs that link the collector.
#pragma once

#include <fusebox/collector/sink.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace fusebox::support {

class FrameLog final : public collector::Sink {
public:
    void accept(const domain::FrameRef& frame) override {
        {
            const std::lock_guard lock(m_mutex);
            m_latest = frame;
            m_events.insert(m_events.end(), frame->events.begin(), frame->events.end());
        }
        m_arrived.notify_all();
    }

    // True as soon as it holds for the latest frame; false when it does not in time.
    bool waitForFrame(const std::function<bool(const domain::Frame&)>& holds,
                      std::chrono::milliseconds limit = std::chrono::seconds(20)) {
        std::unique_lock lock(m_mutex);
        return m_arrived.wait_for(lock, limit, [&] { return m_latest && holds(*m_latest); });
    }

    bool waitForSnapshot(const std::string& breaker, const std::function<bool(const domain::Snapshot&)>& holds,
                         std::chrono::milliseconds limit = std::chrono::seconds(20)) {
        return waitForFrame(
            [&](const domain::Frame& frame) {
                const auto snapshot = find(frame, breaker);
                return snapshot && holds(*snapshot);
            },
            limit);
    }

    // True once the breaker has gone through these states, one after the other, since the mark.
    bool waitForPath(const std::string& breaker, const std::vector<domain::State>& states, std::size_t mark = 0,
                     std::chrono::milliseconds limit = std::chrono::seconds(20)) {
        std::unique_lock lock(m_mutex);
        return m_arrived.wait_for(lock, limit, [&] {
            std::size_t next = 0;
            for (std::size_t i = mark; i < m_events.size() && next < states.size(); ++i) {
                const auto* transition = std::get_if<domain::Transition>(&m_events[i].body);
                if (transition != nullptr && m_events[i].breaker.value == breaker && transition->to == states[next])
                    ++next;
            }
            return next == states.size();
        });
    }

    // Where the events stand now.
    std::size_t mark() const {
        const std::lock_guard lock(m_mutex);
        return m_events.size();
    }

    std::vector<domain::Event> events() const {
        const std::lock_guard lock(m_mutex);
        return m_events;
    }

    domain::FrameRef latest() const {
        const std::lock_guard lock(m_mutex);
        return m_latest;
    }

    std::optional<domain::Snapshot> snapshot(const std::string& breaker) const {
        const domain::FrameRef frame = latest();
        return frame ? find(*frame, breaker) : std::nullopt;
    }

    static std::optional<domain::Snapshot> find(const domain::Frame& frame, const std::string& breaker) {
        const auto found = std::find_if(frame.snapshots.begin(), frame.snapshots.end(), [&](const auto& snapshot) {
            return snapshot.identity && snapshot.identity->name == breaker;
        });
        return found == frame.snapshots.end() ? std::nullopt : std::optional(*found);
    }

private:
    mutable std::mutex m_mutex;
    std::condition_variable m_arrived;
    domain::FrameRef m_latest;
    std::vector<domain::Event> m_events;
};

// The text of the breaker's newest error; empty when there was none.
inline std::string newestError(const domain::Snapshot& snapshot) {
    if (!snapshot.detail || snapshot.detail->recentErrors.empty()) return {};
    const domain::ErrorRef& error = snapshot.detail->recentErrors.back().error;
    return error ? error->text() : std::string();
}

}  // namespace fusebox::support
