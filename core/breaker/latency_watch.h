#pragma once
// What all breakers of a manager recorded since the last look: for those who keep latencies longer than the breakers do.
// Threads: one at a time, any one; calls go on meanwhile.
// Limits: looks at least once in each metrics window, or something is missed; about 9 KiB for each breaker.

#include <fusebox/breaker/circuit_breaker_manager.h>
#include <fusebox/latency/histogram.h>
#include <fusebox/latency/mark.h>

#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

namespace fusebox::breaker {

class LatencyWatch {
public:
    /// REQUIRES: not null.
    explicit LatencyWatch(std::shared_ptr<const CircuitBreakerManager> breakers) : m_breakers(std::move(breakers)) {}

    /// Only breakers with something new. The first look at a breaker gives nothing.
    [[nodiscard]] std::vector<std::pair<domain::BreakerId, latency::Histogram>> take();

private:
    const std::shared_ptr<const CircuitBreakerManager> m_breakers;
    std::unordered_map<domain::BreakerId, latency::Mark> m_marks;
};

}  // namespace fusebox::breaker
