#pragma once
// How long a breaker waits in OPEN before it asks the dependency again.
// Threads: openWait() is called under the breaker's lock, one call at a time per breaker; it must be quick and must
// not call back.
// Source: AWS "Exponential Backoff And Jitter" for full, equal and decorrelated jitter.

#include <fusebox/base/time.h>

#include <cstdint>
#include <memory>
#include <string_view>

namespace fusebox::breaker {

struct CircuitBreakerConfig;

/// What is known when a breaker opens.
struct OpenSituation {
    std::uint32_t attempt = 1;      ///< 1: it was CLOSED; higher: so many waits in this outage, this one included
    base::Duration previousWait{};  ///< of this outage; zero for the first
    base::Duration lastOutage{};    ///< from OPEN to CLOSED, of the previous outage; zero: none yet
    double random = 0;              ///< fresh, evenly spread over 0..1
};

class RecoveryStrategy {
public:
    virtual ~RecoveryStrategy() = default;

    /// The wait, zero or more.
    [[nodiscard]] virtual base::Duration openWait(const OpenSituation& situation) noexcept = 0;

    [[nodiscard]] virtual std::string_view name() const noexcept = 0;
};

/// The strategy that the configuration describes, or the user's own if it has one.
[[nodiscard]] std::shared_ptr<RecoveryStrategy> makeRecoveryStrategy(const CircuitBreakerConfig& config);

}  // namespace fusebox::breaker
