#include <fusebox/errors/error_aggregator.h>

#include <algorithm>
#include <cassert>
#include <chrono>
#include <string_view>
#include <utility>

namespace fusebox::errors {

namespace {

const domain::PatternId kOthers{0};
constexpr std::string_view kOthersText = "(other errors)";
constexpr std::chrono::seconds kImpactSpan{60};
// The counts of refused errors stand alone: nothing else is read by them.
constexpr auto kAlone = std::memory_order_relaxed;

PatternMinerLimits minerLimits(const ErrorLimits& limits) {
    PatternMinerLimits miner;
    miner.templates = limits.templates;
    miner.samplesPerTemplate = 0;  // records keep their own
    miner.samplesPerPattern = 0;
    return miner;
}

}  // namespace

ErrorAggregator::ErrorAggregator(std::shared_ptr<const ErrorClassifier> classifier, ErrorLimits limits)
    : m_classifier(std::move(classifier)), m_limits(limits), m_noted(limits.waiting), m_miner(minerLimits(limits)) {
    assert(m_classifier);
}

void ErrorAggregator::setClassifier(std::shared_ptr<const ErrorClassifier> classifier) {
    assert(classifier);
    const base::Lock lock(m_classifierMutex);
    m_classifier = std::move(classifier);
}

void ErrorAggregator::restore(const domain::ErrorReport& earlier, const SavedPatterns& mined, base::WallTime now) {
    m_miner.restore(mined);
    m_total = earlier.total;
    m_lost = earlier.lost;
    m_byCategory = earlier.byCategory;
    for (const domain::ComponentCount& one : earlier.byComponent) {
        if (m_components.size() < m_limits.components) m_components.push_back(one);
    }
    for (const domain::ErrorMinute& minute : earlier.minutes) {
        if (minute.begins > now) continue;
        if (CategoryCounts* place = m_minutes.at(minuteOf(minute.begins))) *place = minute.counts;
    }
    for (const domain::ErrorPattern& pattern : earlier.patterns) {
        if (pattern.count == 0 || m_records.size() >= m_limits.patterns) continue;
        domain::ErrorPattern known = pattern;
        known.firstSeen = std::min(known.firstSeen, now);
        known.lastSeen = std::min(known.lastSeen, now);
        m_records.insert_or_assign(pattern.id, PatternRecord(known, m_minutes.newest()));
    }
    ++m_changes;
}

void ErrorAggregator::note(const domain::BreakerId& breaker, const domain::ErrorRef& error, base::WallTime at) {
    assert(error);
    NotedError noted{breaker, cutError(error, m_limits.sample), at};
    const auto category = static_cast<std::size_t>(noted.category());
    if (!m_noted.push(std::move(noted))) m_refused.at(category).fetch_add(1, kAlone);
}

void ErrorAggregator::drain(base::WallTime now) {
    for (const NotedError& noted : m_noted.drain()) take(noted);
    countLost(now);
}

void ErrorAggregator::countLost(base::WallTime now) {
    for (std::size_t category = 0; category < m_refused.size(); ++category) {
        const std::uint32_t refused = m_refused[category].exchange(0, kAlone);
        if (refused == 0) continue;
        m_lost += refused;
        m_total += refused;
        m_byCategory[category] += refused;
        if (CategoryCounts* minute = m_minutes.at(minuteOf(now))) (*minute)[category] += refused;
        ++m_changes;
    }
}

void ErrorAggregator::take(const NotedError& noted) {
    ++m_changes;
    ++m_total;
    const auto category = static_cast<std::size_t>(noted.category());
    ++m_byCategory.at(category);
    if (CategoryCounts* minute = m_minutes.at(minuteOf(noted.at))) ++minute->at(category);
    countComponent(noted.component());
    const domain::PatternId mined = m_miner.add(noted.error->message, noted.at, noted.error);
    recordOf(mined, noted).add(noted);
    m_recent.add(noted.breaker, mined, noted.at);
}

PatternRecord& ErrorAggregator::recordOf(domain::PatternId pattern, const NotedError& noted) {
    if (const auto known = m_records.find(pattern); known != m_records.end()) return known->second;
    if (m_records.size() >= m_limits.patterns) makeRoom();
    PatternRecord& record = m_records[pattern];
    if (pattern == kOthers) {
        record.text = kOthersText;
    } else {
        describe(record, *noted.error);
    }
    return record;
}

/// The pattern that has been silent for longest joins the others.
void ErrorAggregator::makeRoom() {
    auto quietest = m_records.end();
    for (auto each = m_records.begin(); each != m_records.end(); ++each) {
        if (each->first == kOthers) continue;
        if (quietest == m_records.end() || each->second.lastSeen() < quietest->second.lastSeen()) quietest = each;
    }
    if (quietest == m_records.end()) return;
    PatternRecord gone = std::move(quietest->second);
    m_records.erase(quietest);
    PatternRecord& others = m_records[kOthers];
    others.take(std::move(gone));
    others.text = kOthersText;
    others.evidence.clear();
    others.confidence = 0;
    others.grave = false;
}

void ErrorAggregator::describe(PatternRecord& record, const domain::Error& error) const {
    domain::Error bare = error;
    bare.category.reset();
    const auto classifier = [this] {
        const base::Lock lock(m_classifierMutex);
        return m_classifier;
    }();
    const Classification found = classifier->classify(bare);
    if (found.category == error.category) {
        record.confidence = found.confidence;
        record.evidence = found.evidence;
    } else {
        record.confidence = 1;
        record.evidence = "set where the error was made";
    }
    record.text = error.text();
    record.grave = isGrave(error.message) || isGrave(error.type);
}

void ErrorAggregator::countComponent(const std::string& component) {
    const auto known =
        std::find_if(m_components.begin(), m_components.end(),
                     [&component](const domain::ComponentCount& each) { return each.component == component; });
    if (known != m_components.end()) {
        ++known->count;
    } else if (m_components.size() < m_limits.components) {
        m_components.push_back({component, 1});
    }
}

void ErrorAggregator::noteTransition(const domain::BreakerId& breaker, const domain::Transition& transition) {
    const bool trips = transition.to == domain::State::open && transition.from != domain::State::open;
    if (!trips) return;
    const CountedPatterns counted = m_recent.before(breaker, transition);
    for (const PatternCount& each : counted.patterns) {
        const auto record = m_records.find(each.pattern);
        if (record == m_records.end()) continue;
        record->second.add({breaker, transition.sequence, transition.wall, each.count,
                            static_cast<double>(each.count) / static_cast<double>(counted.total)});
        ++m_changes;
    }
}

void ErrorAggregator::noteFailingShare(const domain::BreakerId& breaker, double share) {
    if (!m_recent.knows(breaker)) {
        m_failingShares.erase(breaker);
    } else {
        m_failingShares[breaker] = share;
    }
}

void ErrorAggregator::noteOutcome(const domain::RecoveryOutcome& outcome) {
    if (m_recovery.add(outcome)) ++m_changes;
    const auto acted = [this, &outcome](domain::PatternId pattern) {
        const auto record = m_records.find(m_miner.current(pattern));
        if (record == m_records.end() || record->second.action == outcome.action) return;
        record->second.action = outcome.action;
        ++m_changes;
    };
    if (outcome.pattern) {
        acted(*outcome.pattern);
        return;
    }
    // It was meant for whatever ailed the breaker.
    for (const PatternCount& each : m_recent.since(outcome.breaker, outcome.startedAt - kImpactSpan).patterns) {
        acted(each.pattern);
    }
}

/// What the miner has learnt since: patterns get wider, and several may turn out to be one.
void ErrorAggregator::followNames() {
    (void)m_miner.current(kOthers);  // groups what is new
    if (m_miner.groupings() == m_followed) return;
    m_followed = m_miner.groupings();
    Records renamed;
    for (auto& [id, record] : m_records) {
        const domain::PatternId now = m_miner.current(id);
        const auto [place, isNew] = renamed.try_emplace(now);
        if (isNew) {
            place->second = std::move(record);
        } else {
            place->second.take(std::move(record));
        }
    }
    m_records = std::move(renamed);
    m_recent.rename([this](domain::PatternId id) { return m_miner.current(id); });
    for (const Pattern& pattern : m_miner.patterns()) {
        const auto record = m_records.find(pattern.id);
        if (record != m_records.end() && pattern.id != kOthers) record->second.text = pattern.text;
    }
}

void ErrorAggregator::judge(base::WallTime now) {
    followNames();
    std::unordered_map<domain::PatternId, double> impact;
    for (const auto& [breaker, share] : m_failingShares) {
        const CountedPatterns counted = m_recent.since(breaker, now - kImpactSpan);
        for (const PatternCount& each : counted.patterns) {
            const double ofCalls = share * static_cast<double>(each.count) / static_cast<double>(counted.total);
            impact[each.pattern] = std::max(impact[each.pattern], ofCalls);
        }
    }
    for (auto& [id, record] : m_records) record.judge(impact[id], now);
}

bool ErrorAggregator::isAtRest(base::WallTime now) const {
    const bool silent = minuteOf(now) - m_minutes.newest() > kMinutes || m_total == 0;
    return silent &&
           std::all_of(m_records.begin(), m_records.end(), [](const auto& record) { return record.second.isAtRest(); });
}

}  // namespace fusebox::errors
