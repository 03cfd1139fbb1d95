#pragma once
// Automaton: what happens to a call beyond being counted: it takes a place of the concurrency limit, and its age is watched. Included
// by automaton.cpp and by the interleaving test. Only breakers with a concurrency limit or a slow-call rate pay for it.

#include <fusebox/breaker/automaton.h>

#include <algorithm>
#include <array>

namespace fusebox::breaker {

template <typename Atomics>
Ticket Automaton<Atomics>::attended(One& stripe, StateWord word, Ticket ticket) noexcept {
    if (ticket.is(Ticket::kUnmeasured)) {
        return ticket;
    }
    // Probes and what a hold lets through pass in any case; they are in flight all the same.
    if (!ticket.is(Ticket::kLimited) && m_limit.on()) {
        m_limit.takeAnyway();
        ticket.stamp |= Ticket::kLimited;
    }
    const WatchMark mark = WatchMark::from(m_watch.load(std::memory_order_relaxed));
    StartWatch<Atomics>* watch = stripe.watch();
    if (word.state() == domain::State::closed && mark.on() && watch != nullptr && ticket.startNs != 0) {
        watch->begin(mark, ticket.startNs);
        ticket = ticket.watchedIn(mark.era);
    }
    return ticket;
}

template <typename Atomics>
void Automaton<Atomics>::leave(Ticket ticket, Outcome outcome, bool late) noexcept {
    using Lesson = typename ConcurrencyLimit<Atomics>::Lesson;
    if (!ticket.is(Ticket::kLimited)) {
        return;
    }
    Lesson lesson = Lesson::none;
    if (outcome.tells()) {
        lesson = late || outcome.kind == OutcomeKind::failure ? Lesson::bad : Lesson::good;
    }
    m_limit.learn(lesson);
    m_limit.giveBack();
}

template <typename Atomics>
void Automaton<Atomics>::endWatch(One& stripe, Ticket ticket) noexcept {
    const WatchMark mark = WatchMark::from(m_watch.load(std::memory_order_relaxed));
    StartWatch<Atomics>* watch = stripe.watch();
    if (ticket.is(Ticket::kWatched) && ticket.watchEra() == mark.era && watch != nullptr) {
        watch->end(mark, ticket.startNs);
    }
}

template <typename Atomics>
Ticket Automaton<Atomics>::measured(Ticket ticket, base::Duration took) noexcept {
    const std::int64_t now = nowNs();
    endWatch(seat(), ticket);
    const std::int64_t begun = now - std::max(took, base::Duration::zero()).count();
    return {std::max<std::int64_t>(begun, 1), ticket.stamp & ~static_cast<std::uint64_t>(Ticket::kWatched)};
}

template <typename Atomics>
void Automaton<Atomics>::applyWatch() noexcept {
    const WatchMark before = WatchMark::from(m_watch.load(std::memory_order_relaxed));
    const std::uint32_t shift = WatchMark::shiftFor(m_guarded.config().slowCallDuration.count());
    if (!m_guarded.config().slowCallRateThreshold) {
        m_watch.store(0, std::memory_order_relaxed);
    } else if (!before.on() || before.shift != shift) {
        beginWatchEra(shift);
    }
}

template <typename Atomics>
void Automaton<Atomics>::beginWatchEra(std::uint32_t shift) noexcept {
    m_guarded.watchEra = WatchMark{m_guarded.watchEra, 0}.next(0).era;
    m_stripes.forEach([](One& stripe) {
        if (StartWatch<Atomics>* watch = stripe.watch()) {
            watch->clear();
        }
    });
    m_watch.store(WatchMark{m_guarded.watchEra, shift}.bits(), std::memory_order_release);
}

template <typename Atomics>
void Automaton<Atomics>::applyLimit() noexcept {
    const CircuitBreakerConfig& config = m_guarded.config();
    const base::Duration late =
        std::min(config.slowCallDuration, config.concurrencyLatencyTarget.value_or(config.slowCallDuration));
    m_lateLimit.store(config.timing == Timing::countsOnly ? kNever : late.count(), std::memory_order_relaxed);
    if (config.concurrencyLimit != ConcurrencyMode::off) {
        m_limit.configure(config);
    } else if (!m_limit.isForNow()) {
        m_limit.end();
    }
}

template <typename Atomics>
base::Result<std::uint32_t> Automaton<Atomics>::reduceLoad(double share) {
    if (!(share > 0.0 && share < 1.0)) {
        return base::trouble(base::TroubleCode::invalidInput, "the share that load is reduced to lies between 0 and 1");
    }
    const Locked lock(m_mutex);
    if (!m_limit.on()) {
        const auto calls = static_cast<std::uint32_t>(std::clamp<std::uint64_t>(totals().inFlight, 2, 1'000'000));
        m_limit.limitForNow(calls, calls);
        applyAttention();
    }
    return m_limit.reduce(share);
}

template <typename Atomics>
std::optional<domain::LimitStanding> Automaton<Atomics>::limitStanding() const {
    if (!m_limit.on()) {
        return std::nullopt;
    }
    return domain::LimitStanding{m_limit.adapts() ? domain::LimitKind::adaptive : domain::LimitKind::fixed,
                                 m_limit.limit(),
                                 m_limit.lowest(),
                                 m_limit.highest(),
                                 m_limit.inFlight(),
                                 m_limit.refused()};
}

template <typename Atomics>
void Automaton<Atomics>::applyAttention() noexcept {
    const bool attends = m_watch.load(std::memory_order_relaxed) != 0 || m_limit.on();
    changeWord([attends](StateWord word) { return attends ? word.asAttended() : word.asUnattended(); });
}

template <typename Atomics>
FlightAges Automaton<Atomics>::flightAges() const noexcept {
    constexpr std::size_t kSteps = StartWatch<Atomics>::kSteps;
    const WatchMark mark = WatchMark::from(m_watch.load(std::memory_order_acquire));
    if (!mark.on()) {
        return {};
    }
    const std::int64_t limit = m_guarded.config().slowCallDuration.count();
    const std::int64_t now = nowNs();
    const std::uint64_t first = mark.stepOf(now - limit);
    std::array<std::int64_t, kSteps> young{};
    std::int64_t calls = 0;
    // In this order a call under way to begin or to end is taken for young, or missed; never taken for old. See StartWatch.
    const auto each = [&](auto visit) {
        m_stripes.forEach([&](One& stripe) {
            if (const StartWatch<Atomics>* watch = stripe.watch()) {
                visit(*watch);
            }
        });
    };
    const auto eachStep = [&](const StartWatch<Atomics>& watch, auto countIn, int sign) {
        for (std::size_t i = 0; i < kSteps; ++i) {
            young[i] += sign * static_cast<std::int64_t>((watch.*countIn)(mark, first + i));
        }
    };
    each([&](const auto& watch) { eachStep(watch, &StartWatch<Atomics>::endedIn, -1); });
    each([&](const auto& watch) { calls -= static_cast<std::int64_t>(watch.ended(mark)); });
    each([&](const auto& watch) { calls += static_cast<std::int64_t>(watch.begun(mark)); });
    each([&](const auto& watch) { eachStep(watch, &StartWatch<Atomics>::begunIn, 1); });
    FlightAges ages;
    ages.watched = true;
    ages.calls = static_cast<std::uint64_t>(std::max<std::int64_t>(calls, 0));
    std::int64_t recent = 0;
    for (std::size_t i = kSteps; i-- > 0;) {
        recent += std::max<std::int64_t>(young[i], 0);
        if (young[i] > 0) {
            const auto stepEnds = static_cast<std::int64_t>((first + i + 1) << mark.shift);
            ages.oldest = base::Duration(std::max<std::int64_t>(now - stepEnds, 0));
        }
    }
    // Held up for so long that steps began which were not looked at: then nothing is called slow this time.
    const bool late = mark.stepOf(nowNs()) >= first + kSteps;
    if (calls > recent && !late) {
        ages.slow = static_cast<std::uint64_t>(calls - recent);
        ages.oldest = base::Duration(limit);
    }
    return ages;
}

}  // namespace fusebox::breaker
