#pragma once
// What can be asked of the journal, and what it answers.
// Time: all spans are half open: from <= t < to. Wall time, as people read it.
// Lifetime: plain values.

#include <fusebox/base/time.h>
#include <fusebox/domain/circuit_metrics.h>
#include <fusebox/domain/event.h>
#include <fusebox/domain/ids.h>
#include <fusebox/domain/state.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fusebox::journal {

struct TimeSpan {
    base::WallTime from{};
    base::WallTime to = base::WallTime::max();

    bool operator==(const TimeSpan&) const = default;
};

/// Events, newest first. What is empty or absent does not restrict.
struct EventQuery {
    TimeSpan span;
    domain::BreakerId breaker;                  ///< to the letter
    std::string actor;                          ///< to the letter
    std::vector<domain::EventKind> kinds;       ///< any of them
    domain::Level level = domain::Level::info;  ///< at least
    std::string text;                           ///< stands in the event's text; case of ASCII letters does not matter
    std::optional<domain::EventId> before;      ///< only what stands after this event in the list: the next page
    std::size_t limit = 200;                    ///< at most 10,000
};

struct StoredEvent {
    domain::EventId id;
    domain::EventKind kind = domain::EventKind::notice;
    domain::Level level = domain::Level::info;
    base::WallTime at{};
    domain::BreakerId breaker;
    std::string actor;
    std::string text;
    std::string json;         ///< the whole event, as domain::appendJson writes it
    bool hasDossier = false;  ///< JournalReader::dossier has a page about it

    bool operator==(const StoredEvent&) const = default;
};

struct EventPage {
    std::vector<StoredEvent> events;
    bool more = false;  ///< there are further ones: ask again with `before` the last of these
};

/// How the states of breakers followed each other.
struct BandQuery {
    TimeSpan span;
    std::vector<domain::BreakerId> breakers;  ///< empty: all that the journal knows
    /// Shorter spans are joined into one of the worst of their states: what a pixel stands for. Zero: all as they were.
    base::Duration resolution{};
};

struct StateSpan {
    base::WallTime from{};
    base::WallTime to{};
    domain::State state = domain::State::unknown;  ///< unknown: the program did not run, or nothing is known

    bool operator==(const StateSpan&) const = default;
};

struct Band {
    domain::BreakerId breaker;
    std::vector<StateSpan> spans;  ///< oldest first, without gaps, from the begin of the query until its end or now

    bool operator==(const Band&) const = default;
};

/// The metrics of one breaker over time.
struct RollupQuery {
    domain::BreakerId breaker;
    TimeSpan span;             ///< REQUIRES: both ends given
    std::size_t points = 300;  ///< at most so many, 1 to 10,000; not finer than what is kept: 1 s, 10 s or 1 min
};

/// Sums over `span`; quantiles of the merged histograms, never averaged.
struct RollupPoint {
    base::WallTime at{};  ///< begin
    base::Duration span{};
    std::uint64_t success = 0;
    std::uint64_t failure = 0;
    std::uint64_t ignored = 0;
    std::uint64_t cancelled = 0;
    std::uint64_t rejected = 0;
    std::uint64_t slow = 0;  ///< among success and failure
    double callsPerSecond = 0;
    std::optional<double> failureRate;             ///< of success and failure; absent without calls
    domain::LatencyMetrics latency;                ///< absent parts: no call was timed
    domain::State state = domain::State::unknown;  ///< the worst in the span

    bool operator==(const RollupPoint&) const = default;
};

/// What a person wrote down about a moment.
struct Note {
    std::uint64_t id = 0;  ///< from 1; zero until it is written
    base::WallTime at{};   ///< the moment that it is about
    base::WallTime writtenAt{};
    std::string actor;
    domain::BreakerId breaker;  ///< empty: all
    std::string text;
    bool pinned = false;  ///< stands on the band of states

    bool operator==(const Note&) const = default;
};

struct NoteQuery {
    TimeSpan span;
    domain::BreakerId breaker;  ///< empty: all notes; else also those about all breakers
    bool pinnedOnly = false;
    std::size_t limit = 1000;
};

/// One link of the chain that seals what people did and what changed the configuration.
struct AuditRecord {
    std::uint64_t number = 0;  ///< from 1, without gaps
    base::WallTime at{};
    std::string kind;     ///< "asked", "result", "configuration", "retention"
    std::string command;  ///< the command's id
    domain::BreakerId breaker;
    std::string actor;
    std::string origin;
    std::string text;  ///< one sentence
    std::string body;  ///< JSON: the CommandReport, or what changed
    std::string hash;  ///< 32 bytes

    bool operator==(const AuditRecord&) const = default;
};

/// Whether the chain is whole.
struct AuditVerdict {
    bool intact = false;
    std::uint64_t first = 0;  ///< the numbers that were looked at; zero: there are none
    std::uint64_t last = 0;
    std::uint64_t wrong = 0;  ///< not intact: the first record that was altered, removed or put in
    std::string text;         ///< one sentence
    std::string head;         ///< hash of the last record, in hexadecimal: keep it elsewhere to see a later cut

    bool operator==(const AuditVerdict&) const = default;
};

enum class JournalStanding : std::uint8_t {
    writing,
    fresh,    ///< it writes, but into a new file: the old one could not be used
    waiting,  ///< it cannot write now; what comes is kept in memory, within a limit, until it can
    off,      ///< it does not write at all
};

struct JournalHealth {
    JournalStanding standing = JournalStanding::off;
    std::string file;   ///< where it writes
    std::string aside;  ///< fresh: the old file
    std::string text;   ///< for a banner, one or two sentences; empty while all is well
    std::uint64_t lastEvent = 0;
    std::uint64_t writtenEvents = 0;  ///< since the program started
    std::uint64_t lostEvents = 0;     ///< since the program started
    std::uint64_t waitingEvents = 0;  ///< kept in memory until the file can be written
    std::uint64_t waitingFrames = 0;  ///< in the queue before the writer, at the moment of the question
    std::uint64_t bytes = 0;          ///< the file and its log
    base::Duration lastBatchTook{};
    base::WallTime lastWrite{};

    bool operator==(const JournalHealth&) const = default;
};

}  // namespace fusebox::journal
