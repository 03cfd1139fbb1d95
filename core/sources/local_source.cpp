#include <fusebox/sources/local_source.h>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace fusebox::sources {

namespace {

using breaker::CircuitBreaker;
using domain::Command;
using domain::CommandKind;
using domain::CommandReport;
using domain::CommandStatus;

std::string spanText(base::Duration span) {
    const double seconds = std::chrono::duration<double>(span).count();
    if (seconds < 1) return fmt::format("{:.0f} ms", seconds * 1e3);
    if (seconds < 120) return fmt::format("{:.3g} s", seconds);
    if (seconds < 7200) return fmt::format("{:.3g} min", seconds / 60);
    return seconds < 172'800 ? fmt::format("{:.3g} h", seconds / 3600) : fmt::format("{:.3g} days", seconds / 86'400);
}

std::vector<domain::HoldId> holdsOf(const domain::Snapshot& snapshot) {
    std::vector<domain::HoldId> ids;
    std::transform(snapshot.holds.begin(), snapshot.holds.end(), std::back_inserter(ids),
                   [](const domain::Hold& hold) { return hold.id; });
    return ids;
}

std::string changeText(domain::State before, domain::State after) {
    return before == after ? fmt::format("stays {}", toWord(after))
                           : fmt::format("{} to {}", toWord(before), toWord(after));
}

using Done = base::Result<std::string>;  ///< what was done, in words

/// Turns the breaker's answer into what was done.
template <typename Value, typename Say>
Done done(base::Result<Value> result, Say&& say) {
    return std::move(result).map(std::forward<Say>(say));
}

Done trip(CircuitBreaker& breaker, const Command& command) {
    const domain::State before = breaker.state();
    return done(breaker.trip(command.actor, command.reason, command.duration), [&] {
        const domain::Snapshot now = breaker.snapshot();
        const std::string wait = now.openWait ? "; calls are refused for " + spanText(*now.openWait) : std::string();
        return changeText(before, now.state) + wait;
    });
}

Done reset(CircuitBreaker& breaker, const Command& command) {
    const domain::State before = breaker.state();
    return done(breaker.reset(command.actor, command.reason),
                [&] { return changeText(before, breaker.state()) + "; it counts anew"; });
}

Done hold(CircuitBreaker& breaker, const Command& command) {
    return done(breaker.hold(command.holdMode, command.actor, command.reason, command.duration),
                [&](domain::HoldId id) {
                    const std::string until =
                        command.duration ? "for " + spanText(*command.duration) : std::string("until it is released");
                    return fmt::format("hold {} {} {}", id.value, toWord(command.holdMode), until);
                });
}

Done release(CircuitBreaker& breaker, const Command& command) {
    if (command.hold) {
        return done(breaker.release(*command.hold, command.actor, command.reason),
                    [&] { return fmt::format("hold {} is gone", command.hold->value); });
    }
    return done(breaker.releaseAllOf(command.actor, command.actor, command.reason), [&](std::size_t count) {
        return fmt::format("{} {} of {} gone", count, count == 1 ? "hold" : "holds", command.actor);
    });
}

Done probe(CircuitBreaker& breaker, const Command& command) {
    const domain::State before = breaker.state();
    return done(breaker.probeNow(command.actor, command.reason),
                [&] { return changeText(before, breaker.state()) + "; the next call is a probe"; });
}

Done carryOut(CircuitBreaker& breaker, const Command& command) {
    switch (command.kind) {
        case CommandKind::trip:
            return trip(breaker, command);
        case CommandKind::reset:
            return reset(breaker, command);
        case CommandKind::hold:
            return hold(breaker, command);
        case CommandKind::release:
            return release(breaker, command);
        case CommandKind::probe:
            return probe(breaker, command);
        case CommandKind::configure:
        case CommandKind::shadow:
            break;
    }
    return base::trouble(base::TroubleCode::invalidInput, "This kind of command is not known.");
}

CommandStatus statusOf(base::TroubleCode code) {
    switch (code) {
        case base::TroubleCode::internal:
        case base::TroubleCode::timedOut:
        case base::TroubleCode::unavailable:
            return CommandStatus::failed;
        default:
            return CommandStatus::refused;
    }
}

}  // namespace

LocalSource::LocalSource(std::shared_ptr<breaker::CircuitBreakerManager> breakers, Wake wake)
    : m_breakers(std::move(breakers)), m_wake(std::move(wake)) {}

void LocalSource::gather(collector::Gathered& into) {
    m_breakers->tickAll();
    // Events first: a snapshot must not be older than the events that come with it.
    breaker::DrainedEvents drained = m_breakers->drainEvents();
    std::vector<domain::Snapshot> snapshots = m_breakers->snapshotAll();
    const std::size_t from = into.snapshots.size();
    std::move(drained.events.begin(), drained.events.end(), std::back_inserter(into.events));
    std::move(snapshots.begin(), snapshots.end(), std::back_inserter(into.snapshots));
    into.lostEvents += drained.lost;
    m_breakers->addLatencyTo(into.latency);
    noteHolds(into.snapshots, from);
}

bool LocalSource::owns(const domain::BreakerId& breaker) const {
    return m_breakers->find(breaker) != nullptr;
}

CommandReport LocalSource::apply(const Command& command) {
    CommandReport report;
    report.command = command;
    report.status = CommandStatus::refused;
    const std::shared_ptr<CircuitBreaker> breaker = m_breakers->find(command.breaker);
    if (!breaker) {
        report.message = "This breaker was removed.";
        return report;
    }
    const domain::Snapshot now = breaker->snapshot();
    report.before = now.state;
    report.after = now.state;
    if (holdsChangedSince(command, now)) {
        report.message = "The holds on this breaker have changed since you looked. Look again, then decide.";
        return report;
    }
    const Done outcome = carryOut(*breaker, command);
    report.status = outcome ? CommandStatus::applied : statusOf(outcome.error().code);
    report.message = outcome ? *outcome : outcome.error().text();
    report.after = breaker->state();
    if (outcome && command.kind == CommandKind::probe && m_wake) {
        m_wake(command.breaker);
    }
    return report;
}

void LocalSource::noteHolds(const std::vector<domain::Snapshot>& snapshots, std::size_t from) {
    base::Lock lock(m_mutex);
    for (std::size_t i = from; i < snapshots.size(); ++i) {
        const domain::Snapshot& snapshot = snapshots[i];
        const auto known = m_seenHolds.find(snapshot.identity->id);
        if (known == m_seenHolds.end() && snapshot.holds.empty()) {
            continue;  // most breakers never had a hold
        }
        std::vector<domain::HoldId> ids = holdsOf(snapshot);
        if (known == m_seenHolds.end() || known->second.ids != ids) {
            m_seenHolds[snapshot.identity->id] = {std::move(ids), snapshot.revision};
        }
    }
}

bool LocalSource::holdsChangedSince(const Command& command, const domain::Snapshot& now) const {
    const bool matters =
        command.kind == CommandKind::trip || command.kind == CommandKind::reset || command.kind == CommandKind::hold;
    if (!matters || !command.seenRevision || *command.seenRevision >= now.revision) {
        return false;
    }
    base::Lock lock(m_mutex);
    const auto known = m_seenHolds.find(command.breaker);
    if (known == m_seenHolds.end()) {
        return !now.holds.empty();  // placed since the last frame
    }
    return *command.seenRevision < known->second.revision || known->second.ids != holdsOf(now);
}

}  // namespace fusebox::sources
