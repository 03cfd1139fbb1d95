#pragma once
// Events as they are handed over to the collector.

#include <fusebox/domain/event.h>

#include <cstdint>
#include <vector>

namespace fusebox::breaker {

/// In order, and how many vanished before them since the buffer was full.
struct DrainedEvents {
    std::vector<domain::Event> events;
    std::uint64_t lost = 0;
};

}  // namespace fusebox::breaker
