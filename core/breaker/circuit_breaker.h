#pragma once
// The state machine that guards the calls to one dependency: counts outcomes, opens when a trip rule fires, probes,
// closes again.
//
//     auto acquired = breaker->tryAcquire();
//     if (!acquired) { return refuse(acquired.refusal()); }
//     auto permit = std::move(acquired).permit();
//     ... the call ...
//     permit.success();   // or failure(error), ignore(), cancel()
//
// Threads: all functions from any thread. The guarded call never runs under a lock.
// Time: decides by the Clock's monotonic time; a wait that is over is noticed by the next call, or by tick().
// Lifetime: shared; permits keep it alive. The Clock must outlive all permits.

#include <fusebox/base/clock.h>
#include <fusebox/base/result.h>
#include <fusebox/breaker/automaton.h>
#include <fusebox/breaker/call_result.h>
#include <fusebox/breaker/circuit_breaker_config.h>
#include <fusebox/breaker/drained_events.h>
#include <fusebox/breaker/permit.h>
#include <fusebox/breaker/shadow.h>
#include <fusebox/domain/event.h>
#include <fusebox/domain/saved_breaker.h>
#include <fusebox/domain/snapshot.h>

#include <concepts>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

namespace fusebox::breaker {

class CircuitBreaker {
public:
    /// Errors: invalidInput if the configuration is not valid or the identity has no id.
    [[nodiscard]] static base::Result<std::shared_ptr<CircuitBreaker>> create(domain::Identity identity,
                                                                              CircuitBreakerConfig config,
                                                                              const base::Clock& clock);

    CircuitBreaker(const CircuitBreaker&) = delete;
    CircuitBreaker& operator=(const CircuitBreaker&) = delete;

    // --- guarding calls ---

    [[nodiscard, gnu::always_inline]] Acquired tryAcquire() noexcept { return {this, m_automaton.admit()}; }

    /// Runs f under a permit. f returns a value (success), or tl::expected with domain::Error or domain::ErrorRef as
    /// its error. An exception counts as failure and is thrown on.
    template <std::invocable F>
    [[nodiscard]] auto call(F&& f) -> CallResult<std::invoke_result_t<F>>;

    /// The outcome of a call that ran without a permit.
    void recordSuccess(base::Duration took) noexcept;
    void recordFailure(const domain::ErrorRef& error, base::Duration took) noexcept;
    void recordIgnored(base::Duration took) noexcept;

    // --- operating ---
    // Errors: conflict if a hold other than METRICS_ONLY rules (release it first), or if the state does not allow
    // it.

    /// Opens it now; waits as configured, or for the given duration.
    base::Result<void> trip(std::string actor, std::string reason, std::optional<base::Duration> duration = {});
    /// Closes it now with an empty window.
    base::Result<void> reset(std::string actor, std::string reason);
    /// OPEN -> HALF_OPEN now.
    base::Result<void> probeNow(std::string actor, std::string reason);

    /// Errors: invalidInput for a duration that is not positive, limitReached at 64 holds.
    base::Result<domain::HoldId> hold(domain::HoldMode mode, std::string who, std::string why,
                                      std::optional<base::Duration> duration = {});
    /// Errors: notFound.
    base::Result<void> release(domain::HoldId hold, std::string who, std::string why);
    /// All holds of `owner`; gives their number. Errors: notFound if there are none.
    base::Result<std::size_t> releaseAllOf(const std::string& owner, std::string who, std::string why);

    /// Takes a new configuration; window and state stay. Errors: invalidInput; conflict if `seenRevision` is given and
    /// the configuration has changed since that Snapshot::revision.
    base::Result<void> reconfigure(CircuitBreakerConfig config, std::optional<std::uint64_t> seenRevision = {});

    /// Errors: conflict if the configuration has changed since that Snapshot::revision.
    [[nodiscard]] base::Result<void> unchangedSince(std::optional<std::uint64_t> seenRevision) const;

    /// Runs a candidate configuration beside the live one, see Shadow and Snapshot::shadow; takes the place of another
    /// candidate. Errors: invalidInput.
    base::Result<void> shadow(CircuitBreakerConfig candidate, std::string owner);
    /// Errors: notFound if there is no candidate.
    base::Result<void> endShadow();

    /// Something was changed that belongs to it but lies outside, as the way its errors are handled: Snapshot::revision
    /// tells that one should look again.
    void noteChange() { m_automaton.noteChange(); }

    /// Lets at most this share (above 0, below 1) of the calls pass at once that the concurrency limit allows now; where
    /// there is none, of those that are in flight now. It grows back as successes come. Gives the new limit.
    /// Errors: invalidInput.
    base::Result<std::uint32_t> reduceLoad(double share);

    /// Expiry of holds, half_open_timeout, automatic half-open. The collector calls it about ten times a second.
    void tick();

    // --- surviving a restart of the program ---

    [[nodiscard]] domain::SavedBreaker save() const;
    /// Goes on where the saved one stood: OPEN with what is left of its wait, HALF_OPEN as OPEN whose next call is a
    /// probe, CLOSED with what has not left its window since. Holds go on, too; one whose time has passed ends as any
    /// other, by HALF_OPEN. Totals, latencies and errors begin anew. Errors: conflict if it is in use already or of
    /// another id or target, invalidInput.
    base::Result<void> restore(const domain::SavedBreaker& saved);

    // --- watching; never changes anything ---

    [[nodiscard]] domain::State state() const noexcept;
    [[nodiscard]] std::optional<domain::HoldMode> heldAs() const noexcept;
    /// A call now would be a probe: OPEN and its wait is over, or HALF_OPEN with a probe to give. Not while a hold makes
    /// the automaton stand still.
    [[nodiscard]] bool wantsProbe() const noexcept;
    [[nodiscard]] domain::Snapshot snapshot() const;
    /// Adds the latencies of the metrics window, for percentiles over several breakers.
    void addLatencyTo(latency::Histogram& sum) const;
    /// Of its calls since it was made, or since the precision of its timing was changed.
    [[nodiscard]] latency::DurationCounts durations() const { return m_automaton.durations(); }
    /// The latencies that were recorded since the reader of the mark looked last.
    [[nodiscard]] latency::Histogram latencySince(latency::Mark& mark) const;
    [[nodiscard]] const domain::Identity& identity() const noexcept;
    [[nodiscard]] CircuitBreakerConfig config() const;

    /// Transitions and holds since the last call. One reader. Limits: 256 events wait, then the oldest are lost and
    /// counted.
    [[nodiscard]] DrainedEvents drainEvents();

    /// Asks the processor to fetch what snapshot() will read, without waiting for it.
    void prefetch() const noexcept;

    /// Memory in use, without names and texts.
    [[nodiscard]] std::size_t bytes() const;

private:
    friend class Permit;
    CircuitBreaker(domain::Identity identity, CircuitBreakerConfig config, const base::Clock& clock);
    ~CircuitBreaker() = default;

    /// Deletes breakers that nobody refers to once their last call has ended.
    class Graveyard;
    static Graveyard& graveyard();
    static void sweep() noexcept;

    [[nodiscard]] Shadow::Live live() const;

    std::shared_ptr<const domain::Identity> m_identity;
    ShadowPlace m_shadow;  ///< before the automaton, which tells it of outcomes
    Automaton<StdAtomics> m_automaton;
};

inline Permit& Permit::operator=(Permit&& other) noexcept {
    if (this != &other) {
        cancel();
        m_breaker = std::exchange(other.m_breaker, nullptr);
        m_ticket = other.m_ticket;
    }
    return *this;
}

[[gnu::always_inline]] inline void Permit::success() noexcept {
    CircuitBreaker* breaker = std::exchange(m_breaker, nullptr);
    if (breaker != nullptr && breaker->m_automaton.succeed(m_ticket)) {
        CircuitBreaker::sweep();
    }
}

inline void Permit::failure(const domain::ErrorRef& error) noexcept {
    CircuitBreaker* breaker = std::exchange(m_breaker, nullptr);
    if (breaker != nullptr && breaker->m_automaton.fail(m_ticket, error)) {
        CircuitBreaker::sweep();
    }
}

template <std::invocable F>
auto CircuitBreaker::call(F&& f) -> CallResult<std::invoke_result_t<F>> {
    using Returned = std::invoke_result_t<F>;
    Acquired acquired = tryAcquire();
    if (!acquired) {
        return tl::make_unexpected(CallError{acquired.refusal(), nullptr});
    }
    Permit& permit = acquired.permit();
    try {
        if constexpr (CallTraits<Returned>::kIsExpected) {
            Returned returned = std::invoke(std::forward<F>(f));
            if (!returned) {
                domain::ErrorRef error = asErrorRef(std::move(returned.error()));
                permit.failure(error);
                return tl::make_unexpected(CallError{std::nullopt, std::move(error)});
            }
            permit.success();
            if constexpr (std::is_void_v<typename CallTraits<Returned>::Value>) {
                return {};
            } else {
                return std::move(*returned);
            }
        } else if constexpr (std::is_void_v<Returned>) {
            std::invoke(std::forward<F>(f));
            permit.success();
            return {};
        } else {
            Returned returned = std::invoke(std::forward<F>(f));
            permit.success();
            return returned;
        }
    } catch (const std::exception& exception) {
        permit.failure(asError(exception));
        throw;
    } catch (...) {
        permit.failure(currentExceptionAsError());
        throw;
    }
}

}  // namespace fusebox::breaker
