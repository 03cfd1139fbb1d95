#pragma once
// Sockets on 127.0.0.1 for the lab's servers: non-blocking, closed on exec, with a port of the kernel's choice.
// Errors: Results name the system call and its errno.

#include <fusebox/base/result.h>
#include <fusebox/lab/descriptor.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace fusebox::lab {

enum class Transport : std::uint8_t { stream, datagram };

/// A bound socket that does not listen: connecting to a stream port like this is refused. Port 0 asks for a free one.
[[nodiscard]] base::Result<Descriptor> bindLoopback(Transport transport, std::uint16_t port);

[[nodiscard]] base::Result<void> listenOn(const Descriptor& socket);

/// The port that a bound socket has; 0 when it has none.
[[nodiscard]] std::uint16_t portOf(const Descriptor& socket);

[[nodiscard]] tl::unexpected<base::Trouble> systemTrouble(std::string_view call, int error);

}  // namespace fusebox::lab
