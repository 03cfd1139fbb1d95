#pragma once
// Automaton: everything known at a trip, frozen. Included by automaton.cpp and by the interleaving test.

#include <fusebox/breaker/automaton.h>

#include <algorithm>

namespace fusebox::breaker {

/// REQUIRES: before the state changes. What the trip leads to is filled in by who makes it.
template <typename Atomics>
domain::Dossier Automaton<Atomics>::dossier(base::Time now) const {
    [[maybe_unused]] const typename Atomics::Glance glance;
    const UnderLock& guarded = m_guarded;
    const CircuitBreakerConfig& config = guarded.config();
    const bool closed = StateWord(m_word.load(std::memory_order_relaxed)).state() == domain::State::closed;
    const Evidence evidence = gather(now).evidence;
    domain::Dossier made;
    made.standings = standings(config, evidence);
    made.window = windowMetrics(evidence);
    made.slices = slices(now);
    made.lastOutcomes = lastOutcomes(now);
    made.latency = latencyMetrics(now, config.metricsWindow, static_cast<latency::Precision>(config.latencyPrecision));
    made.totals = totals();
    for (std::size_t i = 0; i < domain::kCategoryCount; ++i) {
        made.failuresByCategory[i] = made.totals.failuresByCategory[i] - guarded.atClose.failuresByCategory[i];
    }
    made.inFlight = inFlight();
    made.inFlight.calls = made.totals.inFlight;
    made.timeInClosed = closed ? now - guarded.since : base::Duration::zero();
    for (domain::WindowSlice& slice : made.slices) {
        if (slice.span == base::Duration::zero()) {
            slice.age = slice.span = made.timeInClosed;  // a window that time does not empty
        }
    }
    const auto ended = [](const domain::Totals& totals) { return totals.success + totals.failure; };
    const bool byTime = made.window.span > base::Duration::zero() && made.window.span < made.timeInClosed;
    const base::Duration over = byTime ? made.window.span : made.timeInClosed;
    const std::uint64_t calls = byTime ? made.window.calls : ended(made.totals) - ended(guarded.atClose);
    made.callsPerSecond =
        over > base::Duration::zero() ? static_cast<double>(calls) / std::chrono::duration<double>(over).count() : 0.0;
    return made;
}

template <typename Atomics>
std::vector<domain::PastOutcome> Automaton<Atomics>::lastOutcomes(base::Time now) const {
    constexpr std::size_t kMost = 32;
    const std::int64_t at = now.time_since_epoch().count();
    std::vector<OutcomeNote> notes;
    m_stripes.forEach([&](One& stripe) { stripe.notes.each([&](OutcomeNote note) { notes.push_back(note); }); });
    std::stable_sort(notes.begin(), notes.end(), [at](OutcomeNote a, OutcomeNote b) { return a.age(at) > b.age(at); });
    notes.erase(notes.begin(), notes.end() - static_cast<std::ptrdiff_t>(std::min(notes.size(), kMost)));
    std::vector<ErrorRing::Kept> errors = m_errors.kept();
    std::vector<domain::PastOutcome> outcomes;
    for (const OutcomeNote note : notes) {
        outcomes.push_back({note.age(at), note.took(), note.failed(), note.slow(), nullptr});
        const auto brought = std::find_if(errors.begin(), errors.end(), [note](const ErrorRing::Kept& kept) {
            return kept.error.error != nullptr && kept.note.bits() == note.bits();
        });
        if (brought != errors.end()) {
            outcomes.back().error = std::move(brought->error.error);  // no other outcome has it too
        }
    }
    return outcomes;
}

}  // namespace fusebox::breaker
