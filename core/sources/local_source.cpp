#include <fusebox/sources/breaker_commands.h>
#include <fusebox/sources/group_report.h>
#include <fusebox/sources/local_source.h>

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

constexpr std::uint32_t kFramesPerDurations = 10;

std::vector<domain::HoldId> holdsOf(const domain::Snapshot& snapshot) {
    std::vector<domain::HoldId> ids;
    std::transform(snapshot.holds.begin(), snapshot.holds.end(), std::back_inserter(ids),
                   [](const domain::Hold& hold) { return hold.id; });
    return ids;
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
    // They are for scrapes seconds apart; to look at all cells with each frame would be wasted.
    if (m_untilDurations-- == 0) {
        m_durations = std::make_shared<const std::vector<domain::CallDurations>>(m_breakers->durationsOfAll());
        m_untilDurations = kFramesPerDurations - 1;
    }
    into.durations = m_durations;
    noteHolds(into.snapshots, from);
}

bool LocalSource::owns(const domain::BreakerId& breaker) const {
    return m_breakers->find(breaker) != nullptr;
}

bool LocalSource::ownsGroup(const std::string& group) const {
    return !m_breakers->inGroup(group).empty();
}

std::optional<std::uint64_t> LocalSource::revisionOf(const domain::BreakerId& breaker) const {
    const std::shared_ptr<CircuitBreaker> found = m_breakers->find(breaker);
    return found ? std::optional(found->snapshot().revision) : std::nullopt;
}

std::optional<LocalSource::Held> LocalSource::heldOf(const domain::BreakerId& breaker) const {
    const std::shared_ptr<CircuitBreaker> found = m_breakers->find(breaker);
    if (!found) {
        return std::nullopt;
    }
    Held held{base::Duration::zero(), found->identity().group};
    for (const domain::Hold& hold : found->snapshot().holds) {
        held.left = std::max(held.left, hold.remaining.value_or(base::Duration::max()));
    }
    return held;
}

std::vector<domain::BreakerId> LocalSource::membersOf(const std::string& group) const {
    std::vector<domain::BreakerId> ids;
    for (const auto& breaker : m_breakers->inGroup(group)) {
        ids.push_back(breaker->identity().id);
    }
    return ids;
}

void LocalSource::noteChange(const domain::BreakerId& breaker) {
    if (const std::shared_ptr<CircuitBreaker> found = m_breakers->find(breaker)) {
        found->noteChange();
    }
}

CommandReport LocalSource::apply(const Command& command) {
    return command.group.empty() ? applyToOne(command) : applyToGroup(command);
}

CommandReport LocalSource::applyToGroup(const Command& command) {
    std::vector<CommandReport> each;
    for (const auto& breaker : m_breakers->inGroup(command.group)) {
        Command one = command;
        one.breaker = breaker->identity().id;
        one.group.clear();
        one.seenRevision.reset();
        each.push_back(applyToOne(one));
    }
    if (!each.empty()) {
        return groupReport(command, each);
    }
    CommandReport report;
    report.command = command;
    report.status = CommandStatus::refused;
    report.message = "This group has no breakers any more.";
    return report;
}

CommandReport LocalSource::applyToOne(const Command& command) {
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
