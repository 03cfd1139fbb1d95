#pragma once
// The program's notion of time: decisions use monotonic Time, wall time only stamps what people read.
// Time: Time counts nanoseconds from an arbitrary origin and never jumps; WallTime is UTC and may jump.

#include <chrono>

namespace fusebox::base {

using Duration = std::chrono::nanoseconds;

struct MonotonicOrigin {
    using rep = Duration::rep;
    using period = Duration::period;
    using duration = Duration;
    using time_point = std::chrono::time_point<MonotonicOrigin>;
    static constexpr bool is_steady = true;
};

using Time = MonotonicOrigin::time_point;
using WallTime = std::chrono::sys_time<std::chrono::milliseconds>;

}  // namespace fusebox::base
