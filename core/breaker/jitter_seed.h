#pragma once
// Where a breaker's jitter begins: two breakers that open at the same instant must not come back at the same instant.

#include <cstdint>

namespace fusebox::breaker {

/// Another one at each call, and other ones in each run. Any thread. The system is asked once: it takes microseconds.
[[nodiscard]] std::uint32_t freshJitterSeed();

}  // namespace fusebox::breaker
