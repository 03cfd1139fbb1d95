#pragma once
// When the next call is due: at an interval with jitter, or at random like the calls of many independent users.
// Threads: next() on the schedule thread only; the rate or interval may be read and set on any thread.
// Limits: no delay is shorter than kShortestDelay or longer than kLongestDelay.

#include <fusebox/base/time.h>

#include <atomic>
#include <cstdint>
#include <optional>
#include <random>

namespace fusebox::collector {

inline constexpr base::Duration kShortestDelay = std::chrono::microseconds(100);
inline constexpr base::Duration kLongestDelay = std::chrono::hours(24);

class Pace {
public:
    virtual ~Pace() = default;

    /// Time until the next start, counted from the last one; nothing: pause.
    [[nodiscard]] virtual std::optional<base::Duration> next() = 0;
};

/// A seed that differs from run to run.
[[nodiscard]] std::uint64_t randomSeed();

/// Every `interval`, each delay drawn from interval * (1 +- jitter). The first delay is drawn from 0 to min(interval, 1
/// s), so that many dependencies do not start in step and yet soon show something.
class IntervalPace final : public Pace {
public:
    /// REQUIRES: interval > 0, 0 <= jitter <= 1.
    explicit IntervalPace(base::Duration interval, double jitter = 0.1, std::uint64_t seed = randomSeed());

    [[nodiscard]] std::optional<base::Duration> next() override;

    void setInterval(base::Duration interval);
    [[nodiscard]] base::Duration interval() const;

private:
    std::atomic<base::Duration::rep> m_interval;
    const double m_jitter;
    std::mt19937_64 m_random;
    bool m_first = true;
};

/// Poisson arrivals: independent calls, `rate` per second on average. A rate of zero pauses.
class PoissonPace final : public Pace {
public:
    /// REQUIRES: rate >= 0.
    explicit PoissonPace(double rate, std::uint64_t seed = randomSeed());

    [[nodiscard]] std::optional<base::Duration> next() override;

    /// Holds from the next draw on; BackgroundCollector::reschedule() draws at once.
    void setRate(double rate);
    [[nodiscard]] double rate() const;

private:
    std::atomic<double> m_rate;
    std::mt19937_64 m_random;
};

/// Never by itself: only when it is woken.
class ManualPace final : public Pace {
public:
    [[nodiscard]] std::optional<base::Duration> next() override { return std::nullopt; }
};

}  // namespace fusebox::collector
