#pragma once
// Automaton: who may pass. Included by automaton.cpp and by the interleaving test.

#include <fusebox/breaker/automaton.h>

#include <algorithm>
#include <new>

namespace fusebox::breaker {

template <typename Atomics>
Ticket Automaton<Atomics>::sampled(One& stripe, std::uint64_t count, Ticket ticket) noexcept {
    const std::uint32_t interval = m_timingInterval.load(std::memory_order_relaxed);
    if (m_readCost == base::ReadCost::free) {
        // Each call could be timed for nothing, so nextTimed stays where it is; the sample is kept to one in `interval` all the same.
        ticket.startNs = count % interval == 0 ? nowNs() : 0;
        ticket.stamp |= ticket.startNs == 0 ? Ticket::kLook : 0U;
        return ticket;
    }
    const std::int64_t now = nowNs();
    const std::int64_t before = stripe.lookedAtNs.load(std::memory_order_relaxed);
    // Where calls are rare each one is timed, so that outcomes do not land in a bucket that is long over.
    const bool rare = now - before > static_cast<std::int64_t>(interval) * 1'000'000;
    stripe.lookedAtNs.store(now, std::memory_order_relaxed);
    stripe.nextTimed.store(rare ? count + 1 : count + interval, std::memory_order_relaxed);
    ticket.startNs = now;
    return ticket;
}

template <typename Atomics>
bool Automaton<Atomics>::sharedIsBusy() noexcept {
    constexpr std::uint64_t kMany = 1024;
    constexpr std::int64_t kSoon = 100'000'000;
    One& shared = m_stripes.shared();
    const std::uint64_t seen =
        shared.permitted.load(std::memory_order_relaxed) + shared.rejected.load(std::memory_order_relaxed);
    if (seen - m_sharedSeen.load(std::memory_order_relaxed) < kMany) {
        return false;
    }
    const std::int64_t now = nowNs();
    const bool busy = now - m_sharedSeenAt.load(std::memory_order_relaxed) < kSoon;
    m_sharedSeen.store(seen, std::memory_order_relaxed);
    m_sharedSeenAt.store(now, std::memory_order_relaxed);
    return busy;
}

template <typename Atomics>
typename Automaton<Atomics>::One& Automaton<Atomics>::seat() noexcept {
    static_cast<void>(Atomics::slot());  // own() does not ask for one
    if (One* mine = m_stripes.own()) {
        return *mine;
    }
    if (m_stripes.mayTakeSeat() && (m_stripes.owned() == 0 || sharedIsBusy())) {
        const Locked lock(m_mutex);
        if (m_stripes.mayTakeSeat()) {
            m_stripes.takeSeat([this](One& stripe) { equip(stripe); });
            return m_stripes.mine();
        }
    }
    One& shared = m_stripes.shared();
    if (!shared.counts()) {
        const Locked lock(m_mutex);
        equip(shared);
    }
    return shared;
}

template <typename Atomics>
void Automaton<Atomics>::equip(One& stripe) {
    if (!stripe.counts()) {
        stripe.widen(m_stripes.capacity(), BucketMark::from(m_bucket.load(std::memory_order_relaxed)));
    }
    if (m_guarded.config().timing == Timing::countsOnly) {
        stripe.useNoRecorder();
    } else {
        stripe.useRecorder(static_cast<latency::Precision>(m_guarded.config().latencyPrecision));
    }
    if (m_guarded.config().slowCallRateThreshold) {
        stripe.useWatch();
    }
}

template <typename Atomics>
void Automaton<Atomics>::scheduleLook(One& stripe, StateWord word, std::int64_t now) noexcept {
    auto& refusing = stripe.refusing;
    const std::int64_t reopenAt = m_reopenAt.load(std::memory_order_relaxed);
    const std::int64_t remaining = std::max<std::int64_t>(reopenAt - now, 0);
    refusing.untilProbeNs.store(reopenAt == kNever ? 0 : remaining, std::memory_order_relaxed);
    const std::int64_t before = stripe.lookedAtNs.load(std::memory_order_relaxed);
    stripe.lookedAtNs.store(now, std::memory_order_relaxed);
    if (m_readCost == base::ReadCost::free || stripe.owner == One::kShared) {
        return;
    }
    // So many refusals as fit into a millisecond, or into a quarter of what remains, at the rate since the last look.
    constexpr std::uint64_t kMost = 64;
    const std::uint64_t count = stripe.rejected.load(std::memory_order_relaxed);
    const auto span = static_cast<std::uint64_t>(std::min<std::int64_t>(1'000'000, remaining / 4));
    const auto elapsed = static_cast<std::uint64_t>(std::max<std::int64_t>(now - before, 1));
    const std::uint64_t since = count - refusing.lookedAtCount.load(std::memory_order_relaxed) + 1;
    const std::uint64_t skip =
        elapsed > 1'000'000'000 ? 1 : std::clamp<std::uint64_t>(since * span / elapsed, 1, kMost);
    refusing.lookedAtCount.store(count, std::memory_order_relaxed);
    refusing.nextLook.store(count + skip + 1, std::memory_order_relaxed);
    refusing.word.store(word.bits(), std::memory_order_relaxed);
}

template <typename Atomics>
Admission Automaton<Atomics>::refuse(One& stripe, RefusalReason reason) noexcept {
    stripe.bump(stripe.rejected);
    const bool timed = reason == RefusalReason::open || reason == RefusalReason::heldOpen;
    return Admission::refuse(reason, timed ? stripe.refusing.untilProbeNs.load(std::memory_order_relaxed) : 0);
}

/// A hold lets it through although the automaton would have refused it.
template <typename Atomics>
Admission Automaton<Atomics>::grantRefused(One& stripe, StateWord word, std::uint32_t flags) noexcept {
    stripe.bump(stripe.wouldReject);
    return grant(stripe, word, flags);
}

template <typename Atomics>
Admission Automaton<Atomics>::grantUnmeasured(One& stripe, StateWord word) noexcept {
    stripe.bump(stripe.permitted);
    return Admission::permit({0, Ticket::stampOf(word.generation(), Ticket::kFree | Ticket::kUnmeasured)});
}

template <typename Atomics>
Admission Automaton<Atomics>::admitSlowly() noexcept {
    One& stripe = seat();
    for (;;) {
        const StateWord word(m_word.load(std::memory_order_acquire));
        const Ruling ruling = word.ruling();
        if (ruling != Ruling::none && m_holdExpires.load(std::memory_order_relaxed) != kNever) {
            if (const std::int64_t now = nowNs(); now >= m_holdExpires.load(std::memory_order_relaxed)) {
                wake(now);
                continue;
            }
        }
        if (ruling == Ruling::forceOpen) {
            scheduleLook(stripe, word, nowNs());
            return refuse(stripe, RefusalReason::heldOpen);
        }
        std::optional<Admission> decided;
        if (ruling == Ruling::disabled) {
            decided = grantUnmeasured(stripe, word);
        } else if (word.state() == domain::State::closed) {
            decided = admitClosed(stripe, word);
        } else if (ruling == Ruling::forceClosed) {
            decided = admitForced(stripe, word);
        } else if (word.state() == domain::State::halfOpen) {
            decided = admitProbe(stripe, word);
        } else if (const std::int64_t now = nowNs(); now >= m_reopenAt.load(std::memory_order_relaxed)) {
            wake(now);
        } else if (ruling == Ruling::metricsOnly) {
            decided = grantRefused(stripe, word, Ticket::kFree);
        } else {
            scheduleLook(stripe, word, now);
            decided = refuse(stripe, RefusalReason::open);
        }
        if (decided) {
            const bool attends = word.attended() && decided->permitted();
            return attends ? Admission::permit(attended(stripe, word, decided->ticket())) : *decided;
        }
    }
}

template <typename Atomics>
std::optional<Admission> Automaton<Atomics>::admitClosed(One& stripe, StateWord word) noexcept {
    const bool refused = word.ramps() && !rampAdmits(nowNs());
    if (refused && word.ruling() == Ruling::none) {
        return refuse(stripe, RefusalReason::rampUp);
    }
    std::uint32_t flags = 0;
    bool full = false;
    if (word.attended() && m_limit.on()) {
        full = !m_limit.take();
        flags = full ? 0U : Ticket::kLimited;
        if (full && word.ruling() == Ruling::none) {
            m_limit.countRefusal();
            return refuse(stripe, RefusalReason::limit);
        }
    }
    return refused || full ? grantRefused(stripe, word, flags) : grant(stripe, word, flags);
}

/// FORCE_CLOSED over OPEN or HALF_OPEN. The automaton stands still, so what it would do is said by its state alone.
template <typename Atomics>
Admission Automaton<Atomics>::admitForced(One& stripe, StateWord word) noexcept {
    const bool probes =
        word.state() == domain::State::halfOpen && word.places() < m_places.load(std::memory_order_relaxed);
    return probes ? grant(stripe, word, Ticket::kFree) : grantRefused(stripe, word, Ticket::kFree);
}

template <typename Atomics>
std::optional<Admission> Automaton<Atomics>::admitProbe(One& stripe, StateWord word) noexcept {
    if (const std::int64_t now = nowNs(); now >= m_halfOpenUntil.load(std::memory_order_relaxed)) {
        wake(now);
        return std::nullopt;
    }
    const std::uint32_t places = m_places.load(std::memory_order_relaxed);
    if (places == UINT32_MAX) {
        return grant(stripe, word, Ticket::kProbe);
    }
    if (word.places() >= places) {
        return word.ruling() == Ruling::metricsOnly ? grantRefused(stripe, word, Ticket::kFree)
                                                    : refuse(stripe, RefusalReason::probesBusy);
    }
    std::uint64_t expected = word.bits();
    // The whole word is compared, so a place is only ever taken in the generation that was looked at, and never one too many.
    if (!m_word.compare_exchange_strong(expected, word.placeTaken().bits(), std::memory_order_acq_rel,
                                        std::memory_order_relaxed)) {
        return std::nullopt;
    }
    return grant(stripe, word, Ticket::kProbe | Ticket::kPlaced);
}

template <typename Atomics>
bool Automaton<Atomics>::rampAdmits(std::int64_t now) noexcept {
    if (now >= m_rampStepEnds.load(std::memory_order_relaxed)) {
        const Locked lock(m_mutex);
        stepRamp(timeOf(now));
    }
    // Spreads the admitted ones evenly: the n-th call passes when n * share crosses a whole number. The first one passes.
    constexpr std::uint64_t kWhole = 1'000'000;
    const std::uint64_t share = m_rampShare.load(std::memory_order_relaxed);
    const std::uint64_t n = m_rampCount.fetch_add(1, std::memory_order_relaxed);
    return (n * share + share + kWhole - 1) / kWhole > (n * share + kWhole - 1) / kWhole;
}

template <typename Atomics>
void Automaton<Atomics>::wake(std::int64_t now) noexcept {
    const Locked lock(m_mutex);
    leaveHalfOpenIfDue(timeOf(now));
    expireHolds(timeOf(now));
    leaveOpenIfDue(timeOf(now));
}

}  // namespace fusebox::breaker
