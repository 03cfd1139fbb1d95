#pragma once
// Reads a Clock where each nanosecond counts: the time-stamp counter inline where the clock has a line for it, else one virtual call.
// Threads: any; a FastClock is a plain pair of pointers.
// Lifetime: the Clock outlives it.

#include <fusebox/base/clock.h>
#include <fusebox/base/tick_line.h>

#include <cstdint>
#if defined(__x86_64__)
#include <x86intrin.h>
#endif

namespace fusebox::base {

/// Counts since the processor started; zero where there is no such counter.
[[nodiscard]] inline std::uint64_t processorTicks() noexcept {
#if defined(__x86_64__)
    return __rdtsc();
#else
    return 0;
#endif
}

class FastClock {
public:
    explicit FastClock(const Clock& clock) noexcept : m_line(clock.ticks()), m_clock(clock) {}

    /// As Clock::now(), in nanoseconds.
    [[nodiscard, gnu::always_inline]] std::int64_t nowNs() const noexcept {
        if (m_line != nullptr) {
            if (const auto ns = m_line->at(processorTicks())) [[likely]] {
                return *ns;
            }
        }
        return m_clock.now().time_since_epoch().count();
    }

    [[nodiscard]] const Clock& clock() const noexcept { return m_clock; }

private:
    const TickLine* m_line;
    const Clock& m_clock;
};

}  // namespace fusebox::base
