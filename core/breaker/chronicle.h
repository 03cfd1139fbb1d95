#pragma once
// What happened to a breaker, in order: the last 50 transitions, and the events that nobody drained yet.
// Threads: none of its own; the automaton calls it under its lock.
// Limits: 50 transitions; 256 waiting events, then the oldest are lost and counted.

#include <fusebox/base/time.h>
#include <fusebox/breaker/drained_events.h>
#include <fusebox/domain/event.h>
#include <fusebox/domain/hold.h>
#include <fusebox/domain/ids.h>
#include <fusebox/domain/transition.h>

#include <cstdint>
#include <string>
#include <vector>

namespace fusebox::breaker {

class Chronicle {
public:
    static constexpr std::size_t kTransitions = 50;
    static constexpr std::size_t kEvents = 256;

    explicit Chronicle(domain::BreakerId breaker) : m_breaker(std::move(breaker)) {}

    /// Numbers the transition and keeps it.
    void add(domain::Transition transition);
    void addHold(domain::EventKind kind, const domain::Hold& hold, std::string actor, std::string why,
                 base::WallTime wall);

    /// The hold ends soon: as hold.remaining says.
    void addWarning(const domain::Hold& hold, base::WallTime wall);

    /// Goes on after these, of which the last is number `count`. REQUIRES: nothing was added yet.
    void resume(std::vector<domain::Transition> transitions, std::uint64_t count);

    [[nodiscard]] const std::vector<domain::Transition>& transitions() const { return m_transitions; }
    [[nodiscard]] std::uint64_t count() const { return m_count; }
    [[nodiscard]] DrainedEvents drain();

private:
    void push(domain::Event event);

    domain::BreakerId m_breaker;
    std::vector<domain::Transition> m_transitions;
    std::uint64_t m_count = 0;
    DrainedEvents m_waiting;
};

}  // namespace fusebox::breaker
