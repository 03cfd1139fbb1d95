// Values with something in every field, each field different, so that a mix-up shows.
#pragma once

#include <fusebox/domain/event.h>
#include <fusebox/domain/snapshot.h>

#include <chrono>
#include <memory>

namespace samples {

using namespace fusebox;
using namespace std::chrono_literals;

inline base::WallTime wall(std::int64_t ms) {
    return base::WallTime(std::chrono::milliseconds(ms));
}

inline domain::Hold hold() {
    return {domain::HoldId(7),       domain::HoldMode::forceOpen, "ann", "maintenance",
            wall(1'700'000'000'001), wall(1'700'000'009'002),     8s};
}

inline domain::TripReason tripReason() {
    return {domain::TripRule::slowCallRate, 0.75, 0.6, 21, 16, 10, 5s};
}

inline domain::Transition transition() {
    domain::Transition transition;
    transition.sequence = 3;
    transition.generation = 9;
    transition.from = domain::State::closed;
    transition.to = domain::State::open;
    transition.cause = domain::TransitionCause::tripRule;
    transition.trip = tripReason();
    transition.actor = "bob";
    transition.reason = "said \"no\"";
    transition.wall = wall(1'700'000'000'003);
    return transition;
}

inline domain::ErrorRef error() {
    auto cause = std::make_shared<domain::Error>();
    cause->type = "Root";
    cause->message = "line 1\nline 2";
    domain::Error error;
    error.type = "ConnectTimeout";
    error.message = "no answer";
    error.codeSystem = domain::CodeSystem::curl;
    error.code = "28";
    error.category = domain::Category::transient;
    error.retryAfter = 1500ms;
    error.context = {"shop", "GET /orders", "r-1", "ann", {{"region", "eu"}}};
    error.cause = std::move(cause);
    return std::make_shared<const domain::Error>(std::move(error));
}

inline domain::LatencyMetrics latency() {
    return {40, 1ms, 2ms, 3500us, 4ms, 5ms, 0.0157};
}

inline domain::Totals totals() {
    return {100, 11, 50, 30, 12, 5, 6, 3, 4, {1, 2, 3, 4, 5, 15}};
}

inline std::vector<domain::RuleStanding> standings() {
    return {{domain::TripRule::failureRate, 0.3, 0.5, 20, 10, 4},
            {domain::TripRule::totalOutage, std::nullopt, 10, 2, 8, std::nullopt}};
}

inline domain::ShadowReport shadow() {
    domain::ShadowReport shadow;
    shadow.owner = "eve";
    shadow.since = wall(1'700'000'000'004);
    shadow.age = 61s;
    shadow.differences = {{"open_timeout", "5s"}};
    shadow.state = domain::State::open;
    shadow.calls = 71;
    shadow.trips = 2;
    shadow.wouldRefuse = 12;
    shadow.refusedGood = 3;
    shadow.liveTrips = 1;
    shadow.liveRefused = 9;
    shadow.notClosed = 7s;
    shadow.liveNotClosed = 4s;
    shadow.lastTrip = tripReason();
    shadow.standings = standings();
    return shadow;
}

inline domain::Snapshot snapshot() {
    domain::Snapshot snapshot;
    snapshot.identity = std::make_shared<const domain::Identity>(
        domain::Identity{domain::BreakerId("orders"), "Orders", "http", "http://127.0.0.1:8081/", "shop", "local"});
    snapshot.revision = 17;
    snapshot.generation = 9;
    snapshot.state = domain::State::halfOpen;
    snapshot.heldAs = domain::HoldMode::forceOpen;
    snapshot.holds = {hold()};
    snapshot.metrics.totals = totals();
    snapshot.metrics.window = {5s, 20, 6, 2, 10, 0.3, 0.1};
    snapshot.metrics.latency = latency();
    snapshot.metrics.timeInState = 12'345'678ns;
    snapshot.metrics.transitions = 3;
    snapshot.standings = standings();
    snapshot.untilProbe = 250ms;
    snapshot.openWait = 2s;
    snapshot.probes = domain::ProbeProgress{5, 1, 3, 2, 4, 6};
    snapshot.halfOpenLimit = 9s;
    snapshot.ramp = domain::RampProgress{0.25, 1, 2, 700ms};
    snapshot.inFlight = {8, 2, 1200ms};
    snapshot.limit = domain::LimitStanding{domain::LimitKind::adaptive, 32, 4, 64, 8, 13};
    snapshot.shadow = std::make_shared<const domain::ShadowReport>(shadow());
    return snapshot;
}

inline domain::Dossier dossier() {
    domain::Dossier dossier;
    dossier.transition = transition();
    dossier.standings = standings();
    dossier.window = {5s, 20, 6, 2, 10, 0.3, std::nullopt};
    dossier.slices = {{4s, 500ms, 9, 3, 1}, {500ms, 250ms, 11, 3, 0}};
    dossier.lastOutcomes = {{30ms, 12ms, true, true, error()}, {20ms, std::nullopt, false, false, nullptr}};
    dossier.latency = latency();
    dossier.failuresByCategory = {1, 2, 3, 4, 5, 6};
    dossier.totals = totals();
    dossier.inFlight = {3, std::nullopt, std::nullopt};
    dossier.callsPerSecond = 4.2;
    dossier.timeInClosed = 90s;
    dossier.openWait = 3s;
    dossier.retryAfter = 2500ms;
    return dossier;
}

inline domain::Detail detail() {
    domain::Detail detail;
    detail.transitions = {transition()};
    detail.recentErrors = {{wall(1'700'000'000'005), 20ms, false, error()}};
    detail.sheet = std::make_shared<domain::ConfigSheet>(
        domain::ConfigSheet{{{"open_timeout", "1s"}, {"jitter", "none"}}, "classic, 1 option changed"});
    detail.dossiers = {std::make_shared<const domain::Dossier>(dossier())};
    return detail;
}

inline domain::CommandReport commandReport() {
    domain::CommandReport report;
    report.command.id = domain::CommandId("c-1");
    report.command.kind = domain::CommandKind::configure;
    report.command.breaker = domain::BreakerId("orders");
    report.command.actor = "ann";
    report.command.role = domain::Role::operatorRole;
    report.command.origin = "http 127.0.0.1:40312";
    report.command.reason = "slow";
    report.command.options = {{"open_timeout", "5s"}};
    report.command.seenRevision = 16;
    report.status = domain::CommandStatus::applied;
    report.message = "open_timeout 1 s -> 5 s";
    report.before = domain::State::closed;
    report.after = domain::State::open;
    return report;
}

}  // namespace samples
