#include <fusebox/adapters/resolver.h>
#include <fusebox/adapters/stream_socket.h>

#include <fmt/format.h>
#include <netinet/tcp.h>

#include <cerrno>
#include <cstring>

namespace fusebox::adapters {

namespace {

/// A dead port of the ephemeral range can be handed to our own end, which then talks to itself.
bool isConnectedToItself(int descriptor) {
    sockaddr_storage own{};
    sockaddr_storage other{};
    socklen_t ownLength = sizeof own;
    socklen_t otherLength = sizeof other;
    return ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&own), &ownLength) == 0 &&
           ::getpeername(descriptor, reinterpret_cast<sockaddr*>(&other), &otherLength) == 0 &&
           ownLength == otherLength && std::memcmp(&own, &other, ownLength) == 0;
}

Attempt<Descriptor> connectTo(const Address& address, const std::string& doing, CallWatch& watch,
                              base::Duration share) {
    Descriptor socket(::socket(address.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!socket.isOpen()) return tl::unexpected(systemFailure(errno, doing));
    const int on = 1;  // requests are small and wait for their answer
    ::setsockopt(socket.value(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (::connect(socket.value(), reinterpret_cast<const sockaddr*>(&address.storage), address.length) != 0) {
        if (errno != EINPROGRESS) return tl::unexpected(systemFailure(errno, doing));
        const base::Duration before = watch.elapsed();
        const WaitEnd end = watch.wait(socket.value(), POLLOUT, Phase::connecting, share);
        if (end != WaitEnd::ready) return tl::unexpected(watch.ended(end, Phase::connecting, doing));
        int trouble = 0;
        socklen_t length = sizeof trouble;
        ::getsockopt(socket.value(), SOL_SOCKET, SO_ERROR, &trouble, &length);
        if (trouble == 0 && watch.elapsed() - before >= share) trouble = ETIMEDOUT;
        if (trouble != 0) return tl::unexpected(systemFailure(trouble, doing));
    }
    if (isConnectedToItself(socket.value())) return tl::unexpected(systemFailure(ECONNREFUSED, doing));
    return socket;
}

}  // namespace

Attempt<StreamSocket> StreamSocket::connect(const std::string& host, std::uint16_t port, CallWatch& watch) {
    auto addresses = resolve({.name = host, .server = {}}, watch, Phase::connecting);
    if (!addresses) return tl::unexpected(addresses.error());
    domain::Error last;
    for (std::size_t i = 0; i < addresses->size(); ++i) {
        Address& address = (*addresses)[i];
        address.setPort(port);
        const std::string peer = hostAndPort(address.text(), port);
        const auto others = static_cast<std::int64_t>(addresses->size() - i);
        auto socket = connectTo(address, "connecting to " + peer, watch, watch.left(Phase::connecting) / others);
        if (socket) return StreamSocket(std::move(*socket), peer);
        last = std::move(socket.error());
        if (watch.now(Phase::connecting) != WaitEnd::ready) break;
    }
    return tl::unexpected(std::move(last));
}

Attempt<std::size_t> StreamSocket::send(std::string_view bytes, CallWatch& watch) {
    const auto doing = [&] { return "sending to " + m_peer; };
    std::size_t sent = 0;
    while (sent < bytes.size()) {
        const ssize_t count = ::send(m_descriptor.value(), bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
        if (count > 0) {
            sent += static_cast<std::size_t>(count);
        } else if (errno == EAGAIN) {
            const WaitEnd end = watch.wait(m_descriptor.value(), POLLOUT, Phase::answering);
            if (end != WaitEnd::ready) return tl::unexpected(watch.ended(end, Phase::answering, doing()));
        } else if (errno != EINTR) {
            return tl::unexpected(systemFailure(errno, doing()));
        }
    }
    return sent;
}

Attempt<std::size_t> StreamSocket::receive(std::span<char> buffer, CallWatch& watch) {
    const auto doing = [&] { return "waiting for the answer of " + m_peer; };
    for (;;) {
        // Asked before each read, too: a peer that always has a byte ready must not outlive the deadline.
        const WaitEnd end = watch.wait(m_descriptor.value(), POLLIN, Phase::answering);
        if (end != WaitEnd::ready) return tl::unexpected(watch.ended(end, Phase::answering, doing()));
        const ssize_t count = ::recv(m_descriptor.value(), buffer.data(), buffer.size(), 0);
        if (count >= 0) return static_cast<std::size_t>(count);
        if (errno != EAGAIN && errno != EINTR) return tl::unexpected(systemFailure(errno, doing()));
    }
}

bool isQuiet(int descriptor) {
    pollfd one{descriptor, POLLIN | POLLRDHUP, 0};
    return ::poll(&one, 1, 0) == 0;
}

}  // namespace fusebox::adapters
