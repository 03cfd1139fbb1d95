#include <fusebox/breaker/shadow.h>

#include <fusebox/breaker/config_change.h>

#include <utility>

namespace fusebox::breaker {

namespace {

// Counters for display, each by itself.
constexpr auto kAlone = std::memory_order_relaxed;

CircuitBreakerConfig withoutOwnStrategy(CircuitBreakerConfig config) {
    config.recoveryStrategy.reset();
    return config;
}

}  // namespace

Shadow::Shadow(domain::BreakerId breaker, CircuitBreakerConfig candidate, std::string owner, Live begin,
               const base::Clock& clock)
    : m_clock(clock),
      m_owner(std::move(owner)),
      m_since(clock.now()),
      m_sinceWall(clock.wallNow()),
      m_begin(std::move(begin)),
      m_candidate(std::move(breaker), withoutOwnStrategy(std::move(candidate)), clock) {}

void Shadow::saw(Outcome outcome, const domain::ErrorRef& error, std::optional<base::Duration> took) noexcept {
    if (outcome.kind == OutcomeKind::cancelled) {
        return;  // no word about the dependency, whatever the configuration
    }
    m_calls.fetch_add(1, kAlone);
    const Admission admission = m_candidate.admit();
    if (!admission.permitted()) {
        m_wouldRefuse.fetch_add(1, kAlone);
        m_refusedGood.fetch_add(outcome.kind == OutcomeKind::success ? 1 : 0, kAlone);
        return;
    }
    const Ticket ticket = m_candidate.measured(admission.ticket(), took.value_or(base::Duration::zero()));
    // What the live configuration ignores may be a failure for the candidate. Nobody waits for the candidate to end.
    if (outcome.kind == OutcomeKind::failure || outcome.ignoredByConfig) {
        static_cast<void>(error != nullptr ? m_candidate.fail(ticket, error)
                                           : m_candidate.fail(ticket, outcome.category));
    } else {
        static_cast<void>(m_candidate.complete(ticket, outcome));
    }
}

void Shadow::tick() {
    m_candidate.tick();
    static_cast<void>(m_candidate.drainEvents());  // nobody else asks for them
}

void Shadow::compareWith(const CircuitBreakerConfig& live) {
    m_differences.clear();
    for (ConfigDifference& each : differences(live, m_candidate.config())) {
        m_differences.push_back({std::move(each.option), std::move(each.after)});
    }
}

std::shared_ptr<const domain::ShadowReport> Shadow::describe(const Live& live, base::Time now) const {
    const Tally::Sums sums = m_candidate.tally(now);
    auto report = std::make_shared<domain::ShadowReport>();
    report->owner = m_owner;
    report->since = m_sinceWall;
    report->age = now - m_since;
    report->differences = m_differences;
    report->state = m_candidate.word().state();
    report->calls = m_calls.load(kAlone);
    report->trips = sums.trips;
    report->wouldRefuse = m_wouldRefuse.load(kAlone);
    report->refusedGood = m_refusedGood.load(kAlone);
    report->liveTrips = live.sums.trips - m_begin.sums.trips;
    report->liveRefused = live.refused - m_begin.refused;
    report->notClosed = sums.notClosed;
    report->liveNotClosed = live.sums.notClosed - m_begin.sums.notClosed;
    report->lastTrip = sums.lastTrip;
    report->standings = m_candidate.snapshot().standings;
    return report;
}

}  // namespace fusebox::breaker
