#pragma once
// One numbered batch of snapshots and events, as it leaves the collector.
// Threads: immutable; travels as shared_ptr<const Frame>.

#include <fusebox/base/time.h>
#include <fusebox/domain/circuit_metrics.h>
#include <fusebox/domain/event.h>
#include <fusebox/domain/snapshot.h>
#include <fusebox/domain/source_standing.h>

#include <cstdint>
#include <memory>
#include <vector>

namespace fusebox::domain {

struct ErrorReport;       // error_pattern.h
struct HandlingStanding;  // handling_standing.h
struct CallDurations;     // call_durations.h

/// What the collector knows of itself.
struct CollectorHealth {
    base::Duration lag{};         ///< how late the last due task was started
    base::Duration gatherTook{};  ///< time to make the last frame
    std::uint32_t workers = 0;    ///< threads alive
    std::uint32_t busyWorkers = 0;
    std::uint32_t queuedEvents = 0;
    std::uint64_t lateTasks = 0;   ///< starts skipped since the task's concurrency limit was reached
    std::uint64_t lostEvents = 0;  ///< since the program started

    bool operator==(const CollectorHealth&) const = default;
};

struct Frame {
    std::uint64_t number = 0;
    base::Time at{};
    base::WallTime wall{};
    std::vector<Snapshot> snapshots;  ///< all breakers, in a stable order
    std::vector<Event> events;        ///< since the previous frame
    std::uint64_t lostEvents = 0;     ///< events that vanished before this frame
    LatencyMetrics overall;           ///< over all breakers: histograms merged, never averaged percentiles
    CollectorHealth health;
    std::shared_ptr<const ErrorReport> errors;                      ///< null: nobody looks at errors
    std::shared_ptr<const RecoveryReport> recovery;                 ///< null: there are no recovery actions
    std::shared_ptr<const std::vector<HandlingStanding>> handling;  ///< null: no call is handled
    std::shared_ptr<const std::vector<CallDurations>> durations;    ///< about a second old; null: nobody times calls
    std::vector<SourceStanding> sources;  ///< of other processes, in the order in which they were attached
};

using FrameRef = std::shared_ptr<const Frame>;

}  // namespace fusebox::domain
