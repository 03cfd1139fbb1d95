#include <fusebox/collector/pace.h>

#include <algorithm>
#include <cassert>
#include <utility>

namespace fusebox::collector {

namespace {

// The values stand alone: nothing else is published with them, so relaxed order is enough throughout this file.
constexpr auto kAlone = std::memory_order_relaxed;

base::Duration bounded(double seconds) {
    const double longest = std::chrono::duration<double>(kLongestDelay).count();
    const auto delay = std::chrono::duration<double>(std::min(seconds, longest));
    return std::max(std::chrono::duration_cast<base::Duration>(delay), kShortestDelay);
}

}  // namespace

std::uint64_t randomSeed() {
    std::random_device device;
    return (std::uint64_t{device()} << 32) | device();
}

IntervalPace::IntervalPace(base::Duration interval, double jitter, std::uint64_t seed)
    : m_interval(interval.count()), m_jitter(jitter), m_random(seed) {
    assert(interval > base::Duration::zero());
    assert(jitter >= 0 && jitter <= 1);
}

std::optional<base::Duration> IntervalPace::next() {
    const double seconds = std::chrono::duration<double>(interval()).count();
    const bool first = std::exchange(m_first, false);
    const double low = first ? 0.0 : seconds * (1 - m_jitter);
    const double high = first ? std::min(seconds, 1.0) : seconds * (1 + m_jitter);
    return bounded(low < high ? std::uniform_real_distribution<double>(low, high)(m_random) : low);
}

void IntervalPace::setInterval(base::Duration interval) {
    assert(interval > base::Duration::zero());
    m_interval.store(interval.count(), kAlone);
}

base::Duration IntervalPace::interval() const {
    return base::Duration(m_interval.load(kAlone));
}

PoissonPace::PoissonPace(double rate, std::uint64_t seed) : m_rate(rate), m_random(seed) {
    assert(rate >= 0);
}

std::optional<base::Duration> PoissonPace::next() {
    const double rate = m_rate.load(kAlone);
    if (!(rate > 0)) {
        return std::nullopt;
    }
    return bounded(std::exponential_distribution<double>(rate)(m_random));
}

void PoissonPace::setRate(double rate) {
    assert(rate >= 0);
    m_rate.store(rate, kAlone);
}

double PoissonPace::rate() const {
    return m_rate.load(kAlone);
}

}  // namespace fusebox::collector
