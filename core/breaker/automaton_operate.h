#pragma once
// Automaton: commands, holds and the passing of time. Included by automaton.cpp and by the interleaving test.
//
// Under FORCE_OPEN, FORCE_CLOSED and DISABLED the automaton stands still but for probes that are already under way; under METRICS_ONLY
// it runs as ever, only nobody is refused. A hold that refused calls and expires leads to HALF_OPEN, never straight to CLOSED.

#include <fusebox/breaker/automaton.h>

#include <algorithm>
#include <tuple>

namespace fusebox::breaker {

template <typename Atomics>
base::Result<void> Automaton<Atomics>::refuseIfHeld() const {
    if (!StateWord(m_word.load(std::memory_order_relaxed)).standsStill()) {
        return {};
    }
    const domain::Hold& hold = m_guarded.holds.strongest();
    return base::trouble(base::TroubleCode::conflict,
                         std::string(domain::toWord(hold.mode)) + " is held by " + hold.who + "; release it first");
}

template <typename Atomics>
base::Result<void> Automaton<Atomics>::trip(Push push) {
    const Locked lock(m_mutex);
    if (auto held = refuseIfHeld(); !held) {
        return held;
    }
    if (push.wait && *push.wait < base::Duration::zero()) {
        return base::trouble(base::TroubleCode::invalidInput, "the duration of a trip cannot be negative");
    }
    const base::Time now = m_time.clock().now();
    if (StateWord(m_word.load(std::memory_order_relaxed)).state() == domain::State::open) {
        // It is open already: a push changes nothing but the wait, if it brings its own.
        if (push.wait) {
            m_guarded.openWait = *push.wait;
            m_guarded.since = now;
            ++m_guarded.revision;
            publishDeadlines();
        }
        return {};
    }
    push.cause = domain::TransitionCause::tripCommand;
    enter(domain::State::open, std::move(push), now);
    return {};
}

template <typename Atomics>
base::Result<void> Automaton<Atomics>::reset(Push push) {
    const Locked lock(m_mutex);
    if (auto held = refuseIfHeld(); !held) {
        return held;
    }
    push.cause = domain::TransitionCause::resetCommand;
    const base::Time now = m_time.clock().now();
    const StateWord before(m_word.load(std::memory_order_relaxed));
    if (before.state() == domain::State::closed) {
        // No transition; but the window is emptied, and results from before no longer count.
        prepareClosed(before.generation() + 1, domain::State::closed, push, now);
        changeWord([](StateWord word) { return word.entering(domain::State::closed); });
        ++m_guarded.revision;
        return {};
    }
    m_guarded.attempt = 0;
    enter(domain::State::closed, std::move(push), now);
    return {};
}

template <typename Atomics>
base::Result<void> Automaton<Atomics>::probeNow(Push push) {
    const Locked lock(m_mutex);
    if (auto held = refuseIfHeld(); !held) {
        return held;
    }
    const domain::State state = StateWord(m_word.load(std::memory_order_relaxed)).state();
    if (state == domain::State::closed) {
        return base::trouble(base::TroubleCode::conflict, "a CLOSED breaker has nothing to probe; trip it first");
    }
    if (state == domain::State::open) {
        push.cause = domain::TransitionCause::probeCommand;
        enter(domain::State::halfOpen, std::move(push), m_time.clock().now());
    }
    return {};
}

template <typename Atomics>
void Automaton<Atomics>::applyRuling(Ruling ruling) noexcept {
    changeWord([ruling](StateWord word) { return word.ruledBy(ruling); });
    // Nobody asked the rules while a force lay on it.
    letNextOutcomeAsk();
    ++m_guarded.revision;
    publishDeadlines();
}

template <typename Atomics>
base::Result<domain::HoldId> Automaton<Atomics>::hold(domain::HoldMode mode, std::string who, std::string why,
                                                      std::optional<base::Duration> duration) {
    const Locked lock(m_mutex);
    if (duration && *duration <= base::Duration::zero()) {
        return base::trouble(base::TroubleCode::invalidInput, "the duration of a hold must be positive");
    }
    if (m_guarded.holds.size() >= HoldList::kMost) {
        return base::trouble(base::TroubleCode::limitReached,
                             "there are " + std::to_string(HoldList::kMost) + " holds already; release one");
    }
    const base::WallTime wall = m_time.clock().wallNow();
    const domain::Hold& placed =
        m_guarded.holds.add(mode, std::move(who), std::move(why), duration, m_time.clock().now(), wall);
    const domain::HoldId id = placed.id;
    m_guarded.chronicle.addHold(domain::EventKind::holdPlaced, placed, placed.who, placed.why, wall);
    applyRuling(m_guarded.holds.ruling());
    return id;
}

template <typename Atomics>
void Automaton<Atomics>::released(const std::vector<domain::Hold>& holds, const std::string& who,
                                  const std::string& why) {
    const base::WallTime wall = m_time.clock().wallNow();
    for (const domain::Hold& hold : holds) {
        m_guarded.chronicle.addHold(domain::EventKind::holdReleased, hold, who, why, wall);
    }
    // The automaton goes on where it stands: who releases a hold by hand has looked.
    applyRuling(m_guarded.holds.ruling());
}

template <typename Atomics>
base::Result<void> Automaton<Atomics>::release(domain::HoldId hold, std::string who, std::string why) {
    const Locked lock(m_mutex);
    const auto gone = m_guarded.holds.remove(hold);
    if (!gone) {
        return base::trouble(base::TroubleCode::notFound, "there is no hold " + std::to_string(hold.value) + " on it");
    }
    released({*gone}, who, why);
    return {};
}

template <typename Atomics>
base::Result<std::size_t> Automaton<Atomics>::releaseAllOf(const std::string& owner, std::string who, std::string why) {
    const Locked lock(m_mutex);
    const auto gone = m_guarded.holds.removeAllOf(owner);
    if (gone.empty()) {
        return base::trouble(base::TroubleCode::notFound, owner + " has no hold on it");
    }
    released(gone, who, why);
    return gone.size();
}

template <typename Atomics>
void Automaton<Atomics>::noteChange() {
    const Locked lock(m_mutex);
    ++m_guarded.revision;
}

template <typename Atomics>
void Automaton<Atomics>::warnOfExpiry(base::Time now) {
    for (const domain::Hold& hold : m_guarded.holds.takeWarnings(now)) {
        m_guarded.chronicle.addWarning(hold, m_time.clock().wallNow());
    }
}

template <typename Atomics>
void Automaton<Atomics>::expireHolds(base::Time now) {
    const Ruling before = m_guarded.holds.ruling();
    const std::vector<domain::Hold> gone = m_guarded.holds.removeExpired(now);
    if (gone.empty()) {
        return;
    }
    const base::WallTime wall = m_time.clock().wallNow();
    for (const domain::Hold& hold : gone) {
        m_guarded.chronicle.addHold(domain::EventKind::holdExpired, hold, {}, {}, wall);
    }
    const Ruling after = m_guarded.holds.ruling();
    const domain::State state = StateWord(m_word.load(std::memory_order_relaxed)).state();
    const bool refused = before == Ruling::forceOpen && after != Ruling::forceOpen;
    const bool wouldRefuse = state == domain::State::open && before != after && after != Ruling::forceOpen;
    // Nobody has looked: calls are let back one by one, not all at once. First the state, so that none slips through in between.
    if ((refused || wouldRefuse) && state != domain::State::halfOpen) {
        enter(domain::State::halfOpen,
              {.cause = domain::TransitionCause::holdExpired, .reason = gone.back().who + ": " + gone.back().why}, now);
    }
    applyRuling(after);
}

template <typename Atomics>
void Automaton<Atomics>::leaveOpenIfDue(base::Time now) {
    const StateWord word(m_word.load(std::memory_order_relaxed));
    if (word.state() == domain::State::open && !word.standsStill() &&
        now.time_since_epoch().count() >= m_reopenAt.load(std::memory_order_relaxed)) {
        enter(domain::State::halfOpen, {.cause = domain::TransitionCause::waitElapsed}, now);
    }
}

template <typename Atomics>
void Automaton<Atomics>::leaveHalfOpenIfDue(base::Time now) {
    const StateWord word(m_word.load(std::memory_order_relaxed));
    if (word.state() == domain::State::halfOpen &&
        now.time_since_epoch().count() >= m_halfOpenUntil.load(std::memory_order_relaxed)) {
        enter(m_guarded.config().halfOpenTimeoutLeadsTo, {.cause = domain::TransitionCause::probeTimeout}, now);
    }
}

template <typename Atomics>
void Automaton<Atomics>::tick() {
    const base::Time now = m_time.clock().now();
    const StateWord word(m_word.load(std::memory_order_acquire));
    const bool alone = m_stripes.owned() <= 1 && m_stripes.shared().permitted.load(std::memory_order_relaxed) == 0;
    if (word.plainClosed() && alone && m_errors.wants()) {
        return;  // nothing can be due
    }
    {
        const Locked lock(m_mutex);
        m_errors.refill();
        leaveHalfOpenIfDue(now);
        expireHolds(now);
        warnOfExpiry(now);
        if (m_guarded.config().halfOpenBy == HalfOpenBy::tick) {
            leaveOpenIfDue(now);
        }
        stepRamp(now);
        if (m_limit.isForNow() && m_limit.isFull()) {
            m_limit.end();
            applyAttention();
        }
    }
    bool unasked = false;
    {
        const Locked lock(m_mutex);
        // Threads that fail at the same instant may each have missed the other's failure; here it is found.
        unasked = !alone && badSoFar() != m_guarded.evaluatedBad;
        // Calls that hang have no outcome that would ask.
        unasked = unasked || (m_guarded.config().evaluateOn == EvaluateOn::anyOutcome && flightAges().slow > 0);
    }
    if (unasked) {
        evaluate(now.time_since_epoch().count(), StateWord(m_word.load(std::memory_order_acquire)).generation());
    }
}

template <typename Atomics>
void Automaton<Atomics>::reshapeWindow(base::Time now) {
    std::vector<WindowCounts> kept;
    for (const BucketWindow::Frame& frame : m_guarded.window.frames()) {
        kept.push_back(countsOf(frame));
    }
    m_stripes.widen(BucketWindow::roomFor(m_guarded.config()),
                    BucketMark::from(m_bucket.load(std::memory_order_relaxed)));
    publish(m_guarded.window.reshape(m_guarded.config(), std::move(kept), m_stripes.capacity(), now));
    publishTurn(now);
}

template <typename Atomics>
base::Result<void> Automaton<Atomics>::refuseIfChanged(std::optional<std::uint64_t> seenRevision) const {
    if (!seenRevision || *seenRevision >= m_guarded.configRevision) {
        return {};
    }
    return base::trouble(base::TroubleCode::conflict,
                         "the configuration has changed since you looked; look again, then decide");
}

template <typename Atomics>
base::Result<void> Automaton<Atomics>::reconfigure(CircuitBreakerConfig config,
                                                   std::optional<std::uint64_t> seenRevision) {
    const Locked lock(m_mutex);
    if (auto seen = refuseIfChanged(seenRevision); !seen) {
        return seen;
    }
    if (config == m_guarded.config()) {
        return {};
    }
    const base::Time now = m_time.clock().now();
    const auto shape = [](const CircuitBreakerConfig& of) {
        return std::tuple(of.windowKind, of.windowSize, of.windowBuckets, of.windowExpiry);
    };
    const bool reshapes = shape(config) != shape(m_guarded.config());
    m_guarded.shared = SharedConfig::of(std::move(config));
    applyConfig();
    if (reshapes) {
        reshapeWindow(now);
    }
    m_stripes.forEach([&](One& stripe) {
        if (stripe.counts()) {
            equip(stripe);
        }
        stripe.nextTimed.store(0, std::memory_order_relaxed);
    });
    // What was no trip before may be one now.
    letNextOutcomeAsk();
    m_guarded.configRevision = ++m_guarded.revision;
    publishTurn(now);
    publishDeadlines();
    if (StateWord(m_word.load(std::memory_order_relaxed)).state() == domain::State::halfOpen) {
        judgeProbes(now);
    }
    return {};
}

template <typename Atomics>
void Automaton<Atomics>::orphan() noexcept {
    const Locked lock(m_mutex);
    changeWord([](StateWord word) { return word.asOrphan(); });
}

}  // namespace fusebox::breaker
