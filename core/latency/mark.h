#pragma once
// How far a reader of windowed recorders has come: what was recorded since its last look. The recorders themselves keep no
// account of readers; each reader has marks of its own.
// Threads: one at a time.
// Limits: who looks less than once an epoch misses what was recorded in epochs between. 9 KiB.

#include <fusebox/latency/histogram.h>

#include <cstdint>
#include <optional>

namespace fusebox::latency {

class Mark {
public:
    /// Moves to what is there now: in the epoch `number`, and in the one before it. Gives what is new; nothing at the first
    /// look, since nobody knows when that was recorded.
    [[nodiscard]] Histogram advance(std::uint32_t number, const Histogram& former, const Histogram& current);

private:
    std::optional<std::uint32_t> m_number;
    Histogram m_seen;  ///< of that epoch
};

}  // namespace fusebox::latency
