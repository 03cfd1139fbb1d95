#include <fusebox/breaker/circuit_breaker.h>

#include <fusebox/base/mutex.h>

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace fusebox::breaker {

using base::Result;

std::string_view toWord(RefusalReason reason) {
    switch (reason) {
        case RefusalReason::open:
            return "open";
        case RefusalReason::heldOpen:
            return "held open";
        case RefusalReason::probesBusy:
            return "probes busy";
        case RefusalReason::rampUp:
            return "ramping up";
        case RefusalReason::limit:
            return "at its limit";
    }
    return {};
}

class CircuitBreaker::Graveyard {
public:
    /// Deletes what is idle, the new one included. Nobody can start a call on these any more, so idle stays idle.
    void sweep(CircuitBreaker* fresh) noexcept {
        std::vector<CircuitBreaker*> idle;
        {
            base::Lock lock(m_mutex);
            if (fresh != nullptr) {
                m_waiting.push_back(fresh);
            }
            const auto busy = std::partition(m_waiting.begin(), m_waiting.end(), [](const CircuitBreaker* breaker) {
                return !breaker->m_automaton.idle();
            });
            idle.assign(busy, m_waiting.end());
            m_waiting.erase(busy, m_waiting.end());
        }
        for (CircuitBreaker* breaker : idle) {
            delete breaker;
        }
    }

private:
    base::Mutex m_mutex;
    std::vector<CircuitBreaker*> m_waiting FUSEBOX_GUARDED_BY(m_mutex);
};

// One for the process: a breaker without owners belongs to nobody else. Never destroyed, since a breaker may be owned by
// something static that lives longer than any static of ours.
CircuitBreaker::Graveyard& CircuitBreaker::graveyard() {
    static Graveyard& buried = *new Graveyard;
    return buried;
}

void CircuitBreaker::sweep() noexcept {
    graveyard().sweep(nullptr);
}

CircuitBreaker::CircuitBreaker(domain::Identity identity, CircuitBreakerConfig config, const base::Clock& clock)
    : m_identity(std::make_shared<const domain::Identity>(std::move(identity))),
      m_automaton(m_identity->id, std::move(config), clock) {}

Result<std::shared_ptr<CircuitBreaker>> CircuitBreaker::create(domain::Identity identity, CircuitBreakerConfig config,
                                                               const base::Clock& clock) {
    if (identity.id.value.empty()) {
        return base::trouble(base::TroubleCode::invalidInput, "a breaker needs an id");
    }
    if (auto valid = config.validate(); !valid) {
        base::Trouble trouble = std::move(valid.error());
        trouble.where = identity.id.value;
        return tl::make_unexpected(std::move(trouble));
    }
    return std::shared_ptr<CircuitBreaker>(new CircuitBreaker(std::move(identity), std::move(config), clock),
                                           [](CircuitBreaker* breaker) {
                                               breaker->m_automaton.orphan();
                                               graveyard().sweep(breaker);
                                           });
}

void Permit::fail(CircuitBreaker* breaker, Ticket ticket, domain::Category category) noexcept {
    if (breaker->m_automaton.fail(ticket, category)) {
        CircuitBreaker::sweep();
    }
}

void Permit::disregard(CircuitBreaker* breaker, Ticket ticket, const domain::ErrorRef& error) noexcept {
    if (breaker->m_automaton.complete(ticket, {.kind = OutcomeKind::ignored}, error)) {
        CircuitBreaker::sweep();
    }
}

void Permit::abandon(CircuitBreaker* breaker, Ticket ticket) noexcept {
    if (breaker->m_automaton.complete(ticket, {.kind = OutcomeKind::cancelled})) {
        CircuitBreaker::sweep();
    }
}

void Permit::took(base::Duration duration) noexcept {
    if (m_breaker != nullptr) {
        m_ticket = m_breaker->m_automaton.measured(m_ticket, duration);
    }
}

void CircuitBreaker::recordSuccess(base::Duration took) noexcept {
    m_automaton.record({}, nullptr, took);
}

void CircuitBreaker::recordFailure(const domain::ErrorRef& error, base::Duration took) noexcept {
    m_automaton.record({.kind = OutcomeKind::failure}, error, took);
}

void CircuitBreaker::recordIgnored(base::Duration took) noexcept {
    m_automaton.record({.kind = OutcomeKind::ignored}, nullptr, took);
}

Result<void> CircuitBreaker::trip(std::string actor, std::string reason, std::optional<base::Duration> duration) {
    return m_automaton.trip({.actor = std::move(actor), .reason = std::move(reason), .wait = duration});
}

Result<void> CircuitBreaker::reset(std::string actor, std::string reason) {
    return m_automaton.reset({.actor = std::move(actor), .reason = std::move(reason)});
}

Result<void> CircuitBreaker::probeNow(std::string actor, std::string reason) {
    return m_automaton.probeNow({.actor = std::move(actor), .reason = std::move(reason)});
}

Result<domain::HoldId> CircuitBreaker::hold(domain::HoldMode mode, std::string who, std::string why,
                                            std::optional<base::Duration> duration) {
    return m_automaton.hold(mode, std::move(who), std::move(why), duration);
}

Result<void> CircuitBreaker::release(domain::HoldId hold, std::string who, std::string why) {
    return m_automaton.release(hold, std::move(who), std::move(why));
}

Result<std::size_t> CircuitBreaker::releaseAllOf(const std::string& owner, std::string who, std::string why) {
    return m_automaton.releaseAllOf(owner, std::move(who), std::move(why));
}

Result<void> CircuitBreaker::reconfigure(CircuitBreakerConfig config, std::optional<std::uint64_t> seenRevision) {
    if (auto valid = config.validate(); !valid) {
        return valid;
    }
    return m_automaton.reconfigure(std::move(config), seenRevision);
}

Result<void> CircuitBreaker::unchangedSince(std::optional<std::uint64_t> seenRevision) const {
    return m_automaton.unchangedSince(seenRevision);
}

Result<void> CircuitBreaker::shadow(CircuitBreakerConfig candidate, std::string owner) {
    if (auto valid = candidate.validate(); !valid) {
        return valid;
    }
    m_shadow.put(
        std::make_shared<Shadow>(m_identity->id, std::move(candidate), std::move(owner), live(), m_automaton.clock()),
        m_automaton);
    return {};
}

Result<void> CircuitBreaker::endShadow() {
    if (!m_shadow.put(nullptr, m_automaton)) {
        return base::trouble(base::TroubleCode::notFound, "no candidate configuration runs beside it");
    }
    return {};
}

domain::SavedBreaker CircuitBreaker::save() const {
    domain::SavedBreaker saved = m_automaton.save();
    saved.id = m_identity->id;
    saved.target = m_identity->target;
    return saved;
}

Result<void> CircuitBreaker::restore(const domain::SavedBreaker& saved) {
    if (saved.id != m_identity->id || saved.target != m_identity->target) {
        return base::trouble(base::TroubleCode::conflict, "what was saved is the state of another dependency",
                             m_identity->id.value);
    }
    return m_automaton.restore(saved);
}

Shadow::Live CircuitBreaker::live() const {
    return {m_automaton.tally(m_automaton.now()), m_automaton.totals().rejected, m_automaton.configRevision()};
}

Result<std::uint32_t> CircuitBreaker::reduceLoad(double share) {
    return m_automaton.reduceLoad(share);
}

void CircuitBreaker::tick() {
    m_automaton.tick();
    if (const auto shadow = m_shadow.now()) {
        shadow->tick();
    }
}

domain::State CircuitBreaker::state() const noexcept {
    return m_automaton.word().state();
}

std::optional<domain::HoldMode> CircuitBreaker::heldAs() const noexcept {
    return modeOf(m_automaton.word().ruling());
}

bool CircuitBreaker::wantsProbe() const noexcept {
    return m_automaton.wantsProbe();
}

void CircuitBreaker::addLatencyTo(latency::Histogram& sum) const {
    m_automaton.addLatencyTo(sum);
}

latency::Histogram CircuitBreaker::latencySince(latency::Mark& mark) const {
    return m_automaton.latencySince(mark);
}

domain::Snapshot CircuitBreaker::snapshot() const {
    domain::Snapshot snapshot = m_automaton.snapshot();
    snapshot.identity = m_identity;
    if (const auto shadow = m_shadow.now()) {
        snapshot.shadow = shadow->report(live(), [this] { return config(); });
    }
    return snapshot;
}

void CircuitBreaker::prefetch() const noexcept {
    constexpr std::size_t kLine = 64;
    const auto* const from = reinterpret_cast<const std::byte*>(this);
    for (std::size_t at = 0; at < sizeof(*this); at += kLine) {
        __builtin_prefetch(from + at);
    }
}

const domain::Identity& CircuitBreaker::identity() const noexcept {
    return *m_identity;
}

CircuitBreakerConfig CircuitBreaker::config() const {
    return m_automaton.config();
}

DrainedEvents CircuitBreaker::drainEvents() {
    return m_automaton.drainEvents();
}

std::size_t CircuitBreaker::bytes() const {
    const auto shadow = m_shadow.now();
    return sizeof(*this) - sizeof(m_automaton) + m_automaton.bytes() + (shadow ? shadow->bytes() : 0);
}

}  // namespace fusebox::breaker
