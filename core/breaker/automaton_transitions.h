#pragma once
// Automaton: its making, its transitions and its deadlines. Included by automaton.cpp and by the interleaving test.

#include <fusebox/breaker/automaton.h>
#include <fusebox/breaker/jitter_seed.h>

#include <algorithm>
#include <cmath>

namespace fusebox::breaker {

template <typename Atomics>
Automaton<Atomics>::Automaton(domain::BreakerId breaker, CircuitBreakerConfig config, const base::Clock& clock)
    : m_time(clock),
      m_readCost(clock.readCost()),
      m_stripes(BucketWindow::roomFor(config)),
      m_guarded(std::move(breaker), std::move(config), clock.now()) {
    const base::Time now = clock.now();
    const std::uint64_t seed = m_guarded.config().jitterSeed;
    m_guarded.random.seed(seed != 0 ? static_cast<std::minstd_rand::result_type>(seed) : freshJitterSeed());
    m_guarded.since = now;
    applyConfig();
    m_ring.clear(0);
    m_trail.restart(0);
    publish(m_guarded.window.clear(now));
    publishTurn(now);
    // It begins there; that is no transition.
    if (m_guarded.config().initialState == domain::State::open) {
        prepareOpen(domain::State::closed, {}, now);
    }
    if (m_guarded.config().initialState != domain::State::closed) {
        changeWord([this](StateWord word) { return word.entering(m_guarded.config().initialState); });
    }
    publishDeadlines();
}

template <typename Atomics>
void Automaton<Atomics>::applyConfig() {
    const CircuitBreakerConfig& config = m_guarded.config();
    m_guarded.strategy = makeRecoveryStrategy(config);
    const bool slowMatters = config.timing == Timing::everyCall || config.slowCallDuration > base::Duration::zero();
    m_slowLimit.store(slowMatters ? config.slowCallDuration.count() : kNever, std::memory_order_relaxed);
    const std::uint32_t interval = config.timing == Timing::everyCall ? 1
                                   : config.timing == Timing::sampled ? config.timingSampleInterval
                                                                      : 64;
    m_timingInterval.store(interval, std::memory_order_relaxed);
    m_places.store(config.halfOpenAdmission == HalfOpenAdmission::unlimited ? UINT32_MAX : config.halfOpenMaxRequests,
                   std::memory_order_relaxed);
    m_runLimit.store(config.consecutiveFailuresThreshold.value_or(UINT32_MAX), std::memory_order_relaxed);
    m_averageCalls.store(config.successAverageCalls, std::memory_order_relaxed);
    m_evaluateOnAny.store(config.evaluateOn == EvaluateOn::anyOutcome ? 1 : 0, std::memory_order_relaxed);
    m_ignoredIsSuccess.store(config.ignoredOutcome == IgnoredOutcome::success ? 1 : 0, std::memory_order_relaxed);
    applyErrorRules();
    applyWatch();
    applyLimit();
    applyAttention();
    m_ring.resize(config.windowKind == WindowKind::count ? config.windowCalls : 0,
                  StateWord(m_word.load(std::memory_order_relaxed)).generation());
    setAlert((config.windowKind == WindowKind::count ? kRing : 0U) | (config.consecutiveFailuresThreshold ? kRun : 0U) |
             (config.successAverageThreshold ? kAverage : 0U));
}

template <typename Atomics>
void Automaton<Atomics>::applyErrorRules() {
    auto& all = m_guarded.errorRules;
    const std::shared_ptr<const ErrorRules>& rules = m_guarded.shared->errorRules();
    const auto known = std::find_if(all.begin(), all.end(), [&](const auto& other) { return *other == *rules; });
    if (known == all.end()) {
        all.push_back(rules);
    } else {
        std::rotate(known, known + 1, all.end());
    }
    // release: who reads the pointer reads complete rules.
    m_errorRules.store(all.back().get(), std::memory_order_release);
}

template <typename Atomics>
void Automaton<Atomics>::enter(domain::State to, Push push, base::Time now) {
    const StateWord before(m_word.load(std::memory_order_relaxed));
    const std::uint32_t generation = before.generation() + 1;
    const bool trips =
        push.cause == domain::TransitionCause::tripRule || push.cause == domain::TransitionCause::tripCommand;
    const auto page = trips ? std::make_shared<domain::Dossier>(dossier(now)) : nullptr;
    bool ramps = false;
    m_guarded.tally.leave(before.state(), push.trip, now);
    if (to == domain::State::open) {
        prepareOpen(before.state(), push, now);
    } else if (to == domain::State::halfOpen) {
        m_guarded.probes = {};
        m_guarded.outageSince = before.state() == domain::State::closed ? now : m_guarded.outageSince;
    } else {
        prepareClosed(generation, before.state(), push, now);
        ramps = m_rampStepEnds.load(std::memory_order_relaxed) != kNever;
    }
    m_guarded.since = now;
    ++m_guarded.revision;
    changeWord([to, ramps](StateWord word) { return ramps ? word.entering(to).ramping() : word.entering(to); });
    publishDeadlines();
    domain::Transition transition;
    transition.generation = generation;
    transition.from = before.state();
    transition.to = to;
    transition.cause = push.cause;
    transition.trip = push.trip;
    transition.actor = std::move(push.actor);
    transition.reason = std::move(push.reason);
    transition.at = now;
    transition.wall = m_time.clock().wallNow();
    m_guarded.chronicle.add(std::move(transition));
    if (page != nullptr) {
        constexpr std::size_t kDossiers = 10;
        auto& dossiers = m_guarded.dossiers;
        page->transition = m_guarded.chronicle.transitions().back();
        page->openWait = m_guarded.openWait;
        page->retryAfter = m_guarded.retryAfter;
        dossiers.push_back(page);
        dossiers.erase(dossiers.begin(),
                       dossiers.end() - static_cast<std::ptrdiff_t>(std::min(dossiers.size(), kDossiers)));
    }
}

template <typename Atomics>
void Automaton<Atomics>::prepareOpen(domain::State from, const Push& push, base::Time now) {
    UnderLock& guarded = m_guarded;
    if (from == domain::State::closed) {
        if (now - guarded.since >= guarded.config().backoffResetAfter) {
            guarded.attempt = 0;
            guarded.openWait = {};
        }
        guarded.outageSince = now;
    }
    ++guarded.attempt;
    const double random = static_cast<double>(guarded.random() - std::minstd_rand::min()) /
                          static_cast<double>(std::minstd_rand::max() - std::minstd_rand::min());
    base::Duration wait =
        push.wait ? *push.wait
                  : guarded.strategy->openWait({guarded.attempt, guarded.openWait, guarded.lastOutage, random});
    wait = std::clamp(wait, base::Duration::zero(), base::Duration(std::chrono::hours(24 * 366)));
    guarded.retryAfter.reset();
    if (!push.wait) {
        const base::Duration asked(m_retryAfterUntil.load(std::memory_order_relaxed) - now.time_since_epoch().count());
        const base::Duration honoured = std::min(asked, guarded.config().retryAfterCap);
        if (honoured > wait) {
            guarded.retryAfter = asked;
            wait = honoured;
        }
    }
    guarded.openWait = wait;
    guarded.since = now;
}

template <typename Atomics>
void Automaton<Atomics>::prepareClosed(std::uint32_t generation, domain::State from, const Push& push, base::Time now) {
    UnderLock& guarded = m_guarded;
    if (from != domain::State::closed) {
        guarded.lastOutage = now - guarded.outageSince;
    }
    m_retryAfterUntil.store(0, std::memory_order_relaxed);
    {
        [[maybe_unused]] const typename Atomics::Glance glance;
        guarded.atClose = totals();
    }
    if (const WatchMark watch = WatchMark::from(m_watch.load(std::memory_order_relaxed)); watch.on()) {
        // Calls from before no longer count, those in flight neither.
        beginWatchEra(watch.shift);
    }
    publish(guarded.window.clear(now));
    publishTurn(now);
    m_ring.clear(generation);
    m_trail.restart(generation);
    setAlert(m_alert.load(std::memory_order_relaxed) & ~static_cast<std::uint32_t>(kDue));
    m_creditEpoch.fetch_add(1, std::memory_order_release);
    // Traffic ramps up after probes, not after an operator's reset: that is a decision for all calls.
    const bool ramps = push.cause != domain::TransitionCause::resetCommand && !guarded.config().rampSteps.empty();
    m_rampStepEnds.store(kNever, std::memory_order_relaxed);
    if (ramps) {
        guarded.rampStep = 0;
        m_rampCount.store(0, std::memory_order_relaxed);
        m_rampShare.store(static_cast<std::uint32_t>(std::lround(guarded.config().rampSteps[0] * 1e6)),
                          std::memory_order_relaxed);
        m_rampStepEnds.store((now + guarded.config().rampStepDuration).time_since_epoch().count(),
                             std::memory_order_relaxed);
    }
}

template <typename Atomics>
void Automaton<Atomics>::stepRamp(base::Time now) {
    const std::vector<double>& steps = m_guarded.config().rampSteps;
    std::int64_t ends = m_rampStepEnds.load(std::memory_order_relaxed);
    while (ends != kNever && now.time_since_epoch().count() >= ends) {
        ++m_guarded.rampStep;
        if (m_guarded.rampStep >= steps.size()) {
            ends = kNever;
            changeWord([](StateWord word) { return word.rampedUp(); });
        } else {
            ends += m_guarded.config().rampStepDuration.count();
            m_rampShare.store(static_cast<std::uint32_t>(std::lround(steps[m_guarded.rampStep] * 1e6)),
                              std::memory_order_relaxed);
        }
    }
    m_rampStepEnds.store(ends, std::memory_order_relaxed);
}

template <typename Atomics>
void Automaton<Atomics>::publishDeadlines() noexcept {
    const StateWord word(m_word.load(std::memory_order_relaxed));
    const CircuitBreakerConfig& config = m_guarded.config();
    const auto expiry = m_guarded.holds.nextExpiry();
    const std::int64_t holdExpires = expiry ? expiry->time_since_epoch().count() : kNever;
    const std::int64_t waitOver = (m_guarded.since + m_guarded.openWait).time_since_epoch().count() +
                                  (config.openWaitCompare == Compare::above ? 1 : 0);
    const bool limited = word.state() == domain::State::halfOpen && config.halfOpenTimeout > base::Duration::zero();
    m_holdExpires.store(holdExpires, std::memory_order_relaxed);
    m_reopenAt.store(word.ruling() == Ruling::forceOpen    ? holdExpires
                     : word.state() == domain::State::open ? waitOver
                                                           : kNever,
                     std::memory_order_relaxed);
    m_halfOpenUntil.store(limited ? (m_guarded.since + config.halfOpenTimeout).time_since_epoch().count() : kNever,
                          std::memory_order_relaxed);
    // Who refuses by a count of refusals looks at the clock anew.
    m_stripes.forEach([](One& stripe) { stripe.refusing.nextLook.store(0, std::memory_order_relaxed); });
}

}  // namespace fusebox::breaker
