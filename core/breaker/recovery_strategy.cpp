#include <fusebox/breaker/recovery_strategy.h>

#include <fusebox/breaker/circuit_breaker_config.h>

#include <algorithm>
#include <cmath>

namespace fusebox::breaker {

namespace {

using base::Duration;

Duration scaled(Duration wait, double factor) {
    // Through double: a wait that grows without limit ends at the cap, not in an overflow.
    const double nanoseconds = std::min(static_cast<double>(wait.count()) * factor, 9.0e18);
    return Duration(static_cast<Duration::rep>(nanoseconds));
}

class FixedWait final : public RecoveryStrategy {
public:
    explicit FixedWait(Duration wait) : m_wait(wait) {}
    Duration openWait(const OpenSituation&) noexcept override { return m_wait; }
    std::string_view name() const noexcept override { return "fixed"; }

private:
    Duration m_wait;
};

class ListedWaits final : public RecoveryStrategy {
public:
    explicit ListedWaits(std::vector<Duration> waits) : m_waits(std::move(waits)) {}
    Duration openWait(const OpenSituation& situation) noexcept override {
        return m_waits[std::min<std::size_t>(std::max(situation.attempt, 1U), m_waits.size()) - 1];
    }
    std::string_view name() const noexcept override { return "listed"; }

private:
    std::vector<Duration> m_waits;
};

struct Growth {
    Duration first;
    double multiplier;
    Duration longest;
    Jitter jitter;
};

/// The wait of the attempt without jitter.
Duration grown(const Growth& growth, std::uint32_t attempt) {
    return std::min(growth.longest, scaled(growth.first, std::pow(growth.multiplier, std::max(attempt, 1U) - 1)));
}

Duration jittered(const Growth& growth, const OpenSituation& situation) {
    const Duration wait = grown(growth, situation.attempt);
    switch (growth.jitter) {
        case Jitter::none:
            return wait;
        case Jitter::full:
            return scaled(wait, situation.random);
        case Jitter::equal:
            return scaled(wait, 0.5 + situation.random / 2);
        case Jitter::decorrelated: {
            // Between the first wait and `multiplier` times the last one.
            const Duration upper = scaled(std::max(situation.previousWait, growth.first), growth.multiplier);
            const Duration spread = std::max(upper - growth.first, Duration::zero());
            return std::min(growth.longest, growth.first + scaled(spread, situation.random));
        }
    }
    return wait;
}

class ExponentialWait final : public RecoveryStrategy {
public:
    explicit ExponentialWait(Growth growth) : m_growth(growth) {}
    Duration openWait(const OpenSituation& situation) noexcept override { return jittered(m_growth, situation); }
    std::string_view name() const noexcept override { return "exponential"; }

private:
    Growth m_growth;
};

/// Learns from outages: the first wait is a quarter of a typical outage, later ones grow from there.
class AdaptiveWait final : public RecoveryStrategy {
public:
    explicit AdaptiveWait(Growth growth) : m_growth(growth), m_typicalOutage(4 * growth.first) {}

    Duration openWait(const OpenSituation& situation) noexcept override {
        if (situation.attempt == 1 && situation.lastOutage > Duration::zero()) {
            m_typicalOutage = scaled(m_typicalOutage, 0.7) + scaled(situation.lastOutage, 0.3);
        }
        Growth growth = m_growth;
        growth.first = std::clamp(m_typicalOutage / 4, m_growth.first, m_growth.longest);
        return jittered(growth, situation);
    }
    std::string_view name() const noexcept override { return "adaptive"; }

private:
    Growth m_growth;
    Duration m_typicalOutage;
};

}  // namespace

std::shared_ptr<RecoveryStrategy> makeRecoveryStrategy(const CircuitBreakerConfig& config) {
    if (config.recoveryStrategy) {
        return config.recoveryStrategy;
    }
    if (!config.openWaits.empty()) {
        return std::make_shared<ListedWaits>(config.openWaits);
    }
    const Growth growth{config.openTimeout, config.backoffMultiplier, config.maxBackoff, config.jitter};
    switch (config.backoff) {
        case Backoff::fixed:
            if (config.jitter == Jitter::full || config.jitter == Jitter::equal) {
                return std::make_shared<ExponentialWait>(
                    Growth{config.openTimeout, 1.0, config.openTimeout, config.jitter});
            }
            return std::make_shared<FixedWait>(config.openTimeout);
        case Backoff::exponential:
            return std::make_shared<ExponentialWait>(growth);
        case Backoff::adaptive:
            return std::make_shared<AdaptiveWait>(growth);
    }
    return std::make_shared<FixedWait>(config.openTimeout);
}

}  // namespace fusebox::breaker
