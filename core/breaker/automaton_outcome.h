#pragma once
// Automaton: what becomes of outcomes. Included by automaton.cpp and by the interleaving test.

#include <fusebox/breaker/automaton.h>

#include <algorithm>

namespace fusebox::breaker {

template <typename Atomics>
bool Automaton<Atomics>::completeAt(std::int64_t now, Ticket ticket, Outcome outcome,
                                    const domain::ErrorRef& error) noexcept {
    One& stripe = seat();
    if (ticket.is(Ticket::kUnmeasured)) {
        const StateWord word(m_word.load(std::memory_order_acquire));
        finish(stripe, outcome, false);
        return word.orphaned();
    }
    // Before it is collected: a call that ends slow is never counted twice.
    endWatch(stripe, ticket);
    const bool timed = ticket.startNs != 0;
    const std::int64_t took = timed ? std::max<std::int64_t>(now - ticket.startNs, 0) : 0;
    const bool slow = timed && outcome.tells() && took > m_slowLimit.load(std::memory_order_relaxed);
    bool look = turnIfDue(now) && m_evaluateOnAny.load(std::memory_order_relaxed) != 0;
    // Mark before word: see succeed().
    const BucketMark mark = BucketMark::from(m_bucket.load(std::memory_order_acquire));
    const StateWord word(m_word.load(std::memory_order_acquire));
    if (timed && outcome.tells()) {
        if (latency::WindowedRecorder* recorder = stripe.latency()) {
            recorder->record(static_cast<std::uint64_t>(took), m_epoch.load(std::memory_order_relaxed));
        }
    }
    // Before the rules are asked, so that a trip's dossier has this outcome, too.
    const std::uint32_t marks =
        (outcome.kind == OutcomeKind::failure ? OutcomeNote::kFailed : 0U) | (slow ? OutcomeNote::kSlow : 0U);
    note(stripe, OutcomeNote::of(now, timed ? took : -1, marks), error, outcome);
    constexpr std::uint32_t kOutside = Ticket::kFree | Ticket::kProbe;
    if (word.state() == domain::State::closed && word.generation() == ticket.generation() && !ticket.is(kOutside)) {
        look = collect(stripe, mark, ticket.generation(), outcome, slow) || look;
        if (look && outcome.tells()) {
            evaluate(now, ticket.generation());
        }
    } else {
        settle(stripe, mark, ticket, outcome, slow, now);
    }
    if (word.witnessed()) {
        // acquire: pairs with tell(). Before finish(), after which the breaker may be gone.
        m_witness.load(std::memory_order_acquire)
            ->saw(outcome, error, timed ? std::optional(base::Duration(took)) : std::nullopt);
    }
    leave(ticket, outcome, timed && took > m_lateLimit.load(std::memory_order_relaxed));
    finish(stripe, outcome, slow);
    return word.orphaned();
}

template <typename Atomics>
void Automaton<Atomics>::finish(One& stripe, Outcome outcome, bool slow) noexcept {
    if (slow) {
        stripe.bump(stripe.slow);
    }
    // release, and last: who counts this call as completed sees all of it, and may then even destroy the breaker.
    switch (outcome.kind) {
        case OutcomeKind::success:
            stripe.bump(stripe.success);
            break;
        case OutcomeKind::failure:
            stripe.bump(stripe.failuresByCategory[static_cast<std::size_t>(outcome.category)]);
            stripe.bump(stripe.failure);
            break;
        case OutcomeKind::ignored:
            stripe.bump(stripe.ignored);
            break;
        case OutcomeKind::cancelled:
            stripe.bump(stripe.cancelled);
            break;
    }
}

template <typename Atomics>
bool Automaton<Atomics>::succeedSlowly(Ticket ticket) noexcept {
    return complete(ticket, Outcome{});
}

template <typename Atomics>
bool Automaton<Atomics>::succeedAt(std::int64_t now, Ticket ticket) noexcept {
    return completeAt(now, ticket, Outcome{}, nullptr);
}

template <typename Atomics>
bool Automaton<Atomics>::complete(Ticket ticket, Outcome outcome, const domain::ErrorRef& error) noexcept {
    return completeAt(nowNs(), ticket, outcome, error);
}

/// completeAt() for the failure that only has to be counted, as succeed() is for the success.
template <typename Atomics>
inline bool Automaton<Atomics>::failAt(std::int64_t now, Ticket ticket, Outcome outcome,
                                       const domain::ErrorRef& error) noexcept {
    const std::uint64_t mark = m_bucket.load(std::memory_order_acquire);
    const StateWord word(m_word.load(std::memory_order_acquire));
    One* stripe = m_stripes.own();
    Bucket<Atomics>* bucket = stripe != nullptr ? stripe->readyBucket(mark) : nullptr;
    const std::int64_t took = ticket.startNs != 0 ? std::max<std::int64_t>(now - ticket.startNs, 0) : 0;
    if (bucket == nullptr || !word.collects(ticket.stamp) || outcome.kind != OutcomeKind::failure ||
        now >= m_turnAt.load(std::memory_order_relaxed) || took > m_slowLimit.load(std::memory_order_relaxed)) {
        return completeAt(now, ticket, outcome, error);
    }
    if (latency::WindowedRecorder* recorder = stripe->latency(); recorder != nullptr && ticket.startNs != 0) {
        recorder->recordAlone(static_cast<std::uint64_t>(took), m_epoch.load(std::memory_order_relaxed));
    }
    note(*stripe, OutcomeNote::of(now, ticket.startNs != 0 ? took : -1, OutcomeNote::kFailed), error, outcome);
    One::bumpOwned(bucket->calls);
    One::bumpOwned(bucket->failures);
    if (!spendCredit(*stripe)) {
        evaluate(now, ticket.generation());
    }
    One::bumpOwned(stripe->failuresByCategory[static_cast<std::size_t>(outcome.category)]);
    One::bumpOwned(stripe->failure);
    return false;
}

template <typename Atomics>
bool Automaton<Atomics>::fail(Ticket ticket, const domain::ErrorRef& error) noexcept {
    if (error == nullptr) {
        return fail(ticket, domain::Category::unknown);
    }
    const std::int64_t now = nowNs();
    if (error->retryAfter && !ticket.is(Ticket::kUnmeasured)) {
        const std::int64_t until = now + base::Duration(*error->retryAfter).count();
        std::int64_t known = m_retryAfterUntil.load(std::memory_order_relaxed);
        while (known < until && !m_retryAfterUntil.compare_exchange_weak(known, until, std::memory_order_relaxed)) {
        }
    }
    return failAt(now, ticket, m_errorRules.load(std::memory_order_acquire)->judged(*error), error);
}

template <typename Atomics>
bool Automaton<Atomics>::fail(Ticket ticket, domain::Category category) noexcept {
    return failAt(nowNs(), ticket, m_errorRules.load(std::memory_order_acquire)->judged(category), nullptr);
}

template <typename Atomics>
void Automaton<Atomics>::record(Outcome outcome, const domain::ErrorRef& error, base::Duration took) noexcept {
    One& stripe = seat();
    const std::int64_t now = nowNs();
    const StateWord word(m_word.load(std::memory_order_acquire));
    stripe.bump(stripe.permitted);
    const std::int64_t begun = now - std::max(took, base::Duration::zero()).count();
    const std::uint32_t flags = Ticket::kUnasked | (word.ruling() == Ruling::disabled ? Ticket::kUnmeasured : 0U);
    const Ticket ticket{std::max<std::int64_t>(begun, 1), Ticket::stampOf(word.generation(), flags)};
    // Who records holds a reference, so nobody waits for this call to end.
    if (outcome.kind == OutcomeKind::failure) {
        static_cast<void>(fail(ticket, error));
    } else {
        static_cast<void>(complete(ticket, outcome, error));
    }
}

template <typename Atomics>
bool Automaton<Atomics>::collect(One& stripe, BucketMark mark, std::uint32_t generation, Outcome outcome,
                                 bool slow) noexcept {
    const bool asSuccess =
        outcome.kind == OutcomeKind::ignored && m_ignoredIsSuccess.load(std::memory_order_relaxed) != 0;
    if (!outcome.tells() && !asSuccess) {
        return false;
    }
    const bool failed = outcome.kind == OutcomeKind::failure;
    auto& bucket = stripe.bucket(mark);
    // The call before its failure: a reader may miss the failure of a call, never see one without it.
    stripe.bump(bucket.calls);
    if (failed) {
        stripe.bump(bucket.failures);
    }
    if (slow) {
        stripe.bump(bucket.slow);
    }
    const std::uint32_t alert = m_alert.load(std::memory_order_relaxed);
    if ((alert & kRing) != 0) {
        m_ring.record(generation,
                      (failed ? CountRing<Atomics>::kFailed : 0U) | (slow ? CountRing<Atomics>::kSlow : 0U));
    }
    bool look = (alert & kDue) != 0;
    if ((alert & kRun) != 0 && !outcome.soft) {
        if (failed) {
            look = m_trail.extendRun(generation) >= m_runLimit.load(std::memory_order_relaxed) || look;
        } else {
            m_trail.breakRun(generation);
        }
    }
    if ((alert & kAverage) != 0) {
        m_trail.average(generation, failed ? 0.0 : 1.0, m_averageCalls.load(std::memory_order_relaxed));
        look = look || failed;
    }
    return ((failed || slow) && !spendCredit(stripe)) || look;
}

template <typename Atomics>
void Automaton<Atomics>::settle(One& stripe, BucketMark mark, Ticket ticket, Outcome outcome, bool slow,
                                std::int64_t now) noexcept {
    bool count = false;
    std::uint32_t generation = ticket.generation();
    {
        const Locked lock(m_mutex);
        const StateWord word(m_word.load(std::memory_order_relaxed));
        const bool free = ticket.is(Ticket::kFree);
        const bool late = word.generation() != ticket.generation();
        const bool counted = !late || (m_guarded.config().lateResults == LateResults::counted && !free);
        if (counted && word.state() == domain::State::halfOpen && !free) {
            settleProbe(ticket, outcome, slow, timeOf(now));
        } else {
            // Free calls are measured in the window of the state they ran in; a late one is counted where it arrives.
            count = counted && (free || word.state() == domain::State::closed);
            generation = word.generation();
        }
    }
    if (count && collect(stripe, mark, generation, outcome, slow) && !ticket.is(Ticket::kFree)) {
        evaluate(now, generation);
    }
}

template <typename Atomics>
void Automaton<Atomics>::givePlaceBack(Ticket ticket) noexcept {
    if (ticket.is(Ticket::kPlaced) &&
        StateWord(m_word.load(std::memory_order_relaxed)).generation() == ticket.generation()) {
        changeWord([](StateWord word) { return word.placeGivenBack(); });
    }
}

template <typename Atomics>
void Automaton<Atomics>::settleProbe(Ticket ticket, Outcome outcome, bool slow, base::Time now) {
    const CircuitBreakerConfig& config = m_guarded.config();
    const bool asSuccess = outcome.kind == OutcomeKind::ignored && config.ignoredOutcome == IgnoredOutcome::success;
    if (!outcome.tells() && !asSuccess) {
        const bool probe = ticket.is(Ticket::kProbe);
        if (probe && outcome.kind == OutcomeKind::cancelled && config.cancelledProbe == CancelledProbe::reopen) {
            enter(domain::State::open,
                  {.cause = domain::TransitionCause::probesFailed, .reason = "the probe was cancelled"}, now);
        } else {
            givePlaceBack(ticket);
        }
        return;
    }
    const bool failed = outcome.kind == OutcomeKind::failure || (slow && config.halfOpenSlowCallsFail);
    Probes& probes = m_guarded.probes;
    ++(failed ? probes.failed : probes.succeeded);
    probes.slow += slow ? 1 : 0;
    if (config.halfOpenAdmission == HalfOpenAdmission::concurrent) {
        givePlaceBack(ticket);
    }
    judgeProbes(now);
}

template <typename Atomics>
void Automaton<Atomics>::judgeProbes(base::Time now) {
    const CircuitBreakerConfig& config = m_guarded.config();
    const Probes& probes = m_guarded.probes;
    const std::uint32_t done = probes.succeeded + probes.failed;
    bool closes = probes.succeeded >= config.successThreshold;
    bool opens = probes.failed >= config.halfOpenFailureThreshold;
    if (config.halfOpenVerdict == HalfOpenVerdict::rates) {
        const auto share = [done](std::uint32_t part) {
            return static_cast<double>(part) / static_cast<double>(std::max(done, 1U));
        };
        const auto failureLimit =
            config.halfOpenFailureRateThreshold ? config.halfOpenFailureRateThreshold : config.failureRateThreshold;
        const bool decided = done >= config.halfOpenSample;
        opens = decided && ((failureLimit && meets(share(probes.failed), config.failureRateCompare, *failureLimit)) ||
                            (config.slowCallRateThreshold &&
                             meets(share(probes.slow), config.slowCallRateCompare, *config.slowCallRateThreshold)));
        closes = decided && !opens;
    }
    if (opens) {
        enter(domain::State::open, {.cause = domain::TransitionCause::probesFailed}, now);
    } else if (closes) {
        enter(domain::State::closed, {.cause = domain::TransitionCause::probesSucceeded}, now);
    }
}

template <typename Atomics>
inline void Automaton<Atomics>::note(One& stripe, OutcomeNote note, const domain::ErrorRef& error,
                                     Outcome outcome) noexcept {
    if (outcome.kind == OutcomeKind::failure) {
        stripe.notes.failure(stripe.failure.load(std::memory_order_relaxed), note);
    } else if (outcome.kind == OutcomeKind::success && note.took()) {
        stripe.notes.success(stripe.success.load(std::memory_order_relaxed), note);
    }
    if (error != nullptr && m_errors.wants()) {
        m_errors.offer({m_time.clock().wallNow(), note.took().value_or(base::Duration::zero()),
                        outcome.kind == OutcomeKind::failure, error},
                       note);
    }
}

}  // namespace fusebox::breaker
