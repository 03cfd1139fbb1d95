#include <fusebox/breaker/circuit_breaker_manager.h>

#include <iterator>
#include <utility>

namespace fusebox::breaker {

namespace {

constexpr std::size_t kMostNotes = 4096;
/// Breakers that are asked for ahead of the one that is looked at: memory is far slower than the look.
constexpr std::size_t kAhead = 2;

void append(DrainedEvents& all, DrainedEvents&& more) {
    all.lost += more.lost;
    all.events.insert(all.events.end(), std::make_move_iterator(more.events.begin()),
                      std::make_move_iterator(more.events.end()));
}

}  // namespace

void CircuitBreakerManager::note(domain::EventKind kind, const domain::Identity& identity) {
    if (m_notes.events.size() >= kMostNotes) {
        ++m_notes.lost;
        return;
    }
    domain::Event event;
    event.kind = kind;
    event.at = m_clock.wallNow();
    event.breaker = identity.id;
    event.text = (identity.name.empty() ? identity.id.value : identity.name) +
                 (kind == domain::EventKind::breakerAdded ? " is guarded from now on" : " is no longer guarded");
    m_notes.events.push_back(std::move(event));
}

base::Result<std::shared_ptr<CircuitBreaker>> CircuitBreakerManager::create(domain::Identity identity,
                                                                            CircuitBreakerConfig config) {
    base::Lock lock(m_mutex);
    if (m_breakers.contains(identity.id)) {
        return base::trouble(base::TroubleCode::conflict, "there is a breaker of that id already", identity.id.value);
    }
    auto made = CircuitBreaker::create(std::move(identity), std::move(config), m_clock);
    if (made) {
        m_breakers.emplace((*made)->identity().id, *made);
        m_roster.reset();
        note(domain::EventKind::breakerAdded, (*made)->identity());
    }
    return made;
}

std::shared_ptr<CircuitBreaker> CircuitBreakerManager::find(const domain::BreakerId& id) const {
    base::Lock lock(m_mutex);
    const auto found = m_breakers.find(id);
    return found == m_breakers.end() ? nullptr : found->second;
}

bool CircuitBreakerManager::remove(const domain::BreakerId& id) {
    base::Lock lock(m_mutex);
    const auto found = m_breakers.find(id);
    if (found == m_breakers.end()) {
        return false;
    }
    append(m_notes, found->second->drainEvents());
    if (m_notes.events.size() > kMostNotes) {
        m_notes.lost += m_notes.events.size() - kMostNotes;
        m_notes.events.resize(kMostNotes);
    }
    note(domain::EventKind::breakerRemoved, found->second->identity());
    m_breakers.erase(found);
    m_roster.reset();
    return true;
}

std::shared_ptr<const CircuitBreakerManager::Roster> CircuitBreakerManager::roster() const {
    base::Lock lock(m_mutex);
    if (!m_roster) {
        auto all = std::make_shared<Roster>();
        all->reserve(m_breakers.size());
        for (const auto& [id, breaker] : m_breakers) {
            all->push_back(breaker);
        }
        m_roster = std::move(all);
    }
    return m_roster;
}

std::vector<std::shared_ptr<CircuitBreaker>> CircuitBreakerManager::list() const {
    return *roster();
}

std::vector<std::shared_ptr<CircuitBreaker>> CircuitBreakerManager::inGroup(std::string_view group) const {
    std::vector<std::shared_ptr<CircuitBreaker>> all = list();
    std::erase_if(all, [group](const auto& breaker) { return breaker->identity().group != group; });
    return all;
}

std::vector<domain::SavedBreaker> CircuitBreakerManager::saveAll() const {
    std::vector<domain::SavedBreaker> saved;
    const auto all = roster();
    for (const auto& breaker : *all) {
        saved.push_back(breaker->save());
    }
    return saved;
}

CircuitBreakerManager::Restored CircuitBreakerManager::restoreAll(const std::vector<domain::SavedBreaker>& saved) {
    Restored sum;
    for (const domain::SavedBreaker& each : saved) {
        const auto breaker = find(each.id);
        if (!breaker) {
            ++sum.unknown;
            continue;
        }
        if (auto done = breaker->restore(each)) {
            ++sum.restored;
        } else {
            sum.troubles.push_back(std::move(done.error()));
            sum.troubles.back().where = each.id.value;
        }
    }
    return sum;
}

void CircuitBreakerManager::tickAll() {
    const auto all = roster();
    for (const auto& breaker : *all) {
        breaker->tick();
    }
}

std::vector<domain::CallDurations> CircuitBreakerManager::durationsOfAll() const {
    std::vector<domain::CallDurations> all;
    const std::shared_ptr<const Roster> breakers = roster();
    all.reserve(breakers->size());
    for (const auto& breaker : *breakers) {
        const latency::DurationCounts durations = breaker->durations();
        all.push_back({breaker->identity().id, durations.counts,
                       base::Duration(static_cast<base::Duration::rep>(durations.sumNs))});
    }
    return all;
}

void CircuitBreakerManager::addLatencyTo(latency::Histogram& sum) const {
    const auto all = roster();
    for (const auto& breaker : *all) {
        breaker->addLatencyTo(sum);
    }
}

std::vector<domain::Snapshot> CircuitBreakerManager::snapshotAll() const {
    const auto all = roster();
    std::vector<domain::Snapshot> snapshots;
    snapshots.reserve(all->size());
    for (std::size_t i = 0; i < all->size(); ++i) {
        if (i + kAhead < all->size()) {
            (*all)[i + kAhead]->prefetch();
        }
        snapshots.push_back((*all)[i]->snapshot());
    }
    return snapshots;
}

DrainedEvents CircuitBreakerManager::drainEvents() {
    DrainedEvents drained;
    {
        base::Lock lock(m_mutex);
        drained = std::exchange(m_notes, {});
    }
    const auto all = roster();
    for (const auto& breaker : *all) {
        append(drained, breaker->drainEvents());
    }
    return drained;
}

}  // namespace fusebox::breaker
