#pragma once
// Decides what becomes of each request to a service: its own nature (base latency, rate limit) and the faults in force.
// Threads: one thread only.
// Time: the clock given.

#include <fusebox/base/clock.h>
#include <fusebox/lab/faults.h>

#include <cstdint>
#include <optional>
#include <random>

namespace fusebox::lab {

/// What a healthy service is like.
struct Temper {
    base::Duration latency{};         ///< median
    double latencySigma = 0.3;        ///< of the logarithm: 0.3 spreads P99 to twice the median
    std::optional<double> rateLimit;  ///< answers per second beyond which it says 429
    double capacity = 100;            ///< answers per second of which slow recovery starts with 5 %
};

enum class Fate : std::uint8_t { serve, error, tooMany, unauthorized, wrongBody, overloaded, never };

struct Verdict {
    Fate fate = Fate::serve;
    base::Duration delay{};
    std::chrono::seconds retryAfter{0};  ///< tooMany and overloaded
};

/// Lets `rate` per second through, and up to `burst` at once.
class TokenBucket {
public:
    /// True when there was a token. The rate may differ from call to call.
    [[nodiscard]] bool take(base::Time now, double rate, double burst);

private:
    std::optional<base::Time> m_last;
    double m_tokens = 0;
};

class FaultPlan {
public:
    FaultPlan(const Temper& temper, const base::Clock& clock, std::uint64_t seed);

    void setFaults(const Faults& faults);
    [[nodiscard]] const Faults& faults() const { return m_faults; }

    /// For one request that has arrived now.
    [[nodiscard]] Verdict judge();

    /// 1 when nothing holds it back.
    [[nodiscard]] double capacityShare() const;

private:
    [[nodiscard]] base::Duration drawDelay();

    const Temper m_temper;
    const base::Clock& m_clock;
    Faults m_faults;
    std::optional<base::Time> m_healedAt;  // while a slow recovery goes on
    base::Duration m_recovery{};
    TokenBucket m_limit;
    TokenBucket m_capacity;
    std::mt19937_64 m_random;
};

}  // namespace fusebox::lab
