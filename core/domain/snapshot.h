#pragma once
// All that is known of one breaker at one moment: a plain value, cheap to copy.
// Threads: immutable once shared. The heavy parts (identity, detail) are shared between snapshots until they change.

#include <fusebox/base/time.h>
#include <fusebox/domain/circuit_metrics.h>
#include <fusebox/domain/config_entry.h>
#include <fusebox/domain/dossier.h>
#include <fusebox/domain/error.h>
#include <fusebox/domain/hold.h>
#include <fusebox/domain/ids.h>
#include <fusebox/domain/in_flight.h>
#include <fusebox/domain/limit_standing.h>
#include <fusebox/domain/rule_standing.h>
#include <fusebox/domain/shadow_report.h>
#include <fusebox/domain/source_standing.h>
#include <fusebox/domain/state.h>
#include <fusebox/domain/transition.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace fusebox::domain {

/// Who a breaker is; never changes while it lives.
struct Identity {
    BreakerId id;
    std::string name;
    std::string kind;    ///< of the dependency: "http", "postgres", ...; "guarded" for calls of the program itself
    std::string target;  ///< what is called, without secrets: "http://127.0.0.1:8081/orders"
    std::string group;
    std::string source;  ///< "local", or the name of the agent it comes from

    bool operator==(const Identity&) const = default;
};

/// HALF_OPEN: what was admitted and what is still needed.
struct ProbeProgress {
    std::uint32_t admitted = 0;
    std::uint32_t inFlight = 0;
    std::uint32_t succeeded = 0;
    std::uint32_t failed = 0;
    std::uint32_t needed = 0;  ///< successes that close it (k)
    std::uint32_t of = 0;      ///< probes that decide (n)

    bool operator==(const ProbeProgress&) const = default;
};

struct RecentError {
    base::WallTime at{};
    base::Duration took{};
    bool counted = true;  ///< false: ignored by configuration
    ErrorRef error;
};

/// After closing: the share of calls that is let through grows step by step.
struct RampProgress {
    double share = 0;        ///< 0..1, let through now
    std::uint32_t step = 0;  ///< from 1
    std::uint32_t of = 0;
    base::Duration stepLeft{};  ///< until the next step

    bool operator==(const RampProgress&) const = default;
};

/// A configuration as it is shown. Breakers with the same configuration share one.
struct ConfigSheet {
    std::vector<ConfigEntry> entries;
    std::string preset;  ///< the preset it equals, or "classic, 3 options changed"
};

/// The heavy part; a new one is made only when something in it changed.
struct Detail {
    std::vector<Transition> transitions;                   ///< newest last, at most 50
    std::vector<RecentError> recentErrors;                 ///< newest last, at most 20
    std::shared_ptr<const ConfigSheet> sheet;              ///< null: a source that cannot see the configuration
    std::vector<std::shared_ptr<const Dossier>> dossiers;  ///< of the last trips, newest last, at most 10

    [[nodiscard]] const std::vector<ConfigEntry>& config() const { return (sheet ? *sheet : kNoSheet).entries; }
    [[nodiscard]] const std::string& preset() const { return (sheet ? *sheet : kNoSheet).preset; }

    static inline const ConfigSheet kNoSheet{};
};

struct Snapshot {
    std::shared_ptr<const Identity> identity;
    std::shared_ptr<const Detail> detail;
    std::uint64_t revision = 0;  ///< grows with each transition, hold and configuration change
    std::uint32_t generation = 0;
    State state = State::closed;     ///< of the automaton
    std::optional<HoldMode> heldAs;  ///< what rules now, if holds lie on it
    std::vector<Hold> holds;
    CircuitMetrics metrics;
    std::vector<RuleStanding> standings;          ///< CLOSED only
    std::optional<base::Duration> untilProbe;     ///< OPEN only; zero: the next call is a probe
    std::optional<base::Duration> openWait;       ///< OPEN only: the whole wait, for a progress ring
    std::optional<ProbeProgress> probes;          ///< HALF_OPEN only
    std::optional<base::Duration> halfOpenLimit;  ///< HALF_OPEN only: time left until half_open_timeout
    std::optional<RampProgress> ramp;             ///< while it ramps up
    InFlight inFlight;
    std::optional<LimitStanding> limit;          ///< where a concurrency limit is set
    std::shared_ptr<const ShadowReport> shadow;  ///< where a candidate configuration runs beside
    std::shared_ptr<const SourceStanding> from;  ///< null: it is of this process
};

}  // namespace fusebox::domain
