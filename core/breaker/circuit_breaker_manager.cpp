#include <fusebox/breaker/circuit_breaker_manager.h>

#include <iterator>
#include <utility>

namespace fusebox::breaker {

namespace {

constexpr std::size_t kMostNotes = 4096;

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
    return true;
}

std::vector<std::shared_ptr<CircuitBreaker>> CircuitBreakerManager::list() const {
    base::Lock lock(m_mutex);
    std::vector<std::shared_ptr<CircuitBreaker>> all;
    all.reserve(m_breakers.size());
    for (const auto& [id, breaker] : m_breakers) {
        all.push_back(breaker);
    }
    return all;
}

std::vector<std::shared_ptr<CircuitBreaker>> CircuitBreakerManager::inGroup(std::string_view group) const {
    std::vector<std::shared_ptr<CircuitBreaker>> all = list();
    std::erase_if(all, [group](const auto& breaker) { return breaker->identity().group != group; });
    return all;
}

std::vector<domain::SavedBreaker> CircuitBreakerManager::saveAll() const {
    std::vector<domain::SavedBreaker> all;
    for (const auto& breaker : list()) {
        all.push_back(breaker->save());
    }
    return all;
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
    for (const auto& breaker : list()) {
        breaker->tick();
    }
}

void CircuitBreakerManager::addLatencyTo(latency::Histogram& sum) const {
    for (const auto& breaker : list()) {
        breaker->addLatencyTo(sum);
    }
}

std::vector<domain::Snapshot> CircuitBreakerManager::snapshotAll() const {
    const auto breakers = list();
    std::vector<domain::Snapshot> all;
    all.reserve(breakers.size());
    for (const auto& breaker : breakers) {
        all.push_back(breaker->snapshot());
    }
    return all;
}

DrainedEvents CircuitBreakerManager::drainEvents() {
    DrainedEvents all;
    {
        base::Lock lock(m_mutex);
        all = std::exchange(m_notes, {});
    }
    for (const auto& breaker : list()) {
        append(all, breaker->drainEvents());
    }
    return all;
}

}  // namespace fusebox::breaker
