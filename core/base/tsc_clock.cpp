#include <fusebox/base/tsc_clock.h>

#include <fusebox/base/clock_reading.h>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace fusebox::base {

namespace {

/// Whether the counter runs at one rate through all power states, as the processor says.
bool tscIsInvariant() noexcept {
#if defined(__x86_64__)
    unsigned eax = 0;
    unsigned ebx = 0;
    unsigned ecx = 0;
    unsigned edx = 0;
    constexpr unsigned kPowerLeaf = 0x80000007;
    constexpr unsigned kInvariant = 1U << 8;
    return __get_cpuid(kPowerLeaf, &eax, &ebx, &ecx, &edx) != 0 && (edx & kInvariant) != 0;
#else
    return false;
#endif
}

struct Moment {
    std::uint64_t ticks = 0;
    std::int64_t steadyNs = 0;
};

/// Both counters as near to one another as a few tries allow: an interruption in between would look like a deviation.
Moment lookAtBoth(const SteadyClock& steady) noexcept {
    constexpr int kTries = 5;
    Moment best;
    std::uint64_t narrowest = UINT64_MAX;
    for (int i = 0; i < kTries; ++i) {
        const std::uint64_t before = processorTicks();
        const std::int64_t ns = steady.now().time_since_epoch().count();
        const std::uint64_t gap = processorTicks() - before;
        if (gap < narrowest) {
            narrowest = gap;
            best = {before + gap / 2, ns};
        }
    }
    return best;
}

}  // namespace

TscClock::TscClock() noexcept : m_invariant(tscIsInvariant()) {}

Time TscClock::now() const noexcept {
    if (m_invariant && !m_givenUp.load(std::memory_order_relaxed)) {
        if (const auto ns = m_line.at(processorTicks())) {
            return Time(Duration(*ns));
        }
        return renewed();
    }
    return Time(Duration(m_line.fallback(m_steady.now().time_since_epoch().count())));
}

Time TscClock::renewed() const noexcept {
    const Lock lock(m_mutex);
    // Another thread may have been faster.
    if (const auto ns = m_line.at(processorTicks())) {
        return Time(Duration(*ns));
    }
    const Moment moment = lookAtBoth(m_steady);
    switch (m_line.renew(moment.ticks, moment.steadyNs)) {
        case TickLine::Renewal::renewed:
            if (const auto ns = m_line.at(processorTicks())) {
                return Time(Duration(*ns));
            }
            break;
        case TickLine::Renewal::givenUp:
            m_givenUp.store(true, std::memory_order_relaxed);
            break;
        case TickLine::Renewal::early:
            break;
    }
    return Time(Duration(m_line.fallback(m_steady.now().time_since_epoch().count())));
}

WallTime TscClock::wallNow() const noexcept {
    return m_steady.wallNow();
}

TscClock::Source TscClock::source() const noexcept {
    static_cast<void>(now());  // renews a line that nobody read for a while
    return m_line.at(processorTicks()) ? Source::tsc : Source::steadyClock;
}

}  // namespace fusebox::base
