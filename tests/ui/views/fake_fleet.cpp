#include "fake_fleet.h"

#include "fake_reports.h"

#include <fusebox/breaker/circuit_breaker_config.h>

#include <array>
#include <cmath>

namespace fusebox::views {
namespace {

using namespace std::chrono_literals;

constexpr std::array kNames{"orders-api", "payments", "inventory-db", "search", "session-cache", "mail-relay"};
constexpr std::array kKinds{"http", "http", "postgres", "http", "redis", "tcp"};

std::string nameOf(int index) {
    const auto i = static_cast<std::size_t>(index);
    const std::string base = kNames[i % kNames.size()];
    return i < kNames.size() ? base : base + "-" + std::to_string(i / kNames.size());
}

domain::Identity identityOf(int index) {
    domain::Identity identity;
    identity.name = nameOf(index);
    identity.id = domain::BreakerId(identity.name);
    identity.kind = kKinds[static_cast<std::size_t>(index) % kKinds.size()];
    identity.target = identity.kind + "://127.0.0.1:" + std::to_string(8000 + index) + "/";
    identity.group = index % 2 == 0 ? "shop" : "";
    identity.source = "local";
    return identity;
}

}  // namespace

FakeFleet::FakeFleet(int breakers) {
    for (int i = 0; i < breakers; ++i) {
        domain::Snapshot snapshot;
        snapshot.identity = std::make_shared<domain::Identity>(identityOf(i));
        domain::Detail detail;
        detail.sheet = std::make_shared<domain::ConfigSheet>(
            domain::ConfigSheet{breaker::CircuitBreakerConfig::balanced().entries(), "balanced"});
        snapshot.detail = std::make_shared<domain::Detail>(detail);
        m_snapshots.push_back(snapshot);
        m_rates.push_back(3.0 + 7.0 * (i % 5));
        m_due.push_back(0);
    }
}

domain::FrameRef FakeFleet::next(base::Duration step) {
    m_now += step;
    m_wall += std::chrono::duration_cast<std::chrono::milliseconds>(step);
    auto frame = std::make_shared<domain::Frame>();
    frame->number = ++m_number;
    frame->at = m_now;
    frame->wall = m_wall;
    for (std::size_t i = 0; i < m_snapshots.size(); ++i) {
        count(i, std::chrono::duration<double>(step).count());
        refreshMeasures(i);
    }
    frame->snapshots = m_snapshots;
    frame->errors = errors;
    frame->recovery = recovery;
    frame->sources = sources;
    frame->events = std::exchange(m_events, {});
    frame->lostEvents = std::exchange(m_lost, 0);
    if (!m_snapshots.empty()) {
        frame->overall = m_snapshots.front().metrics.latency;
    }
    frame->health.workers = 8;
    frame->health.lag = 2ms;
    frame->health.lostEvents = frame->lostEvents;
    return frame;
}

void FakeFleet::count(std::size_t index, double seconds) {
    domain::Snapshot& snapshot = m_snapshots[index];
    domain::Totals& totals = snapshot.metrics.totals;
    m_due[index] += m_rates[index] * seconds;
    while (m_due[index] >= 1) {
        m_due[index] -= 1;
        const bool refuses = snapshot.heldAs == domain::HoldMode::forceOpen ||
                             (!snapshot.heldAs && snapshot.state == domain::State::open);
        if (refuses) {
            ++totals.rejected;
            continue;
        }
        ++totals.permitted;
        const auto dice = static_cast<unsigned>(m_random() % 100);
        if (dice < 4 + 3 * (index % 4)) {
            ++totals.failure;
        } else {
            ++totals.success;
        }
        if (dice > 94) {
            ++totals.slow;
        }
    }
    snapshot.metrics.timeInState += std::chrono::duration_cast<base::Duration>(std::chrono::duration<double>(seconds));
}

void FakeFleet::refreshMeasures(std::size_t index) {
    domain::Snapshot& snapshot = m_snapshots[index];
    const auto wobble = std::chrono::microseconds(m_random() % 4000);
    domain::LatencyMetrics& latency = snapshot.metrics.latency;
    latency.samples = snapshot.metrics.totals.permitted;
    if (latency.samples > 0) {
        latency.p50 = 4ms + std::chrono::milliseconds(index % 9) + wobble;
        latency.p95 = 3 * *latency.p50;
        latency.p99 = 5 * *latency.p50;
    }
    domain::WindowMetrics& window = snapshot.metrics.window;
    window.span = 5s;
    window.minimumCalls = 10;
    window.calls = static_cast<std::uint64_t>(m_rates[index] * 5);
    window.failures = window.calls / (5 + index % 7);
    if (window.calls >= window.minimumCalls) {
        window.failureRate = static_cast<double>(window.failures) / static_cast<double>(window.calls);
    } else {
        window.failureRate.reset();
    }
    snapshot.standings.clear();
    if (snapshot.state == domain::State::closed) {
        snapshot.standings.push_back(
            {domain::TripRule::failureRate, window.failureRate, 0.5, window.calls, 10, window.calls / 2});
    }
    if (snapshot.untilProbe && *snapshot.untilProbe > 100ms) {
        *snapshot.untilProbe -= 100ms;
    }
}

void FakeFleet::rename(int index, const std::string& name) {
    domain::Identity identity = *snapshot(index).identity;
    identity.name = name;
    identity.id = domain::BreakerId(name);
    snapshot(index).identity = std::make_shared<domain::Identity>(identity);
}

void FakeFleet::changeState(int index, domain::State to, domain::TransitionCause cause) {
    domain::Snapshot& changed = snapshot(index);
    domain::Transition transition;
    transition.sequence = ++changed.metrics.transitions;
    transition.generation = ++changed.generation;
    transition.from = changed.state;
    transition.to = to;
    transition.cause = cause;
    transition.at = m_now;
    transition.wall = m_wall;
    if (cause == domain::TransitionCause::tripRule) {
        transition.trip = domain::TripReason{domain::TripRule::failureRate, 0.62, 0.5, 21, 13, 10, 5s};
    }
    domain::Detail& detail = edit(index);
    detail.transitions.push_back(transition);
    if (transition.trip) detail.dossiers.push_back(dossierOf(transition));
    changed.state = to;
    ++changed.revision;
    changed.metrics.timeInState = {};
    changed.untilProbe.reset();
    changed.openWait.reset();
    changed.probes.reset();
    changed.halfOpenLimit.reset();
    if (to == domain::State::open) {
        changed.untilProbe = 7s;
        changed.openWait = 10s;
    }
    if (to == domain::State::halfOpen) {
        changed.probes = domain::ProbeProgress{2, 1, 1, 0, 2, 3};
        changed.halfOpenLimit = 8s;
    }
    domain::Event event;
    event.kind = domain::EventKind::transition;
    event.level = to == domain::State::open ? domain::Level::error : domain::Level::info;
    event.breaker = changed.identity->id;
    event.text = transition.text();
    event.body = transition;
    addEvent(std::move(event));
}

void FakeFleet::hold(int index, domain::HoldMode mode, const std::string& who, const std::string& why) {
    domain::Snapshot& held = snapshot(index);
    held.heldAs = mode;
    domain::Hold hold;
    hold.id = domain::HoldId(held.holds.size() + 1);
    hold.mode = mode;
    hold.who = who;
    hold.why = why;
    hold.since = m_wall;
    hold.until = m_wall + 30min;
    hold.remaining = 30min;
    held.holds.push_back(hold);
    ++held.revision;
}

void FakeFleet::addError(int index, const std::string& message) {
    auto error = std::make_shared<domain::Error>();
    error->type = "ConnectTimeout";
    error->message = message;
    error->codeSystem = domain::CodeSystem::curl;
    error->code = "28";
    edit(index).recentErrors.push_back({m_wall, 2s, true, error});
}

void FakeFleet::addEvent(domain::Event event) {
    event.id = domain::EventId(++m_lastEvent);
    event.at = m_wall;
    m_events.push_back(std::move(event));
}

void FakeFleet::report(const domain::Command& command, domain::CommandStatus status, const std::string& message) {
    domain::Event event;
    event.kind = domain::EventKind::command;
    event.breaker = command.breaker;
    event.actor = command.actor;
    event.text = message;
    domain::CommandReport report;
    report.command = command;
    report.status = status;
    report.message = message;
    event.body = report;
    addEvent(std::move(event));
}

domain::Detail& FakeFleet::edit(int index) {
    auto detail = std::make_shared<domain::Detail>(*snapshot(index).detail);
    domain::Detail& editable = *detail;
    snapshot(index).detail = std::move(detail);
    return editable;
}

}  // namespace fusebox::views
