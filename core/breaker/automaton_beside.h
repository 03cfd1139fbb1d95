#pragma once
// Automaton: what others are told who run beside it. Included by automaton.cpp.

#include <fusebox/breaker/automaton.h>

namespace fusebox::breaker {

template <typename Atomics>
Tally::Sums Automaton<Atomics>::tally(base::Time now) const {
    const Locked lock(m_mutex);
    return m_guarded.tally.sums(StateWord(m_word.load(std::memory_order_relaxed)).state(), now);
}

template <typename Atomics>
bool Automaton<Atomics>::wantsProbe() const noexcept {
    // A look at a moment: what follows from it asks for a permit, which decides.
    const StateWord word(m_word.load(std::memory_order_acquire));
    if (word.state() == domain::State::closed || word.standsStill()) {
        return false;
    }
    return word.state() == domain::State::open ? nowNs() >= m_reopenAt.load(std::memory_order_relaxed)
                                               : word.places() < m_places.load(std::memory_order_relaxed);
}

template <typename Atomics>
std::uint64_t Automaton<Atomics>::configRevision() const {
    const Locked lock(m_mutex);
    return m_guarded.configRevision;
}

template <typename Atomics>
base::Result<void> Automaton<Atomics>::unchangedSince(std::optional<std::uint64_t> seenRevision) const {
    const Locked lock(m_mutex);
    return refuseIfChanged(seenRevision);
}

template <typename Atomics>
void Automaton<Atomics>::tell(Witness& witness) {
    // release: who sees the word sees the witness; it stays for good, so a late reader of the word finds it, too.
    m_witness.store(&witness, std::memory_order_release);
    const Locked lock(m_mutex);
    changeWord([](StateWord word) { return word.asWitnessed(); });
}

template <typename Atomics>
void Automaton<Atomics>::tellNobody() {
    const Locked lock(m_mutex);
    changeWord([](StateWord word) { return word.asUnwitnessed(); });
}

}  // namespace fusebox::breaker
