#pragma once
// The heart: admits calls, takes their outcomes, and moves between CLOSED, OPEN and HALF_OPEN. CircuitBreaker is its face.
//
// One atomic word decides admission; CLOSED calls touch that word (read only) and their thread's own stripe, nothing else.
// Trips, verdicts, holds and commands happen under one lock; the guarded call never does.
//
// Threads: all public functions from any thread.
// Parameter: Atomics gives atomics, lock and thread numbers; StdAtomics in the product, a scheduler in the interleaving test.

#include <fusebox/base/clock_reading.h>
#include <fusebox/base/result.h>
#include <fusebox/breaker/atomics.h>
#include <fusebox/breaker/circuit_breaker_config.h>
#include <fusebox/breaker/concurrency_limit.h>
#include <fusebox/breaker/count_ring.h>
#include <fusebox/breaker/error_ring.h>
#include <fusebox/breaker/error_rules.h>
#include <fusebox/breaker/outcome_trail.h>
#include <fusebox/breaker/state_word.h>
#include <fusebox/breaker/stripes.h>
#include <fusebox/breaker/ticket.h>
#include <fusebox/breaker/trip_rules.h>
#include <fusebox/breaker/under_lock.h>
#include <fusebox/breaker/witness.h>
#include <fusebox/domain/saved_breaker.h>
#include <fusebox/domain/snapshot.h>
#include <fusebox/latency/histogram.h>
#include <fusebox/latency/mark.h>

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace fusebox::breaker {

/// Why a state changes.
struct Push {
    domain::TransitionCause cause = domain::TransitionCause::tripRule;
    std::optional<domain::TripReason> trip{};
    std::string actor{};
    std::string reason{};
    std::optional<base::Duration> wait{};  ///< of an OPEN to come, instead of the configured one
};

/// What the watch tells of the calls in flight.
struct FlightAges {
    bool watched = false;
    std::uint64_t calls = 0;
    std::uint64_t slow = 0;
    std::optional<base::Duration> oldest{};  ///< at least
};

template <typename Atomics>
class Automaton {
public:
    template <typename Value>
    using Atomic = typename Atomics::template Atomic<Value>;
    using One = Stripe<Atomics>;

    /// REQUIRES: the configuration is valid; the clock outlives this.
    Automaton(domain::BreakerId breaker, CircuitBreakerConfig config, const base::Clock& clock);

    // --- calls ---

    /// Inlined, as succeed() is: a call and a return would cost as much as the rest.
    [[nodiscard, gnu::always_inline]] Admission admit() noexcept {
        // acquire: who sees CLOSED in a generation sees the window that was cleared for it.
        const StateWord word(m_word.load(std::memory_order_acquire));
        if (One* stripe = m_stripes.own()) [[likely]] {
            if (word.plainClosed()) [[likely]] {
                return ticketed(*stripe, word, One::bumpOwned(stripe->permitted), 0);
            }
            if (word.bits() == stripe->refusing.word.load(std::memory_order_relaxed)) {
                const std::uint64_t count = stripe->rejected.load(std::memory_order_relaxed) + 1;
                if (count < stripe->refusing.nextLook.load(std::memory_order_relaxed)) {
                    stripe->rejected.store(count, std::memory_order_relaxed);
                    return stripe->refusing.answer(word);
                }
            }
        }
        return admitSlowly();
    }

    // Completions tell whether only permits keep the breaker alive; then nothing of it may be touched afterwards.

    [[nodiscard, gnu::always_inline]] bool succeed(Ticket ticket) noexcept {
        // The mark is read before the word: if the word still shows the ticket's generation, the mark is of its window or an older
        // one, never of a window that was cleared later.
        const std::uint64_t mark = m_bucket.load(std::memory_order_acquire);
        const StateWord word(m_word.load(std::memory_order_acquire));
        One* stripe = m_stripes.own();
        if (stripe == nullptr || !word.collects(ticket.stamp)) [[unlikely]] {
            return succeedSlowly(ticket);
        }
        Bucket<Atomics>* bucket = stripe->readyBucket(mark);
        if (bucket == nullptr) [[unlikely]] {
            return succeedSlowly(ticket);
        }
        if (ticket.startNs != 0) {
            const std::int64_t now = nowNs();
            const std::int64_t took = now - ticket.startNs;
            if (now >= m_turnAt.load(std::memory_order_relaxed) || took > m_slowLimit.load(std::memory_order_relaxed))
                [[unlikely]] {
                return succeedAt(now, ticket);
            }
            if (latency::WindowedRecorder* recorder = stripe->latency()) {
                recorder->recordAlone(static_cast<std::uint64_t>(took > 0 ? took : 0),
                                      m_epoch.load(std::memory_order_relaxed));
            }
            stripe->notes.success(stripe->success.load(std::memory_order_relaxed), OutcomeNote::of(now, took, 0));
        }
        One::bumpOwned(bucket->calls);
        // release: the last thing that a completion does; who counts it as completed sees all of it.
        One::bumpOwned(stripe->success);
        return false;
    }

    /// The call has ended and took so long, as the caller measured; its outcome comes with the ticket that this gives.
    [[nodiscard]] Ticket measured(Ticket ticket, base::Duration took) noexcept;

    [[nodiscard]] bool complete(Ticket ticket, Outcome outcome, const domain::ErrorRef& error = nullptr) noexcept;
    /// A failure as the configuration sees it: perhaps ignored, perhaps soft.
    [[nodiscard]] bool fail(Ticket ticket, const domain::ErrorRef& error) noexcept;
    [[nodiscard]] bool fail(Ticket ticket, domain::Category category) noexcept;
    /// The outcome of a call that ran without a ticket.
    void record(Outcome outcome, const domain::ErrorRef& error, base::Duration took) noexcept;

    // --- operating ---

    base::Result<void> trip(Push push);
    base::Result<void> reset(Push push);
    base::Result<void> probeNow(Push push);
    base::Result<domain::HoldId> hold(domain::HoldMode mode, std::string who, std::string why,
                                      std::optional<base::Duration> duration);
    base::Result<void> release(domain::HoldId hold, std::string who, std::string why);
    base::Result<std::size_t> releaseAllOf(const std::string& owner, std::string who, std::string why);
    /// REQUIRES: the configuration is valid.
    base::Result<void> reconfigure(CircuitBreakerConfig config, std::optional<std::uint64_t> seenRevision);
    /// Shrinks the concurrency limit to a share of itself, or sets one for now where there is none. Gives the new limit.
    base::Result<std::uint32_t> reduceLoad(double share);
    void noteChange();
    void tick();

    // --- surviving a restart, automaton_restore.h ---

    /// All but id and target.
    [[nodiscard]] domain::SavedBreaker save() const;
    base::Result<void> restore(const domain::SavedBreaker& saved);

    // --- watching ---

    [[nodiscard]] StateWord word() const noexcept { return StateWord(m_word.load(std::memory_order_acquire)); }
    [[nodiscard]] domain::Totals totals() const { return m_stripes.totals(); }
    /// All but the identity.
    [[nodiscard]] domain::Snapshot snapshot() const;
    void addLatencyTo(latency::Histogram& sum) const;
    [[nodiscard]] latency::DurationCounts durations() const;
    [[nodiscard]] latency::Histogram latencySince(latency::Mark& mark) const;
    [[nodiscard]] CircuitBreakerConfig config() const;
    [[nodiscard]] DrainedEvents drainEvents();
    [[nodiscard]] std::size_t bytes() const;
    [[nodiscard]] Tally::Sums tally(base::Time now) const;
    [[nodiscard]] bool wantsProbe() const noexcept;
    /// Snapshot::revision at the last change of the configuration.
    [[nodiscard]] std::uint64_t configRevision() const;
    [[nodiscard]] base::Result<void> unchangedSince(std::optional<std::uint64_t> seenRevision) const;
    [[nodiscard]] base::Time now() const noexcept { return m_time.clock().now(); }
    [[nodiscard]] const base::Clock& clock() const noexcept { return m_time.clock(); }

    /// The witness is told of all outcomes from now on, or of none any more. REQUIRES: always the same one; it outlives this.
    void tell(Witness& witness);
    void tellNobody();

    /// No one refers to the breaker any more but permits.
    void orphan() noexcept;
    [[nodiscard]] bool idle() const noexcept { return totals().inFlight == 0; }

private:
    static constexpr std::int64_t kNever = INT64_MAX;

    enum Alert : std::uint32_t { kRing = 1, kRun = 2, kAverage = 4, kDue = 8 };

    using Locked = std::unique_lock<typename Atomics::Mutex>;

    [[nodiscard, gnu::always_inline]] std::int64_t nowNs() const noexcept { return m_time.nowNs(); }
    static base::Time timeOf(std::int64_t ns) noexcept { return base::Time(base::Duration(ns)); }

    // Admission, automaton_admission.h
    [[nodiscard]] Admission grant(One& stripe, StateWord word, std::uint32_t flags) noexcept {
        return ticketed(stripe, word, stripe.bump(stripe.permitted), flags);
    }
    [[nodiscard]] Admission ticketed(One& stripe, StateWord word, std::uint64_t count, std::uint32_t flags) noexcept {
        Ticket ticket{0, Ticket::stampOf(word.generation(), flags)};
        if (count >= stripe.nextTimed.load(std::memory_order_relaxed)) {
            if (m_timingInterval.load(std::memory_order_relaxed) <= 1) {
                ticket.startNs = nowNs();
            } else {
                ticket = sampled(stripe, count, ticket);
            }
        }
        return Admission::permit(ticket);
    }
    [[nodiscard]] Admission grantRefused(One& stripe, StateWord word, std::uint32_t flags) noexcept;
    [[nodiscard]] Admission grantUnmeasured(One& stripe, StateWord word) noexcept;
    [[nodiscard]] Ticket sampled(One& stripe, std::uint64_t count, Ticket ticket) noexcept;
    [[nodiscard, gnu::noinline]] Admission admitSlowly() noexcept;
    [[nodiscard]] std::optional<Admission> admitClosed(One& stripe, StateWord word) noexcept;
    [[nodiscard]] Admission admitForced(One& stripe, StateWord word) noexcept;
    [[nodiscard]] std::optional<Admission> admitProbe(One& stripe, StateWord word) noexcept;
    [[nodiscard]] Admission refuse(One& stripe, RefusalReason reason) noexcept;
    [[nodiscard]] bool rampAdmits(std::int64_t now) noexcept;
    void scheduleLook(One& stripe, StateWord word, std::int64_t now) noexcept;
    [[nodiscard]] One& seat() noexcept;
    void equip(One& stripe);
    [[nodiscard]] bool sharedIsBusy() noexcept;
    void wake(std::int64_t now) noexcept;

    // Outcomes, automaton_outcome.h
    [[nodiscard, gnu::always_inline]] bool failAt(std::int64_t now, Ticket ticket, Outcome outcome,
                                                  const domain::ErrorRef& error) noexcept;
    [[nodiscard, gnu::noinline]] bool succeedSlowly(Ticket ticket) noexcept;
    [[nodiscard, gnu::noinline]] bool succeedAt(std::int64_t now, Ticket ticket) noexcept;
    bool completeAt(std::int64_t now, Ticket ticket, Outcome outcome, const domain::ErrorRef& error) noexcept;
    [[nodiscard]] bool collect(One& stripe, BucketMark mark, std::uint32_t generation, Outcome outcome,
                               bool slow) noexcept;
    void settle(One& stripe, BucketMark mark, Ticket ticket, Outcome outcome, bool slow, std::int64_t now) noexcept;
    void settleProbe(Ticket ticket, Outcome outcome, bool slow, base::Time now);
    void givePlaceBack(Ticket ticket) noexcept;
    void judgeProbes(base::Time now);
    void finish(One& stripe, Outcome outcome, bool slow) noexcept;
    [[gnu::always_inline]] void note(One& stripe, OutcomeNote note, const domain::ErrorRef& error,
                                     Outcome outcome) noexcept;

    // Calls that are looked after, automaton_attended.h
    [[nodiscard]] Ticket attended(One& stripe, StateWord word, Ticket ticket) noexcept;
    void leave(Ticket ticket, Outcome outcome, bool late) noexcept;
    void applyLimit() noexcept;
    [[nodiscard]] std::optional<domain::LimitStanding> limitStanding() const;
    void endWatch(One& stripe, Ticket ticket) noexcept;
    void applyWatch() noexcept;
    void beginWatchEra(std::uint32_t shift) noexcept;
    void applyAttention() noexcept;
    [[nodiscard]] FlightAges flightAges() const noexcept;

    // Window and rules, automaton_rules.h
    [[nodiscard]] bool turnIfDue(std::int64_t now) noexcept;
    void turn(base::Time now);
    void publish(BucketMark mark) noexcept;
    void setAlert(std::uint32_t alert) noexcept;
    void publishTurn(base::Time now) noexcept;
    [[nodiscard]] WindowCounts countsOf(const BucketWindow::Frame& frame) const;
    struct Gathered {
        Evidence evidence;
        std::int64_t lastSuccessLeaves;  ///< when the last success leaves total_outage_span
    };
    [[nodiscard]] Gathered gather(base::Time now) const;
    void evaluate(std::int64_t now, std::uint32_t generation) noexcept;
    void allow(One& stripe, std::uint64_t unasked) noexcept;
    [[nodiscard]] bool spendCredit(One& stripe) noexcept;
    void letNextOutcomeAsk() noexcept;
    [[nodiscard]] std::uint64_t badSoFar() const noexcept;

    // Transitions and deadlines, automaton_transitions.h; commands, holds and time, automaton_operate.h
    void enter(domain::State to, Push push, base::Time now);
    void prepareOpen(domain::State from, const Push& push, base::Time now);
    void prepareClosed(std::uint32_t generation, domain::State from, const Push& push, base::Time now);
    void publishDeadlines() noexcept;
    void applyConfig();
    void applyErrorRules();
    void reshapeWindow(base::Time now);
    void applyRuling(Ruling ruling) noexcept;
    void warnOfExpiry(base::Time now);
    void expireHolds(base::Time now);
    void leaveOpenIfDue(base::Time now);
    void leaveHalfOpenIfDue(base::Time now);
    void stepRamp(base::Time now);
    void released(const std::vector<domain::Hold>& holds, const std::string& who, const std::string& why);
    [[nodiscard]] base::Result<void> refuseIfHeld() const;
    [[nodiscard]] base::Result<void> refuseIfChanged(std::optional<std::uint64_t> seenRevision) const;

    // Surviving a restart, automaton_restore.h
    void resumeState(domain::State to, const domain::SavedBreaker& saved, base::Duration away, base::Time now);
    void resumeOpen(const domain::SavedBreaker& saved, base::Duration away, base::Time now);
    void resumeClosed(const domain::SavedBreaker& saved, base::Duration away, base::Time now);
    void resumeRing(const std::vector<domain::WindowSlice>& slices);
    void resumeHolds(const domain::SavedBreaker& saved, base::Duration away, base::Time now);

    void changeWord(auto change) noexcept {
        std::uint64_t old = m_word.load(std::memory_order_relaxed);
        // release: who acquires the new word sees all that was prepared for it. Only places can change under the lock's eyes.
        while (!m_word.compare_exchange_weak(old, change(StateWord(old)).bits(), std::memory_order_acq_rel,
                                             std::memory_order_relaxed)) {
        }
    }

    // The page on a trip, automaton_dossier.h
    [[nodiscard]] domain::Dossier dossier(base::Time now) const;
    [[nodiscard]] std::vector<domain::WindowSlice> slices(base::Time now) const;
    [[nodiscard]] std::vector<domain::PastOutcome> lastOutcomes(base::Time now) const;

    // Watching, automaton_watch.h
    [[nodiscard]] domain::LatencyMetrics latencyMetrics(base::Time now, base::Duration metricsWindow,
                                                        latency::Precision precision) const;
    [[nodiscard]] domain::WindowMetrics windowMetrics(const Evidence& evidence) const;
    void describeState(domain::Snapshot& into, StateWord word, base::Time now) const;
    [[nodiscard]] domain::RampProgress rampProgress(base::Time now) const;
    /// All but the number of calls.
    [[nodiscard]] domain::InFlight inFlight() const;
    [[nodiscard]] std::shared_ptr<const domain::Detail> detail() const;
    [[nodiscard]] std::uint32_t epochOf(base::Time now, base::Duration metricsWindow) const noexcept {
        return static_cast<std::uint32_t>(now.time_since_epoch() / metricsWindow);
    }

    const base::FastClock m_time;
    const base::ReadCost m_readCost;
    Atomic<std::uint64_t> m_sharedSeen{0};
    Atomic<std::int64_t> m_sharedSeenAt{0};
    Atomic<std::int64_t> m_retryAfterUntil{0};

    // Read by every call, written seldom.
    alignas(64) Atomic<std::uint64_t> m_word{0};
    Atomic<std::uint64_t> m_bucket{0};
    Atomic<std::int64_t> m_turnAt{INT64_MIN};
    Atomic<std::int64_t> m_slowLimit{kNever};
    Atomic<std::uint32_t> m_alert{0};
    Atomic<std::uint32_t> m_epoch{0};
    Atomic<std::uint32_t> m_timingInterval{1};
    Atomic<std::uint32_t> m_creditEpoch{1};
    mutable Stripes<Atomics> m_stripes;

    // Read while refusing, probing, failing, or looking after a call.
    Atomic<std::uint64_t> m_watch{0};  ///< a WatchMark
    ConcurrencyLimit<Atomics> m_limit;
    Atomic<std::int64_t> m_lateLimit{kNever};    ///< a call that takes longer shrinks an adaptive limit
    Atomic<std::int64_t> m_reopenAt{kNever};     ///< when a refusing state may end
    Atomic<std::int64_t> m_holdExpires{kNever};  ///< the next hold to expire
    Atomic<std::int64_t> m_halfOpenUntil{kNever};
    Atomic<std::uint32_t> m_places{1};
    Atomic<std::uint32_t> m_runLimit{0};
    Atomic<std::uint32_t> m_averageCalls{0};
    Atomic<std::uint32_t> m_evaluateOnAny{0};
    Atomic<const ErrorRules*> m_errorRules{nullptr};
    Atomic<std::uint32_t> m_ignoredIsSuccess{0};
    Atomic<std::uint32_t> m_rampShare{1'000'000};  ///< parts of a million
    Atomic<std::uint64_t> m_rampCount{0};
    Atomic<std::int64_t> m_rampStepEnds{kNever};

    std::atomic<Witness*> m_witness{nullptr};

    CountRing<Atomics> m_ring;
    OutcomeTrail<Atomics> m_trail;
    mutable ErrorRing m_errors;

    mutable typename Atomics::Mutex m_mutex;
    mutable UnderLock m_guarded;
};

extern template class Automaton<StdAtomics>;

}  // namespace fusebox::breaker
