#pragma once
// The lab's cast: which services there are and what they are like.

#include <fusebox/lab/event_loop.h>
#include <fusebox/lab/service.h>

#include <memory>
#include <vector>

namespace fusebox::lab {

/// Not opened yet.
[[nodiscard]] std::vector<std::unique_ptr<Service>> makeServices(EventLoop& loop);

}  // namespace fusebox::lab
