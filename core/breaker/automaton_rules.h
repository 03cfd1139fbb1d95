#pragma once
// Automaton: the window, and when the trip rules are asked. Included by automaton.cpp and by the interleaving test.
//
// The rules are not asked at each failure. When they are asked and none fires, they also tell how many more failures cannot make any
// fire. That number, less one, is given out to the stripes as credit; a thread with credit only spends it. Credit ends when a bucket
// turns, and is withdrawn when less is left than is given out. So the failure that fires a rule is always one that asks.

#include <fusebox/breaker/automaton.h>

#include <algorithm>

namespace fusebox::breaker {

template <typename Atomics>
bool Automaton<Atomics>::turnIfDue(std::int64_t now) noexcept {
    if (now < m_turnAt.load(std::memory_order_relaxed)) {
        return false;
    }
    const Locked lock(m_mutex, std::try_to_lock);
    if (!lock.owns_lock()) {
        return false;  // another thread is at it; this outcome goes into the old bucket
    }
    turn(timeOf(now));
    return true;
}

template <typename Atomics>
void Automaton<Atomics>::turn(base::Time now) {
    if (now.time_since_epoch().count() < m_turnAt.load(std::memory_order_relaxed)) {
        return;
    }
    publish(m_guarded.window.turn(now));
    publishTurn(now);
    // What left the window may bring a rule nearer: all credit is void.
    m_creditEpoch.fetch_add(1, std::memory_order_release);
    m_errors.refill();
}

template <typename Atomics>
void Automaton<Atomics>::publish(BucketMark mark) noexcept {
    const std::uint64_t before = m_bucket.load(std::memory_order_relaxed);
    if (mark.bits() == (before & ~BucketMark::kAsks)) {
        return;
    }
    // Before anyone can count under the new mark; owners make theirs ready themselves.
    if (m_stripes.shared().counts()) {
        m_stripes.shared().at(mark).restart(mark.tag);
    }
    m_bucket.store(mark.bits() | (before & BucketMark::kAsks), std::memory_order_release);
}

template <typename Atomics>
void Automaton<Atomics>::setAlert(std::uint32_t alert) noexcept {
    if (alert == m_alert.load(std::memory_order_relaxed)) {
        return;  // all call threads read these words
    }
    m_alert.store(alert, std::memory_order_relaxed);
    const std::uint64_t mark = m_bucket.load(std::memory_order_relaxed) & ~BucketMark::kAsks;
    // release: who sees the question sees the alert.
    m_bucket.store(mark | (alert != 0 ? BucketMark::kAsks : 0), std::memory_order_release);
}

template <typename Atomics>
void Automaton<Atomics>::publishTurn(base::Time now) noexcept {
    const base::Duration metricsWindow = m_guarded.config().metricsWindow;
    const std::uint32_t epoch = epochOf(now, metricsWindow);
    m_epoch.store(epoch, std::memory_order_relaxed);
    const std::int64_t epochEnds = (static_cast<std::int64_t>(epoch) + 1) * metricsWindow.count();
    m_turnAt.store(std::min(m_guarded.window.turnAt(), epochEnds), std::memory_order_relaxed);
}

template <typename Atomics>
WindowCounts Automaton<Atomics>::countsOf(const BucketWindow::Frame& frame) const {
    if (frame.kept) {
        return *frame.kept;
    }
    WindowCounts sum;
    m_stripes.forEach([&](One& stripe) {
        if (!stripe.counts()) {
            return;
        }
        auto& bucket = stripe.at(frame.mark);
        if (bucket.tag.load(std::memory_order_acquire) == frame.mark.tag) {
            // Failures before calls: see collect().
            const std::uint64_t failures = bucket.failures.load(std::memory_order_acquire);
            const std::uint64_t slow = bucket.slow.load(std::memory_order_acquire);
            sum += {bucket.calls.load(std::memory_order_relaxed), failures, slow};
        }
    });
    return sum;
}

template <typename Atomics>
typename Automaton<Atomics>::Gathered Automaton<Atomics>::gather(base::Time now) const {
    Gathered gathered{{}, kNever};
    const CircuitBreakerConfig& config = m_guarded.config();
    const std::int64_t span = config.totalOutageSpan.count();
    const std::int64_t spanBegins = now.time_since_epoch().count() - span;
    std::int64_t newestSuccess = INT64_MIN;
    for (const BucketWindow::Frame& frame : m_guarded.window.frames()) {
        if (!BucketWindow::isLive(frame, now)) {
            continue;
        }
        const WindowCounts counts = countsOf(frame);
        gathered.evidence.window += counts;
        if (config.totalOutageFailures && frame.fillEnd > spanBegins) {
            gathered.evidence.outageSpan += counts;
            newestSuccess = counts.calls > counts.failures ? frame.fillEnd : newestSuccess;
        }
    }
    if (newestSuccess != INT64_MIN && newestSuccess < kNever - span) {
        gathered.lastSuccessLeaves = newestSuccess + span;
    }
    if (config.windowKind == WindowKind::count) {
        gathered.evidence.window = m_ring.counts();
    }
    const FlightAges ages = flightAges();
    gathered.evidence.watchedInFlight = ages.calls;
    gathered.evidence.slowInFlight = ages.slow;
    gathered.evidence.run = m_trail.run();
    gathered.evidence.successAverage = m_trail.successAverage();
    gathered.evidence.averagedCalls = m_trail.averagedCalls();
    return gathered;
}

template <typename Atomics>
bool Automaton<Atomics>::spendCredit(One& stripe) noexcept {
    if (stripe.owner == One::kShared) {
        return false;  // the shared stripe has none: many threads could overspend it
    }
    const std::uint32_t credit = stripe.credit.load(std::memory_order_relaxed);
    // acquire: pairs with the withdrawal in evaluate().
    if (credit == 0 ||
        stripe.creditEpoch.load(std::memory_order_relaxed) != m_creditEpoch.load(std::memory_order_acquire)) {
        return false;
    }
    stripe.credit.store(credit - 1, std::memory_order_release);
    return true;
}

template <typename Atomics>
void Automaton<Atomics>::allow(One& stripe, std::uint64_t unasked) noexcept {
    if (stripe.owner == One::kShared) {
        return;
    }
    stripe.credit.store(static_cast<std::uint32_t>(std::min<std::uint64_t>(unasked, 1'000'000)),
                        std::memory_order_relaxed);
    stripe.creditEpoch.store(m_creditEpoch.load(std::memory_order_relaxed), std::memory_order_relaxed);
}

template <typename Atomics>
void Automaton<Atomics>::evaluate(std::int64_t now, std::uint32_t generation) noexcept {
    const Locked lock(m_mutex);
    const StateWord word(m_word.load(std::memory_order_relaxed));
    if (word.state() != domain::State::closed || word.generation() != generation) {
        return;
    }
    turn(timeOf(now));
    One& mine = m_stripes.mine();
    if (word.standsStill()) {
        // No rule opens it while the hold lasts; the end of the hold voids all credit and makes the next outcome ask.
        allow(mine, 1'000'000);
        setAlert(m_alert.load(std::memory_order_relaxed) & ~static_cast<std::uint32_t>(kDue));
        return;
    }
    // Credit is read before the counts: a failure that is under way is seen in one of the two.
    std::uint64_t givenOut = 0;
    m_stripes.forEach([&](One& stripe) {
        const bool valid =
            stripe.creditEpoch.load(std::memory_order_relaxed) == m_creditEpoch.load(std::memory_order_relaxed);
        givenOut += &stripe != &mine && valid ? stripe.credit.load(std::memory_order_acquire) : 0;
    });
    m_guarded.evaluatedBad = badSoFar();
    Gathered gathered = gather(timeOf(now));
    if (auto fired = firedRule(m_guarded.config(), gathered.evidence)) {
        enter(domain::State::open, {.cause = domain::TransitionCause::tripRule, .trip = fired}, timeOf(now));
        return;
    }
    std::uint64_t unasked = surelyWithout(m_guarded.config(), gathered.evidence) - 1;
    if (unasked < givenOut) {
        // Withdraw first, count afterwards: who still spends old credit is seen in the counts.
        m_creditEpoch.fetch_add(1, std::memory_order_acq_rel);
        gathered = gather(timeOf(now));
        if (auto fired = firedRule(m_guarded.config(), gathered.evidence)) {
            enter(domain::State::open, {.cause = domain::TransitionCause::tripRule, .trip = fired}, timeOf(now));
            return;
        }
        unasked = surelyWithout(m_guarded.config(), gathered.evidence) - 1;
        givenOut = 0;
    }
    const std::uint64_t spare = unasked - givenOut;
    allow(mine, m_stripes.owned() > 1 ? spare / 2 : spare);
    if (gathered.lastSuccessLeaves < m_turnAt.load(std::memory_order_relaxed)) {
        m_turnAt.store(gathered.lastSuccessLeaves, std::memory_order_relaxed);
    }
    if (m_watch.load(std::memory_order_relaxed) != 0) {
        // Calls that begin from now on may be slow by then.
        const std::int64_t soon = now + m_guarded.config().slowCallDuration.count();
        m_turnAt.store(std::min(soon, m_turnAt.load(std::memory_order_relaxed)), std::memory_order_relaxed);
    }
    const std::uint32_t alert = m_alert.load(std::memory_order_relaxed) & ~static_cast<std::uint32_t>(kDue);
    const bool due = m_guarded.config().evaluateOn == EvaluateOn::anyOutcome &&
                     successMayTrip(m_guarded.config(), gathered.evidence);
    setAlert(alert | (due ? kDue : 0U));
}

/// All credit is void, so the next failure asks the rules; where successes may ask, the next outcome of any kind does.
template <typename Atomics>
void Automaton<Atomics>::letNextOutcomeAsk() noexcept {
    m_creditEpoch.fetch_add(1, std::memory_order_release);
    if (m_guarded.config().evaluateOn == EvaluateOn::anyOutcome) {
        setAlert(m_alert.load(std::memory_order_relaxed) | kDue);
    }
}

template <typename Atomics>
std::uint64_t Automaton<Atomics>::badSoFar() const noexcept {
    std::uint64_t bad = 0;
    m_stripes.forEach([&](One& stripe) {
        bad += stripe.failure.load(std::memory_order_relaxed) + stripe.slow.load(std::memory_order_relaxed);
    });
    return bad;
}

}  // namespace fusebox::breaker
