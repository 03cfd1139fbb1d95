#include <fusebox/server/listener.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <optional>

namespace fusebox::server {

namespace {

constexpr std::size_t kNetworkBytes = 8;
constexpr int kBacklog = 512;

struct Address {
    sockaddr_storage storage{};
    socklen_t length = 0;
};

std::optional<Address> addressFrom(const std::string& text, std::uint16_t port) {
    Address address;
    auto* v4 = reinterpret_cast<sockaddr_in*>(&address.storage);
    if (::inet_pton(AF_INET, text.c_str(), &v4->sin_addr) == 1) {
        v4->sin_family = AF_INET;
        v4->sin_port = htons(port);
        address.length = sizeof(sockaddr_in);
        return address;
    }
    auto* v6 = reinterpret_cast<sockaddr_in6*>(&address.storage);
    if (::inet_pton(AF_INET6, text.c_str(), &v6->sin6_addr) == 1) {
        v6->sin6_family = AF_INET6;
        v6->sin6_port = htons(port);
        address.length = sizeof(sockaddr_in6);
        return address;
    }
    return std::nullopt;
}

tl::unexpected<base::Trouble> cannotListen(const std::string& where) {
    return base::trouble(base::TroubleCode::unavailable, "It cannot listen there.", where, std::strerror(errno));
}

}  // namespace

bool isLoopback(const std::string& text) {
    const auto address = addressFrom(text, 0);
    if (!address) return false;
    if (address->storage.ss_family == AF_INET) {
        const auto& v4 = reinterpret_cast<const sockaddr_in&>(address->storage);
        return (ntohl(v4.sin_addr.s_addr) >> 24) == 127;
    }
    return IN6_IS_ADDR_LOOPBACK(&reinterpret_cast<const sockaddr_in6&>(address->storage).sin6_addr);
}

base::Result<Listener> listenAt(const std::string& text, std::uint16_t port) {
    const std::string where = text + ":" + std::to_string(port);
    auto address = addressFrom(text, port);
    if (!address) {
        return base::trouble(base::TroubleCode::invalidInput, "The address must be a numeric IPv4 or IPv6 one.", where);
    }
    Listener listener;
    listener.isLoopback = isLoopback(text);
    listener.socket = Descriptor(::socket(address->storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    const int fd = listener.socket.value();
    const int on = 1;
    // What is set here holds for the accepted connections too; a stalled reader must not take megabytes of the kernel's memory.
    const int sendBuffer = 256 * 1024;
    if (!listener.socket.isOpen() || ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
        ::setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &sendBuffer, sizeof sendBuffer) != 0 ||
        ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) != 0 ||
        ::bind(fd, reinterpret_cast<const sockaddr*>(&address->storage), address->length) != 0 ||
        ::listen(fd, kBacklog) != 0) {
        return cannotListen(where);
    }
    Address bound;
    bound.length = sizeof bound.storage;
    if (::getsockname(fd, reinterpret_cast<sockaddr*>(&bound.storage), &bound.length) != 0) return cannotListen(where);
    listener.port = portOf(bound.storage);
    return listener;
}

// Of IPv6 whoever has one address has the whole network of 64 bits: they are one peer.
std::string addressOf(const sockaddr_storage& peer) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (peer.ss_family == AF_INET) {
        ::inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in&>(peer).sin_addr, text.data(), text.size());
    } else if (peer.ss_family == AF_INET6) {
        in6_addr six = reinterpret_cast<const sockaddr_in6&>(peer).sin6_addr;
        if (IN6_IS_ADDR_V4MAPPED(&six)) {
            ::inet_ntop(AF_INET, &six.s6_addr[12], text.data(), text.size());
            return text.data();
        }
        if (!IN6_IS_ADDR_LOOPBACK(&six)) {
            std::fill(six.s6_addr + kNetworkBytes, six.s6_addr + sizeof six.s6_addr, std::uint8_t{0});
            return std::string(::inet_ntop(AF_INET6, &six, text.data(), text.size())) + "/64";
        }
        ::inet_ntop(AF_INET6, &six, text.data(), text.size());
    }
    return text.data();
}

std::uint16_t portOf(const sockaddr_storage& peer) {
    return ntohs(peer.ss_family == AF_INET6 ? reinterpret_cast<const sockaddr_in6&>(peer).sin6_port
                                            : reinterpret_cast<const sockaddr_in&>(peer).sin_port);
}

}  // namespace fusebox::server
