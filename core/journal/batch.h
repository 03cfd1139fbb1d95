#pragma once
// What is written to the journal's file at once: all of it or nothing.
// Lifetime: plain values.

#include <fusebox/base/time.h>
#include <fusebox/domain/event.h>
#include <fusebox/domain/frame.h>
#include <fusebox/journal/query.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fusebox::journal {

/// An event as it stands in the file, secrets taken out.
struct EventRow {
    std::int64_t id = 0;
    std::int64_t atMs = 0;
    std::int64_t kind = 0;
    std::int64_t level = 0;
    std::string breaker;
    std::optional<std::int64_t> states;  ///< of a transition
    std::string actor;
    std::string text;
    std::string carried;
    std::string dossier;  ///< of a trip; empty: there is none
};

/// `frame`: where the dossier of a trip may be found.
[[nodiscard]] EventRow rowOf(const domain::Event& event, const domain::Frame& frame);

/// Not sealed yet: without number and hash.
[[nodiscard]] AuditRecord recordOf(const domain::CommandReport& report, base::WallTime at);

/// The state in which a breaker was first seen in this run. It is stored where the journal knows another or none.
struct StandingRow {
    std::string breaker;
    std::int64_t atMs = 0;
    domain::State state = domain::State::unknown;
};

struct StateRow {
    std::string key;
    std::int64_t savedMs = 0;
    std::string value;
};

/// A note to be written, or one that is there (Note::id) to be pinned or taken off.
struct NoteChange {
    Note note;
};

struct RollupCounts {
    std::uint64_t success = 0;
    std::uint64_t failure = 0;
    std::uint64_t ignored = 0;
    std::uint64_t cancelled = 0;
    std::uint64_t rejected = 0;
    std::uint64_t slow = 0;

    RollupCounts& operator+=(const RollupCounts& other);
    bool operator==(const RollupCounts&) const = default;
};

/// The calls of one breaker in one second.
struct RollupRow {
    std::string breaker;
    std::int64_t atSeconds = 0;
    RollupCounts counts;
    domain::State state = domain::State::unknown;  ///< the worst in it
    std::string latency;                           ///< see latency_blob.h; empty: no call was timed
};

struct Batch {
    std::vector<EventRow> events;
    std::vector<AuditRecord> audit;
    std::vector<StandingRow> standings;
    std::vector<StateRow> states;
    std::vector<NoteChange> notes;
    std::vector<RollupRow> rollups;
    std::optional<std::int64_t> seenMs;  ///< the program runs

    [[nodiscard]] bool isEmpty() const {
        return events.empty() && audit.empty() && standings.empty() && states.empty() && notes.empty() &&
               rollups.empty() && !seenMs;
    }
};

}  // namespace fusebox::journal
