// A TCP port on loopback that nobody listens on.
// Limits: another process may take it before the caller does; a server that loses this race is started again.
#pragma once

#include <cstdint>

namespace fusebox::support {

// Asks the kernel for a port; returns 0 when it has none to give.
std::uint16_t freePort();

}  // namespace fusebox::support
