#include <fusebox/lab/fault_plan.h>

#include <algorithm>
#include <cmath>

namespace fusebox::lab {
namespace {

constexpr double kCapacityAtFirst = 0.05;
constexpr double kCapacityBurst = 2.0;

double seconds(base::Duration span) {
    return std::chrono::duration<double>(span).count();
}

base::Duration scaled(base::Duration span, double factor) {
    return base::Duration(static_cast<base::Duration::rep>(static_cast<double>(span.count()) * factor));
}

}  // namespace

Faults withinLimits(Faults faults) {
    faults.latency = std::clamp(faults.latency, base::Duration::zero(), kLongestLatency);
    faults.slowRecovery = std::clamp(faults.slowRecovery, base::Duration::zero(), kLongestRecovery);
    faults.retryAfter = std::clamp(faults.retryAfter, std::chrono::seconds(0), std::chrono::seconds(3600));
    faults.errorShare = std::isfinite(faults.errorShare) ? std::clamp(faults.errorShare, 0.0, 1.0) : 0.0;
    return faults;
}

bool TokenBucket::take(base::Time now, double rate, double burst) {
    const double earned = m_last ? seconds(now - *m_last) * rate : burst;
    m_tokens = std::min(burst, m_tokens + earned);
    m_last = now;
    if (m_tokens < 1.0) return false;
    m_tokens -= 1.0;
    return true;
}

FaultPlan::FaultPlan(const Temper& temper, const base::Clock& clock, std::uint64_t seed)
    : m_temper(temper), m_clock(clock), m_random(seed) {}

void FaultPlan::setFaults(const Faults& faults) {
    const Faults next = withinLimits(faults);
    const base::Duration recovery = std::max(m_faults.slowRecovery, next.slowRecovery);
    if (next.areFelt()) {
        m_healedAt.reset();
    } else if (m_faults.areFelt() && recovery > base::Duration::zero()) {
        m_healedAt = m_clock.now();
        m_recovery = recovery;
        m_capacity = TokenBucket();
    }
    m_faults = next;
}

double FaultPlan::capacityShare() const {
    if (!m_healedAt) return 1.0;
    const double passed = seconds(m_clock.now() - *m_healedAt) / seconds(m_recovery);
    return std::min(1.0, kCapacityAtFirst + (1.0 - kCapacityAtFirst) * passed);
}

Verdict FaultPlan::judge() {
    const auto answer = [this](Fate fate) { return Verdict{fate, drawDelay(), m_faults.retryAfter}; };
    switch (m_faults.answer) {
        case Answer::rateLimited:
            return answer(Fate::tooMany);
        case Answer::unauthorized:
            return answer(Fate::unauthorized);
        case Answer::wrongBody:
            return answer(Fate::wrongBody);
        case Answer::hang:
            return answer(Fate::never);
        case Answer::refuse:
        case Answer::healthy:
            break;
    }
    if (std::bernoulli_distribution(m_faults.errorShare)(m_random)) return answer(Fate::error);
    const base::Time now = m_clock.now();
    const double share = capacityShare();
    if (share >= 1.0) {
        m_healedAt.reset();
    } else if (!m_capacity.take(now, m_temper.capacity * share, kCapacityBurst)) {
        return Verdict{Fate::overloaded, drawDelay(), std::chrono::seconds(1)};
    }
    if (m_temper.rateLimit && !m_limit.take(now, *m_temper.rateLimit, *m_temper.rateLimit)) {
        return Verdict{Fate::tooMany, base::Duration::zero(), std::chrono::seconds(1)};
    }
    return answer(Fate::serve);
}

base::Duration FaultPlan::drawDelay() {
    std::lognormal_distribution<double> nature(0.0, m_temper.latencySigma);
    std::uniform_real_distribution<double> spread(1.0 - kLatencySpread, 1.0 + kLatencySpread);
    return scaled(m_temper.latency, nature(m_random)) + scaled(m_faults.latency, spread(m_random));
}

}  // namespace fusebox::lab
