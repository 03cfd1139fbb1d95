#include <fusebox/sources/socket_place.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>

namespace fusebox::sources {

namespace {

/// In host order; nothing for what is no IPv4 address, also not one inside IPv6.
std::optional<std::uint32_t> ipv4Of(const in6_addr& address) {
    if (!IN6_IS_ADDR_V4MAPPED(&address)) return std::nullopt;
    std::uint32_t inner = 0;
    std::memcpy(&inner, &address.s6_addr[12], sizeof inner);
    return ntohl(inner);
}

bool isLinkLocal(std::uint32_t ipv4) {
    return (ipv4 >> 16U) == 0xa9fe;  // 169.254.0.0/16
}

bool isLinkLocal(const in6_addr& address) {
    const auto inner = ipv4Of(address);
    return inner ? isLinkLocal(*inner) : IN6_IS_ADDR_LINKLOCAL(&address) != 0;
}

template <typename Inner>
Inner as(const sockaddr& address) {
    Inner inner{};
    std::memcpy(&inner, &address, sizeof inner);
    return inner;
}

}  // namespace

bool isLinkLocal(std::string_view host) {
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    const std::string text(host.substr(0, host.find('%')));
    in_addr four{};
    if (::inet_pton(AF_INET, text.c_str(), &four) == 1) return isLinkLocal(ntohl(four.s_addr));
    in6_addr six{};
    return ::inet_pton(AF_INET6, text.c_str(), &six) == 1 && isLinkLocal(six);
}

bool isLinkLocal(const sockaddr& address) {
    if (address.sa_family == AF_INET) return isLinkLocal(ntohl(as<sockaddr_in>(address).sin_addr.s_addr));
    return address.sa_family == AF_INET6 && isLinkLocal(as<sockaddr_in6>(address).sin6_addr);
}

bool isLoopback(const sockaddr& address) {
    constexpr std::uint32_t kLoopbackNet = 127;
    if (address.sa_family == AF_INET) return ntohl(as<sockaddr_in>(address).sin_addr.s_addr) >> 24U == kLoopbackNet;
    if (address.sa_family != AF_INET6) return address.sa_family == AF_UNIX;
    const in6_addr six = as<sockaddr_in6>(address).sin6_addr;
    const auto inner = ipv4Of(six);
    return inner ? *inner >> 24U == kLoopbackNet : IN6_IS_ADDR_LOOPBACK(&six) != 0;
}

}  // namespace fusebox::sources
