#pragma once
// The calls that have a permit and have not ended.

#include <fusebox/base/time.h>

#include <cstdint>
#include <optional>

namespace fusebox::domain {

struct InFlight {
    std::uint64_t calls = 0;
    std::optional<std::uint64_t> slow;     ///< past the slow-call limit already; absent: not watched, no slow-call rule
    std::optional<base::Duration> oldest;  ///< at least so old; absent: not watched, or none

    bool operator==(const InFlight&) const = default;
};

}  // namespace fusebox::domain
