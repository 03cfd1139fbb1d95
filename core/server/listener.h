#pragma once
// A listening TCP socket, and what the addresses of peers look like.

#include <fusebox/base/result.h>
#include <fusebox/server/descriptor.h>

#include <sys/socket.h>

#include <cstdint>
#include <string>

namespace fusebox::server {

struct Listener {
    Descriptor socket;
    std::uint16_t port = 0;
    bool isLoopback = false;
};

/// Whether only this machine reaches the address: 127.0.0.0/8 or ::1. False for what is no numeric address.
[[nodiscard]] bool isLoopback(const std::string& address);

/// Listens on a numeric IPv4 or IPv6 address; port zero: any that is free. Errors: invalidInput, unavailable.
[[nodiscard]] base::Result<Listener> listenAt(const std::string& address, std::uint16_t port);

/// Whom the server counts as one: the numeric address without the port; an IPv4 address in IPv6 clothes as IPv4; of IPv6
/// the network, such as "2001:db8:1:2::/64".
[[nodiscard]] std::string addressOf(const sockaddr_storage& peer);
[[nodiscard]] std::uint16_t portOf(const sockaddr_storage& peer);

}  // namespace fusebox::server
