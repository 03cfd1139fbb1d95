#include <fusebox/base/tick_line.h>

#include <algorithm>
#include <cmath>

namespace fusebox::base {

namespace {

constexpr std::int64_t kFirstBaseline = 10'000'000;  // 10 ms: the rate is known to some millionths
constexpr std::int64_t kBaseline = 8'000'000'000;    // the anchor is 8 to 16 s old
constexpr std::int64_t kRenewal = 100'000'000;       // the line holds for 100 ms
constexpr std::int64_t kDeviation = 1'000'000;       // more than 1 ms off is no drift
constexpr std::int64_t kLongestStraight =
    2'000'000'000;  // a line that nobody renewed for so long says nothing any more
constexpr double kSlew = 0.01;
constexpr std::int64_t kFirstLead = 1'000;  // the first line starts ahead of what the steady clock may have shown
constexpr int kMostStrikes = 3;             // within
constexpr std::int64_t kStrikesCount = 60'000'000'000;  // a minute

}  // namespace

void TickLine::publish(std::uint64_t ticks, std::int64_t ns, double nsPerTick) noexcept {
    const std::uint32_t version = m_version.load(std::memory_order_relaxed);
    const auto valid = static_cast<std::uint64_t>(static_cast<double>(kRenewal) / nsPerTick);
    m_version.store(version + 1, std::memory_order_relaxed);
    // release on each: who sees one of these also sees that the version is odd.
    m_baseTicks.store(ticks, std::memory_order_release);
    m_scale.store(static_cast<std::uint64_t>(std::ldexp(nsPerTick, kScaleBits)), std::memory_order_release);
    m_baseNs.store(ns, std::memory_order_release);
    m_validTicks.store(valid, std::memory_order_release);
    m_reached.store(ns + static_cast<std::int64_t>(static_cast<double>(valid) * nsPerTick) + 1,
                    std::memory_order_release);
    m_version.store(version + 2, std::memory_order_release);
}

TickLine::Renewal TickLine::strike(std::uint64_t ticks, std::int64_t steadyNs, std::int64_t reached) noexcept {
    m_strikes = steadyNs - m_struckAt < kStrikesCount ? m_strikes + 1 : 1;
    m_struckAt = steadyNs;
    const bool givenUp = m_strikes >= kMostStrikes;
    m_anchor = m_next = {ticks, steadyNs};
    m_rate = 0;
    const std::uint32_t version = m_version.load(std::memory_order_relaxed);
    m_version.store(version + 1, std::memory_order_relaxed);
    m_validTicks.store(0, std::memory_order_release);
    m_reached.store(reached, std::memory_order_release);
    m_version.store(version + 2, std::memory_order_release);
    return givenUp ? Renewal::givenUp : Renewal::early;
}

TickLine::Renewal TickLine::renew(std::uint64_t ticks, std::int64_t steadyNs) noexcept {
    if (!m_anchored) {
        m_anchored = true;
        m_anchor = m_next = {ticks, steadyNs};
        return Renewal::early;
    }
    const std::uint64_t valid = m_validTicks.load(std::memory_order_relaxed);
    const std::uint64_t sinceBase = ticks - m_baseTicks.load(std::memory_order_relaxed);
    const std::int64_t highest = m_reached.load(std::memory_order_relaxed);
    if (ticks <= m_anchor.ticks || steadyNs < m_anchor.ns || (valid != 0 && sinceBase > UINT64_MAX / 2)) {
        return strike(ticks, steadyNs, highest);  // the counter went back
    }
    if (steadyNs - m_anchor.ns < kFirstBaseline) {
        return Renewal::early;
    }
    const double rate = static_cast<double>(steadyNs - m_anchor.ns) / static_cast<double>(ticks - m_anchor.ticks);
    if (m_rate > 0 && std::abs(rate / m_rate - 1) > kSlew) {
        return strike(ticks, steadyNs, highest);  // it leapt, or runs at another speed now
    }
    m_rate = rate;
    std::int64_t from = std::max(steadyNs + kFirstLead, highest);
    double slewed = rate;
    const double straight = static_cast<double>(sinceBase) * tickLength();
    if (valid != 0 && straight < static_cast<double>(kLongestStraight)) {
        const std::int64_t shown = m_baseNs.load(std::memory_order_relaxed) + static_cast<std::int64_t>(straight);
        const std::int64_t ahead = shown - steadyNs;
        if (std::abs(ahead) > kDeviation) {
            return strike(ticks, steadyNs, std::min(shown, highest));  // what was never shown need not be kept
        }
        from = shown;
        slewed *= 1 - std::clamp(static_cast<double>(ahead) / static_cast<double>(kRenewal), -kSlew, kSlew);
    }
    if (steadyNs - m_next.ns > kBaseline) {
        m_anchor = m_next;
        m_next = {ticks, steadyNs};
    }
    publish(ticks, from, slewed);
    return Renewal::renewed;
}

std::int64_t TickLine::fallback(std::int64_t steadyNs) const noexcept {
    return std::max(steadyNs, m_reached.load(std::memory_order_acquire));
}

double TickLine::tickLength() const noexcept {
    return std::ldexp(static_cast<double>(m_scale.load(std::memory_order_relaxed)), -static_cast<int>(kScaleBits));
}

}  // namespace fusebox::base
