#include <fusebox/recovery/outcome_log.h>

#include <algorithm>

namespace fusebox::recovery {

namespace {

using domain::RecoveryOutcome;
using domain::RecoveryResult;
using domain::Transition;

const domain::Snapshot* find(const std::vector<domain::Snapshot>& snapshots, const domain::BreakerId& breaker) {
    const auto found = std::find_if(snapshots.begin(), snapshots.end(), [&](const domain::Snapshot& one) {
        return one.identity && one.identity->id == breaker;
    });
    return found == snapshots.end() ? nullptr : &*found;
}

/// The first closing since then. A reset by a person tells nothing of the action.
const Transition* closingSince(const domain::Snapshot& snapshot, base::Time since) {
    if (!snapshot.detail) return nullptr;
    const auto& all = snapshot.detail->transitions;
    const auto found = std::find_if(all.begin(), all.end(), [&](const Transition& one) {
        return one.to == domain::State::closed && one.at >= since;
    });
    return found == all.end() ? nullptr : &*found;
}

}  // namespace

void OutcomeLog::begin(RecoveryOutcome outcome, base::Time startedAt, base::Time verdictUntil) {
    m_entries.push_front({std::move(outcome), startedAt, verdictUntil, true, false});
    if (m_entries.size() > kLongestHistory) m_entries.pop_back();
}

void OutcomeLog::end(const RecoveryOutcome& outcome, Verdict verdict) {
    for (Entry& entry : m_entries) {
        if (entry.outcome.id != outcome.id) continue;
        const auto pattern = entry.outcome.pattern;
        entry.outcome = outcome;
        if (!entry.outcome.pattern) entry.outcome.pattern = pattern;
        entry.runs = false;
        entry.awaited = verdict == Verdict::awaited;
    }
}

void OutcomeLog::setPattern(domain::RecoveryId id, domain::PatternId pattern) {
    for (Entry& entry : m_entries) {
        if (entry.outcome.id == id && !entry.outcome.pattern) entry.outcome.pattern = pattern;
    }
}

std::vector<RecoveryOutcome> OutcomeLog::judge(const std::vector<domain::Snapshot>& snapshots, base::Time now) {
    std::vector<RecoveryOutcome> decided;
    for (Entry& entry : m_entries) {
        if (!entry.awaited) continue;
        RecoveryOutcome& outcome = entry.outcome;
        const domain::Snapshot* snapshot = find(snapshots, outcome.breaker);
        const Transition* closing = snapshot == nullptr ? nullptr : closingSince(*snapshot, entry.startedAt);
        const bool isInTime = closing != nullptr && closing->at <= entry.verdictUntil;
        const bool succeeded = outcome.result == RecoveryResult::succeeded;
        if (succeeded && !isInTime && now < entry.verdictUntil && snapshot != nullptr) continue;
        const bool helped = succeeded && isInTime && closing->cause != domain::TransitionCause::resetCommand;
        if (helped) outcome.closedAfter = closing->at - entry.startedAt;
        outcome.verdictIn = true;
        entry.awaited = false;
        count(outcome);
        decided.push_back(outcome);
    }
    return decided;
}

bool OutcomeLog::isAwaited(const domain::BreakerId& breaker) const {
    return std::any_of(m_entries.begin(), m_entries.end(), [&](const Entry& entry) {
        return (entry.runs || entry.awaited) && entry.outcome.breaker == breaker;
    });
}

std::vector<RecoveryOutcome> OutcomeLog::history() const {
    std::vector<RecoveryOutcome> all;
    all.reserve(m_entries.size());
    for (const Entry& entry : m_entries) all.push_back(entry.outcome);
    return all;
}

std::vector<domain::RecoveryRate> OutcomeLog::rates() const {
    std::vector<domain::RecoveryRate> all;
    for (const auto& [key, sum] : m_sums) {
        domain::RecoveryRate rate{key.first, key.second, sum.runs, sum.helped, {}};
        if (sum.helped > 0) rate.averageTime = sum.time / sum.helped;
        all.push_back(rate);
    }
    std::stable_partition(all.begin(), all.end(), [](const domain::RecoveryRate& rate) { return !rate.pattern; });
    return all;
}

void OutcomeLog::count(const RecoveryOutcome& outcome) {
    countAs({outcome.action, std::nullopt}, outcome);
    if (!outcome.pattern) return;
    const Key key{outcome.action, outcome.pattern};
    if (m_sums.contains(key) || m_sums.size() < kMostRates) countAs(key, outcome);
}

void OutcomeLog::countAs(const Key& key, const RecoveryOutcome& outcome) {
    Sum& sum = m_sums[key];
    ++sum.runs;
    if (!outcome.closedAfter) return;
    ++sum.helped;
    sum.time += *outcome.closedAfter;
}

}  // namespace fusebox::recovery
