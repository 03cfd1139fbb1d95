#include "client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>

namespace fusebox::lab {
namespace {

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

}  // namespace

Client::Client(std::uint16_t port) : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const sockaddr_in address = loopback(port);
    if (::connect(m_socket.value(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) m_error = errno;
}

std::string Client::exchange(std::string_view request, std::string_view until, std::chrono::milliseconds limit) {
    ::send(m_socket.value(), request.data(), request.size(), MSG_NOSIGNAL);
    std::string received;
    std::array<char, 4096> chunk{};
    while (until.empty() || received.find(until) == std::string::npos) {
        pollfd waiting{m_socket.value(), POLLIN, 0};
        if (::poll(&waiting, 1, static_cast<int>(limit.count())) <= 0) break;
        const ssize_t got = ::recv(m_socket.value(), chunk.data(), chunk.size(), 0);
        if (got <= 0) {
            m_hungUp = true;
            break;
        }
        received.append(chunk.data(), static_cast<std::size_t>(got));
    }
    return received;
}

std::string httpGet(std::uint16_t port, std::string_view path, std::string_view headers,
                    std::chrono::milliseconds limit) {
    Client client(port);
    const std::string request =
        "GET " + std::string(path) + " HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n" + std::string(headers) + "\r\n";
    return client.isConnected() ? client.exchange(request, "", limit) : std::string();
}

std::string exchangeDatagram(std::uint16_t port, std::string_view packet, std::chrono::milliseconds limit) {
    const support::FileDescriptor socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    const sockaddr_in address = loopback(port);
    ::connect(socket.value(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
    ::send(socket.value(), packet.data(), packet.size(), MSG_NOSIGNAL);
    pollfd waiting{socket.value(), POLLIN, 0};
    if (::poll(&waiting, 1, static_cast<int>(limit.count())) <= 0) return "silence";
    std::array<char, 512> chunk{};
    const ssize_t got = ::recv(socket.value(), chunk.data(), chunk.size(), 0);
    return got < 0 ? "refused" : std::string(chunk.data(), static_cast<std::size_t>(got));
}

}  // namespace fusebox::lab
