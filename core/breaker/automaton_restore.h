#pragma once
// Automaton: what of it survives a restart of the program. Included by automaton.cpp and by the interleaving test.
//
// Waits and holds go on over the time that the program was away, by the wall clock: no other one was running. A wall clock that went
// back makes that time zero, so nothing lasts longer than it was to last.

#include <fusebox/breaker/automaton.h>
#include <fusebox/domain/saved_breaker.h>

#include <fmt/format.h>

#include <algorithm>

namespace fusebox::breaker {

template <typename Atomics>
std::vector<domain::WindowSlice> Automaton<Atomics>::slices(base::Time now) const {
    std::vector<domain::WindowSlice> all;
    const auto keep = [&all](const domain::WindowSlice& slice) {
        if (slice.calls > 0) {
            all.push_back(slice);
            // Read while others count: a failure may be seen before its call.
            all.back().failures = std::min(slice.failures, slice.calls);
            all.back().slow = std::min(slice.slow, slice.calls);
        }
    };
    if (m_guarded.config().windowKind == WindowKind::count) {
        const WindowCounts counts = m_ring.counts();
        keep({{}, {}, counts.calls, counts.failures, counts.slow});
        return all;
    }
    for (const BucketWindow::Frame& frame : m_guarded.window.frames()) {
        if (BucketWindow::isLive(frame, now)) {
            keep(m_guarded.window.sliceOf(frame, countsOf(frame), now));
        }
    }
    return all;
}

template <typename Atomics>
domain::SavedBreaker Automaton<Atomics>::save() const {
    const Locked lock(m_mutex);
    const UnderLock& guarded = m_guarded;
    const base::Time now = clock().now();
    const StateWord word(m_word.load(std::memory_order_relaxed));
    const bool closed = word.state() == domain::State::closed;
    domain::SavedBreaker saved;
    saved.savedAt = clock().wallNow();
    saved.state = word.state();
    saved.timeInState = now - guarded.since;
    saved.openWait = guarded.openWait;
    if (word.state() == domain::State::open) {
        saved.untilProbe = std::clamp(guarded.since + guarded.openWait - now, base::Duration::zero(), guarded.openWait);
    }
    saved.attempt = guarded.attempt;
    saved.outage = closed ? base::Duration::zero() : now - guarded.outageSince;
    saved.lastOutage = guarded.lastOutage;
    saved.ramps = closed && word.ramps();
    saved.generation = word.generation();
    saved.revision = guarded.revision;
    saved.transitionCount = guarded.chronicle.count();
    saved.transitions = guarded.chronicle.transitions();
    saved.holds = guarded.holds.all(now);
    saved.lastHold = guarded.holds.lastId();
    if (closed) {
        saved.slices = slices(now);
        saved.failuresInARow = guarded.config().consecutiveFailuresThreshold ? m_trail.run() : 0;
    }
    return saved;
}

template <typename Atomics>
base::Result<void> Automaton<Atomics>::restore(const domain::SavedBreaker& saved) {
    const Locked lock(m_mutex);
    const domain::Totals totals = m_stripes.totals();
    if (totals.permitted + totals.rejected + m_guarded.chronicle.count() + m_guarded.holds.size() != 0) {
        return base::trouble(base::TroubleCode::conflict, "it is in use already; only a new breaker can be restored");
    }
    if (saved.state > domain::State::halfOpen) {
        return base::trouble(base::TroubleCode::invalidInput, "no local breaker can be in the state that was saved");
    }
    const base::Time now = clock().now();
    const base::Duration away = std::max<base::Duration>(clock().wallNow() - saved.savedAt, base::Duration::zero());
    std::vector<domain::Transition> past = saved.transitions;
    for (domain::Transition& transition : past) {
        transition.at = now - std::max<base::Duration>(clock().wallNow() - transition.wall, base::Duration::zero());
    }
    m_guarded.chronicle.resume(std::move(past), saved.transitionCount);
    m_guarded.attempt = saved.attempt;
    m_guarded.lastOutage = saved.lastOutage;
    // Whoever looked before the restart has not seen the configuration that rules now.
    m_guarded.configRevision = m_guarded.revision = std::max(m_guarded.revision, saved.revision) + 1;
    changeWord([&saved](StateWord word) { return word.atGeneration(saved.generation); });
    saved.state == domain::State::closed ? resumeClosed(saved, away, now) : resumeOpen(saved, away, now);
    resumeHolds(saved, away, now);
    return {};
}

template <typename Atomics>
void Automaton<Atomics>::resumeState(domain::State to, const domain::SavedBreaker& saved, base::Duration away,
                                     base::Time now) {
    const StateWord before(m_word.load(std::memory_order_relaxed));
    Push push{.cause = domain::TransitionCause::restored};
    if (before.state() != to) {
        const double seconds = std::chrono::duration<double>(away).count();
        push.reason = fmt::format("it was {} {:.3g} s before", toWord(saved.state), seconds);
        push.wait = base::Duration::zero();  // the right one follows
        enter(to, std::move(push), now);
        return;
    }
    // It begins there by configuration: no transition, but a generation of its own.
    if (to == domain::State::closed) {
        prepareClosed(before.generation() + 1, to, push, now);
    }
    changeWord([to](StateWord word) { return word.entering(to); });
}

template <typename Atomics>
void Automaton<Atomics>::resumeOpen(const domain::SavedBreaker& saved, base::Duration away, base::Time now) {
    constexpr base::Duration kLongest = std::chrono::hours(24 * 366);
    resumeState(domain::State::open, saved, away, now);
    // HALF_OPEN has no wait left: the probes that were under way are gone, the next call is one.
    const bool wasOpen = saved.state == domain::State::open;
    const base::Duration wait = std::clamp(saved.openWait, base::Duration::zero(), kLongest);
    const base::Duration left =
        wasOpen ? std::clamp(saved.untilProbe - std::min(away, kLongest), base::Duration::zero(), wait)
                : base::Duration::zero();
    m_guarded.attempt = saved.attempt;  // it is the same wait, not one more
    m_guarded.openWait = wait;
    m_guarded.since = now - (wait - left);
    m_guarded.outageSince = now - std::min(away, kLongest) - std::clamp(saved.outage, base::Duration::zero(), kLongest);
    m_guarded.lastOutage = saved.lastOutage;
    publishDeadlines();
}

template <typename Atomics>
void Automaton<Atomics>::resumeClosed(const domain::SavedBreaker& saved, base::Duration away, base::Time now) {
    constexpr base::Duration kLongest = std::chrono::hours(24 * 366);
    resumeState(domain::State::closed, saved, away, now);
    m_guarded.openWait = std::clamp(saved.openWait, base::Duration::zero(), kLongest);
    m_guarded.lastOutage = saved.lastOutage;
    m_guarded.since = now - std::min(away, kLongest) - std::clamp(saved.timeInState, base::Duration::zero(), kLongest);
    if (!saved.ramps) {
        m_rampStepEnds.store(kNever, std::memory_order_relaxed);
    }
    const bool ramps = m_rampStepEnds.load(std::memory_order_relaxed) != kNever;
    changeWord([ramps](StateWord word) { return ramps ? word.ramping() : word.rampedUp(); });
    std::vector<domain::WindowSlice> aged = saved.slices;
    for (domain::WindowSlice& slice : aged) {
        slice.age = std::clamp(slice.age, base::Duration::zero(), kLongest) + std::min(away, kLongest);
        slice.failures = std::min(slice.failures, slice.calls);
        slice.slow = std::min(slice.slow, slice.calls);
    }
    m_guarded.window.resume(aged, now);
    resumeRing(aged);
    if (m_guarded.config().consecutiveFailuresThreshold) {
        m_trail.resumeRun(StateWord(m_word.load(std::memory_order_relaxed)).generation(), saved.failuresInARow);
    }
    publishTurn(now);
    publishDeadlines();
    letNextOutcomeAsk();
}

template <typename Atomics>
void Automaton<Atomics>::resumeRing(const std::vector<domain::WindowSlice>& slices) {
    if (m_guarded.config().windowKind != WindowKind::count) {
        return;
    }
    const std::uint32_t generation = StateWord(m_word.load(std::memory_order_relaxed)).generation();
    for (const domain::WindowSlice& slice : slices) {
        if (slice.span != base::Duration::zero() || slice.calls == 0) {
            continue;
        }
        // Their order is not known: failures are spread evenly, so that they also leave evenly.
        const std::uint64_t room = std::min<std::uint64_t>(slice.calls, m_guarded.config().windowCalls);
        const auto falls = [&](std::uint64_t part, std::uint64_t i) {
            const double each = static_cast<double>(part) / static_cast<double>(slice.calls);
            return std::floor(each * static_cast<double>(i + 1) + 1e-9) >
                   std::floor(each * static_cast<double>(i) + 1e-9);
        };
        for (std::uint64_t i = 0; i < room; ++i) {
            m_ring.record(generation, (falls(slice.failures, i) ? CountRing<Atomics>::kFailed : 0U) |
                                          (falls(slice.slow, i) ? CountRing<Atomics>::kSlow : 0U));
        }
    }
}

template <typename Atomics>
void Automaton<Atomics>::resumeHolds(const domain::SavedBreaker& saved, base::Duration away, base::Time now) {
    std::vector<domain::Hold> holds = saved.holds;
    holds.resize(std::min<std::size_t>(holds.size(), HoldList::kMost));
    for (domain::Hold& hold : holds) {
        if (hold.remaining) {
            hold.remaining = std::max(*hold.remaining - std::min(away, *hold.remaining), base::Duration::zero());
        }
    }
    m_guarded.holds.resume(std::move(holds), saved.lastHold, now);
    if (m_guarded.holds.size() > 0) {
        applyRuling(m_guarded.holds.ruling());
        // A hold whose time passed meanwhile ends as any other: by HALF_OPEN.
        expireHolds(now);
    }
}

}  // namespace fusebox::breaker
