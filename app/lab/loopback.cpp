#include <fusebox/lab/loopback.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <system_error>

namespace fusebox::lab {

tl::unexpected<base::Trouble> systemTrouble(std::string_view call, int error) {
    return base::trouble(base::TroubleCode::unavailable, "the system refused what the lab needs", std::string(call),
                         std::generic_category().message(error));
}

base::Result<Descriptor> bindLoopback(Transport transport, std::uint16_t port) {
    const int type = transport == Transport::stream ? SOCK_STREAM : SOCK_DGRAM;
    Descriptor socket(::socket(AF_INET, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!socket.isOpen()) return systemTrouble("socket", errno);
    if (transport == Transport::stream) {
        // A service that comes back takes its old port although connections of its former life still linger.
        const int on = 1;
        if (::setsockopt(socket.value(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0) {
            return systemTrouble("setsockopt", errno);
        }
    }
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::bind(socket.value(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        return systemTrouble("bind", errno);
    }
    return socket;
}

base::Result<void> listenOn(const Descriptor& socket) {
    if (::listen(socket.value(), SOMAXCONN) != 0) return systemTrouble("listen", errno);
    return {};
}

std::uint16_t portOf(const Descriptor& socket) {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    if (::getsockname(socket.value(), reinterpret_cast<sockaddr*>(&address), &size) != 0) return 0;
    return ntohs(address.sin_port);
}

}  // namespace fusebox::lab
