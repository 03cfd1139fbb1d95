#pragma once
// Frames for the tests of the models, made one after the other as a collector would make them.

#include <fusebox/domain/frame.h>

#include <chrono>
#include <memory>
#include <string>

namespace fusebox::models::testing {

inline domain::Snapshot breaker(const std::string& name, const std::string& kind = "http") {
    domain::Snapshot snapshot;
    snapshot.identity = std::make_shared<domain::Identity>(
        domain::Identity{domain::BreakerId(name), name, kind, "http://127.0.0.1/" + name, {}, "local"});
    snapshot.detail = std::make_shared<domain::Detail>();
    return snapshot;
}

inline void succeed(domain::Snapshot& snapshot, std::uint64_t calls) {
    snapshot.metrics.totals.permitted += calls;
    snapshot.metrics.totals.success += calls;
}

inline void fail(domain::Snapshot& snapshot, std::uint64_t calls) {
    snapshot.metrics.totals.permitted += calls;
    snapshot.metrics.totals.failure += calls;
}

inline void reject(domain::Snapshot& snapshot, std::uint64_t calls) {
    snapshot.metrics.totals.rejected += calls;
}

inline domain::Hold holdOf(std::uint64_t id, const std::string& who,
                           domain::HoldMode mode = domain::HoldMode::forceOpen) {
    domain::Hold hold;
    hold.id = domain::HoldId(id);
    hold.mode = mode;
    hold.who = who;
    hold.why = "deploy";
    return hold;
}

inline domain::Event eventOf(std::uint64_t id, const std::string& breakerName, const std::string& text) {
    domain::Event event;
    event.id = domain::EventId(id);
    event.breaker = domain::BreakerId(breakerName);
    event.text = text;
    return event;
}

/// A stage on which breakers stand and time passes.
struct Stage {
    domain::Frame frame;

    Stage() { frame.at = base::Time(std::chrono::seconds(1'000)); }

    domain::Snapshot& add(const std::string& name, const std::string& kind = "http") {
        frame.snapshots.push_back(breaker(name, kind));
        return frame.snapshots.back();
    }
    domain::Snapshot& operator[](std::size_t index) { return frame.snapshots[index]; }

    /// The next frame, so much later; events and losses do not carry over.
    const domain::Frame& after(base::Duration time) {
        ++frame.number;
        frame.at += time;
        frame.wall += std::chrono::duration_cast<std::chrono::milliseconds>(time);
        frame.events.clear();
        frame.lostEvents = 0;
        return frame;
    }
};

}  // namespace fusebox::models::testing
