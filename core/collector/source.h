#pragma once
// Who feeds frames: local breakers, the command gate, later agents and foreign systems.
// Threads: gather() is called on the collector's frame thread only; it must return soon and never wait for a peer.

#include <fusebox/domain/event.h>
#include <fusebox/domain/snapshot.h>
#include <fusebox/domain/source_standing.h>
#include <fusebox/latency/histogram.h>

#include <cstdint>
#include <memory>
#include <vector>

namespace fusebox::domain {
struct ErrorReport;       // error_pattern.h
struct HandlingStanding;  // handling_standing.h
struct CallDurations;     // call_durations.h
}  // namespace fusebox::domain

namespace fusebox::collector {

/// What one source adds to a frame. Events carry no id yet: the collector numbers them.
struct Gathered {
    std::vector<domain::Snapshot> snapshots;
    std::vector<domain::Event> events;
    std::uint64_t lostEvents = 0;
    latency::Histogram latency;  ///< of all the source's breakers over their metrics windows, merged
    std::shared_ptr<const domain::ErrorReport> errors;       ///< of the one source that looks at errors
    std::shared_ptr<const domain::RecoveryReport> recovery;  ///< of the one source that knows of recovery
    std::shared_ptr<const std::vector<domain::HandlingStanding>> handling;
    std::shared_ptr<const std::vector<domain::CallDurations>> durations;  ///< of the one source that times calls
    std::vector<domain::SourceStanding> sources;                          ///< of other processes
};

class Source {
public:
    virtual ~Source() = default;
    virtual void gather(Gathered& into) = 0;
};

}  // namespace fusebox::collector
