#pragma once
// What kind of place a numeric address is: this machine, the local link, or any other.

#include <string_view>

struct sockaddr;

namespace fusebox::sources {

/// "169.254.1.2", "[fe80::1]", "::ffff:169.254.1.2"; false for names.
[[nodiscard]] bool isLinkLocal(std::string_view host);

[[nodiscard]] bool isLinkLocal(const sockaddr& address);
[[nodiscard]] bool isLoopback(const sockaddr& address);

}  // namespace fusebox::sources
