#pragma once
// How old the calls in flight are, without a list of them: one stripe's share. Calls are counted by the step of time in which they
// began. What began and did not end, less what began lately and did not end, is what has been in flight for too long.
// Threads: an owned stripe's share is written by its owner alone, the shared one by all (compare and swap); anyone may read.
// Limits: a step is a sixteenth to an eighth of slow_call_duration. A call counts as slow late by less than one step, never early.
//   528 bytes per stripe, only where a slow-call rate is set.
//
// An era ends when the breaker closes anew or the length of a step changes: calls of an earlier era are no longer watched.

#include <fusebox/latency/windowed_recorder.h>

#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace fusebox::breaker {

/// What is watched now; published as one word.
struct WatchMark {
    std::uint32_t era = 0;    ///< 23 bits; 0: nothing is watched
    std::uint32_t shift = 0;  ///< a step is 2^shift nanoseconds

    [[nodiscard]] static constexpr WatchMark from(std::uint64_t bits) noexcept {
        return {static_cast<std::uint32_t>(bits >> 8), static_cast<std::uint32_t>(bits & 0xff)};
    }
    [[nodiscard]] constexpr std::uint64_t bits() const noexcept { return static_cast<std::uint64_t>(era) << 8 | shift; }
    [[nodiscard]] constexpr bool on() const noexcept { return era != 0; }
    [[nodiscard]] constexpr std::uint64_t stepOf(std::int64_t ns) const noexcept {
        return static_cast<std::uint64_t>(ns > 0 ? ns : 0) >> shift;
    }
    [[nodiscard]] constexpr WatchMark next(std::uint32_t newShift) const noexcept {
        const std::uint32_t grown = (era + 1) & 0x7fffff;
        return {grown != 0 ? grown : 1, newShift};
    }

    /// Steps of at least a sixteenth of the limit and less than an eighth.
    [[nodiscard]] static constexpr std::uint32_t shiftFor(std::int64_t limitNs) noexcept {
        const auto sixteenth = static_cast<std::uint64_t>(limitNs > 16 ? (limitNs + 15) / 16 : 1);
        return static_cast<std::uint32_t>(std::bit_width(sixteenth - 1));
    }
};

/// A counter of one era and, where it has bits for it, one step of time. It starts anew with the first event of a newer one.
/// Layout: era 8 bits, step 56 - kCountBits, count kCountBits.
template <typename Atomics, unsigned kCountBits>
class EraCount {
public:
    /// Whether the event may be of a step that the counter has left behind.
    enum class Event : std::uint8_t { now, perhapsLongAgo };

    void add(std::uint32_t era, std::uint64_t step, Event event, latency::Writers writers) noexcept {
        const std::uint64_t key = keyOf(era, step);
        std::uint64_t old = m_word.load(std::memory_order_relaxed);
        for (;;) {
            const bool same = old >> kCountBits == key;
            if (same ? (old & kCount) == kCount : old != 0 && isAhead(old >> kCountBits, key, event)) {
                return;
            }
            const std::uint64_t next = same ? old + 1 : key << kCountBits | 1U;
            // release: see StartWatch::begin() and end() for what it orders.
            if (writers == latency::Writers::one) {
                m_word.store(next, std::memory_order_release);
                return;
            }
            if (m_word.compare_exchange_weak(old, next, std::memory_order_release, std::memory_order_relaxed)) {
                return;
            }
        }
    }

    [[nodiscard]] std::uint64_t of(std::uint32_t era, std::uint64_t step) const noexcept {
        const std::uint64_t word = m_word.load(std::memory_order_acquire);
        return word >> kCountBits == keyOf(era, step) ? word & kCount : 0;
    }

    void clear() noexcept { m_word.store(0, std::memory_order_relaxed); }

private:
    static constexpr unsigned kStepBits = 56 - kCountBits;
    static constexpr std::uint64_t kCount = (std::uint64_t{1} << kCountBits) - 1;
    static constexpr std::uint64_t kStep = (std::uint64_t{1} << kStepBits) - 1;

    static constexpr std::uint64_t keyOf(std::uint32_t era, std::uint64_t step) noexcept {
        return static_cast<std::uint64_t>(era & 0xff) << kStepBits | (step & kStep);
    }

    /// Whether the counter has gone on to something newer. A thread whose call begins now is behind only if it was held up since it
    /// looked at the clock, so a counter that seems far ahead of it is in truth long over.
    static bool isAhead(std::uint64_t counter, std::uint64_t key, Event event) noexcept {
        const std::uint64_t eras = ((counter >> kStepBits) - (key >> kStepBits)) & 0xff;
        if (eras != 0) {
            return eras == 1;
        }
        const std::uint64_t steps = (counter - key) & kStep;
        return steps < (event == Event::now ? 1024 : kStep / 2);
    }

    typename Atomics::template Atomic<std::uint64_t> m_word{0};
};

template <typename Atomics>
class StartWatch {
public:
    static constexpr std::size_t kSteps = 32;

    explicit StartWatch(latency::Writers writers) noexcept : m_writers(writers) {}

    /// A call begins. REQUIRES: the mark is on.
    void begin(WatchMark mark, std::int64_t startNs) noexcept {
        const std::uint64_t step = mark.stepOf(startNs);
        // Its step before the total: who sees it in the total sees that it is young.
        m_steps[step % kSteps].begun.add(mark.era, step, InStep::Event::now, m_writers);
        m_begun.add(mark.era, 0, Total::Event::now, m_writers);
    }

    /// A call ends that began under the same mark.
    void end(WatchMark mark, std::int64_t startNs) noexcept {
        const std::uint64_t step = mark.stepOf(startNs);
        // The total before its step: who sees that a young call ended does not miss it in the total and take it for an old one.
        m_ended.add(mark.era, 0, Total::Event::now, m_writers);
        m_steps[step % kSteps].ended.add(mark.era, step, InStep::Event::perhapsLongAgo, m_writers);
    }

    [[nodiscard]] std::uint64_t begun(WatchMark mark) const noexcept { return m_begun.of(mark.era, 0); }
    [[nodiscard]] std::uint64_t ended(WatchMark mark) const noexcept { return m_ended.of(mark.era, 0); }
    [[nodiscard]] std::uint64_t begunIn(WatchMark mark, std::uint64_t step) const noexcept {
        return m_steps[step % kSteps].begun.of(mark.era, step);
    }
    [[nodiscard]] std::uint64_t endedIn(WatchMark mark, std::uint64_t step) const noexcept {
        return m_steps[step % kSteps].ended.of(mark.era, step);
    }

    /// For a new era, under the automaton's lock. A writer who is late brings back a count of the old era, which nobody reads.
    void clear() noexcept {
        m_begun.clear();
        m_ended.clear();
        for (Step& step : m_steps) {
            step.begun.clear();
            step.ended.clear();
        }
    }

private:
    using Total = EraCount<Atomics, 56>;
    using InStep = EraCount<Atomics, 28>;
    struct Step {
        InStep begun;
        InStep ended;
    };

    const latency::Writers m_writers;
    Total m_begun;
    Total m_ended;
    std::array<Step, kSteps> m_steps;
};

}  // namespace fusebox::breaker
