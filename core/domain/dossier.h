#pragma once
// Everything known at the moment a trip rule opened a breaker, frozen: "why is it open?" on one page.
// Threads: immutable; shared by all snapshots until newer trips push it out.

#include <fusebox/base/time.h>
#include <fusebox/domain/circuit_metrics.h>
#include <fusebox/domain/error.h>
#include <fusebox/domain/in_flight.h>
#include <fusebox/domain/rule_standing.h>
#include <fusebox/domain/state.h>
#include <fusebox/domain/transition.h>

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace fusebox::domain {

/// One bucket of the window, oldest first.
struct WindowSlice {
    base::Duration age{};  ///< from its beginning to the trip
    base::Duration span{};
    std::uint64_t calls = 0;
    std::uint64_t failures = 0;
    std::uint64_t slow = 0;

    bool operator==(const WindowSlice&) const = default;
};

/// How one of the last calls before the trip ended.
struct PastOutcome {
    base::Duration age{};                ///< from its end to the trip
    std::optional<base::Duration> took;  ///< absent: it was not timed
    bool failed = false;
    bool slow = false;
    ErrorRef error;  ///< of a failure whose error was kept

    bool operator==(const PastOutcome&) const = default;
};

struct Dossier {
    Transition transition;                ///< with the rule and its numbers
    std::vector<RuleStanding> standings;  ///< all rules that were on, at that moment
    WindowMetrics window;
    std::vector<WindowSlice> slices;
    std::vector<PastOutcome> lastOutcomes;  ///< oldest first, at most 32
    LatencyMetrics latency;
    std::array<std::uint64_t, kCategoryCount> failuresByCategory{};  ///< since the breaker last closed
    Totals totals;
    InFlight inFlight;
    double callsPerSecond = 0;                 ///< over the window
    base::Duration timeInClosed{};             ///< how long it had been CLOSED
    base::Duration openWait{};                 ///< the wait that was chosen
    std::optional<base::Duration> retryAfter;  ///< the dependency's own wish, where it decided the wait

    bool operator==(const Dossier&) const = default;
};

}  // namespace fusebox::domain
