#include <fusebox/support/file_descriptor.h>
#include <fusebox/support/free_port.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace fusebox::support {

std::uint16_t freePort() {
    const FileDescriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!socket.isOpen()) return 0;
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* raw = reinterpret_cast<sockaddr*>(&address);
    if (::bind(socket.value(), raw, size) != 0 || ::getsockname(socket.value(), raw, &size) != 0) return 0;
    return ntohs(address.sin_port);
}

}  // namespace fusebox::support
