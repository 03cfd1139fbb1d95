// Snapshots of one breaker in each state, as the tests of the widgets need them.
#pragma once

#include <fusebox/domain/snapshot.h>

#include <chrono>
#include <memory>

namespace fusebox::widgets {

inline domain::Snapshot snapshotIn(domain::State state, const char* name = "orders") {
    auto identity = std::make_shared<domain::Identity>();
    identity->id = domain::BreakerId(name);
    identity->name = name;
    domain::Snapshot snapshot;
    snapshot.identity = identity;
    snapshot.state = state;
    return snapshot;
}

inline domain::Snapshot closedBreaker() {
    domain::Snapshot snapshot = snapshotIn(domain::State::closed);
    domain::RuleStanding rule;
    rule.rule = domain::TripRule::failureRate;
    rule.value = 0.12;
    rule.threshold = 0.5;
    rule.calls = 40;
    rule.minimumCalls = 10;
    rule.failuresToTrip = 31;
    snapshot.standings = {rule};
    return snapshot;
}

inline domain::Snapshot openBreaker() {
    domain::Snapshot snapshot = snapshotIn(domain::State::open);
    snapshot.untilProbe = std::chrono::seconds(7);
    snapshot.openWait = std::chrono::seconds(10);
    return snapshot;
}

inline domain::Snapshot halfOpenBreaker() {
    domain::Snapshot snapshot = snapshotIn(domain::State::halfOpen);
    snapshot.probes =
        domain::ProbeProgress{.admitted = 2, .inFlight = 1, .succeeded = 1, .failed = 0, .needed = 2, .of = 3};
    snapshot.halfOpenLimit = std::chrono::seconds(8);
    return snapshot;
}

inline domain::Snapshot held(domain::Snapshot snapshot, domain::HoldMode mode,
                             std::optional<base::Duration> remaining = std::nullopt) {
    domain::Hold hold;
    hold.mode = mode;
    hold.who = "ann";
    hold.why = "deploying the fix";
    hold.remaining = remaining;
    snapshot.heldAs = mode;
    snapshot.holds.push_back(hold);
    return snapshot;
}

}  // namespace fusebox::widgets
