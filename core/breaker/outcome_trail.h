#pragma once
// What the order of outcomes tells: failures in a row, and the moving average of successes. Both are of one generation.
// Threads: record functions from any thread without a lock; restart() under the automaton's lock.
// Limits: kept in one shared word each, so they do not scale to many threads; they cost nothing while their rules are off.
// Source: the average is Finagle's Ema over request counts: weight exp(-1/N) per call.

#include <algorithm>
#include <atomic>
#include <bit>
#include <cmath>
#include <cstdint>

namespace fusebox::breaker {

template <typename Atomics>
class OutcomeTrail {
public:
    template <typename Value>
    using Atomic = typename Atomics::template Atomic<Value>;

    void restart(std::uint32_t generation) noexcept {
        m_run.store(static_cast<std::uint64_t>(generation) << 32, std::memory_order_release);
        m_average.store(static_cast<std::uint64_t>(generation & 0xffff) << 48, std::memory_order_release);
    }

    /// Goes on with so many failures in a row.
    void resumeRun(std::uint32_t generation, std::uint32_t failures) noexcept {
        m_run.store(static_cast<std::uint64_t>(generation) << 32 | failures, std::memory_order_release);
    }

    /// Gives the failures in a row, this one included; zero if it is of another generation.
    std::uint32_t extendRun(std::uint32_t generation) noexcept {
        std::uint64_t old = m_run.load(std::memory_order_relaxed);
        do {
            if (old >> 32 != generation) {
                return 0;
            }
        } while (!m_run.compare_exchange_weak(old, old + 1, std::memory_order_acq_rel, std::memory_order_relaxed));
        return static_cast<std::uint32_t>(old) + 1;
    }

    void breakRun(std::uint32_t generation) noexcept {
        std::uint64_t old = m_run.load(std::memory_order_relaxed);
        const std::uint64_t none = static_cast<std::uint64_t>(generation) << 32;
        while (old >> 32 == generation && old != none) {
            if (m_run.compare_exchange_weak(old, none, std::memory_order_acq_rel, std::memory_order_relaxed)) {
                return;
            }
        }
    }

    [[nodiscard]] std::uint32_t run() const noexcept {
        return static_cast<std::uint32_t>(m_run.load(std::memory_order_acquire));
    }

    /// Takes one more outcome, 1 for success and 0 for failure, into the average over `calls`. REQUIRES: calls > 0.
    void average(std::uint32_t generation, double outcome, std::uint32_t calls) noexcept {
        const double keep = std::exp(-1.0 / static_cast<double>(calls));
        std::uint64_t old = m_average.load(std::memory_order_relaxed);
        std::uint64_t next = 0;
        do {
            if (old >> 48 != (generation & 0xffff)) {
                return;
            }
            const std::uint64_t count = old >> 32 & 0xffff;
            const double value = count == 0 ? outcome : valueOf(old) * keep + outcome * (1.0 - keep);
            next = (old >> 48 << 48) | std::min<std::uint64_t>(count + 1, 0xffff) << 32 |
                   std::bit_cast<std::uint32_t>(static_cast<float>(value));
        } while (!m_average.compare_exchange_weak(old, next, std::memory_order_acq_rel, std::memory_order_relaxed));
    }

    [[nodiscard]] double successAverage() const noexcept { return valueOf(m_average.load(std::memory_order_acquire)); }
    [[nodiscard]] std::uint64_t averagedCalls() const noexcept {
        return m_average.load(std::memory_order_acquire) >> 32 & 0xffff;
    }

private:
    static double valueOf(std::uint64_t word) noexcept {
        return static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(word)));
    }

    Atomic<std::uint64_t> m_run{0};      ///< generation 32, run 32
    Atomic<std::uint64_t> m_average{0};  ///< generation 16, calls 16, value as float 32
};

}  // namespace fusebox::breaker
