#include <fusebox/lab/loopback.h>
#include <fusebox/lab/stream_service.h>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>

namespace fusebox::lab {
namespace {

constexpr std::size_t kLongestRequest = 64 * 1024;
constexpr std::uint32_t kListenFor = EPOLLIN | EPOLLRDHUP;
constexpr base::Duration kTryAgain = std::chrono::milliseconds(100);

}  // namespace

StreamService::StreamService(EventLoop& loop, const Temper& temper, Opening opening, std::uint64_t seed)
    : m_loop(loop), m_plan(temper, loop.clock(), seed), m_opening(opening) {}

base::Result<void> StreamService::open() {
    return startListening();
}

base::Result<void> StreamService::startListening() {
    if (!m_listener.isOpen()) {
        base::Result<Descriptor> socket = bindLoopback(Transport::stream, m_port);
        if (!socket) return tl::unexpected(socket.error());
        m_listener = std::move(*socket);
    }
    if (base::Result<void> listening = listenOn(m_listener); !listening) return listening;
    m_port = portOf(m_listener);
    m_listening = true;
    return m_loop.watch(m_listener.value(), EPOLLIN, [this](std::uint32_t) { acceptAll(); });
}

// The listening socket is really closed, and with it all connections. A bound socket that does not listen keeps the
// port for the return: connecting to it is refused like to a port that nobody has.
void StreamService::stopListening() {
    m_loop.forget(m_listener.value());
    m_listener.reset();
    m_listening = false;
    while (!m_connections.empty()) drop(m_connections.begin()->first);
    if (base::Result<Descriptor> keeper = bindLoopback(Transport::stream, m_port)) m_listener = std::move(*keeper);
}

void StreamService::close() {
    stopListening();
    m_listener.reset();
}

void StreamService::apply(const Faults& faults) {
    m_plan.setFaults(faults);
    const bool refuses = m_plan.faults().answer == Answer::refuse;
    if (refuses && m_listening) {
        stopListening();
    } else if (!refuses && !m_listening && !startListening()) {
        // Somebody else took the port in the moment in which it was free; it comes back when he leaves.
        m_loop.after(kTryAgain, [this] {
            if (!m_listening) apply(m_plan.faults());
        });
    }
}

void StreamService::acceptAll() {
    for (;;) {
        Descriptor socket(::accept4(m_listener.value(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
        if (!socket.isOpen()) return;
        welcome(std::move(socket));
    }
}

void StreamService::welcome(Descriptor socket) {
    const int on = 1;
    ::setsockopt(socket.value(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const ConnectionId id = ++m_lastId;
    const int fd = socket.value();
    if (!m_loop.watch(fd, kListenFor, [this, id](std::uint32_t events) { onReady(id, events); })) return;
    m_connections[id].socket = std::move(socket);
    if (m_opening == Opening::byServer) treat(id, {});
}

void StreamService::onReady(ConnectionId id, std::uint32_t epollEvents) {
    const auto found = m_connections.find(id);
    if (found == m_connections.end()) return;
    if ((epollEvents & EPOLLOUT) != 0 && !flush(found->second)) return drop(id);
    if (!receive(found->second)) return drop(id);
    takeRequests(id);
}

// False when the connection is over. A peer that only closes its sending half has said all it will say, too: the
// lab's callers do not do that.
bool StreamService::receive(Connection& connection) const {
    std::array<char, 4096> chunk{};
    for (;;) {
        const ssize_t got = ::recv(connection.socket.value(), chunk.data(), chunk.size(), 0);
        if (got == 0) return false;
        if (got < 0) return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
        connection.received.append(chunk.data(), static_cast<std::size_t>(got));
        if (connection.received.size() > kLongestRequest) return false;
    }
}

void StreamService::takeRequests(ConnectionId id) {
    for (;;) {
        const auto found = m_connections.find(id);
        if (found == m_connections.end() || found->second.busy) return;
        std::string& received = found->second.received;
        const std::size_t length = requestLength(received);
        if (length == kGarbled) return drop(id);
        if (length == 0) return;
        std::string request = received.substr(0, length);
        received.erase(0, length);
        treat(id, std::move(request));
    }
}

void StreamService::treat(ConnectionId id, std::string request) {
    m_connections[id].busy = true;
    const Verdict verdict = m_plan.judge();
    if (verdict.fate == Fate::never) return;
    m_loop.after(verdict.delay, [this, id, verdict, asked = std::move(request)] {
        if (m_connections.contains(id)) finish(id, reply(asked, verdict));
    });
}

void StreamService::finish(ConnectionId id, Reply reply) {
    Connection& connection = m_connections[id];
    connection.busy = false;
    connection.then = reply.then;
    connection.unsent += reply.bytes;
    if (!flush(connection)) return drop(id);
    takeRequests(id);
}

// False when the connection is over, by error or because all is said.
bool StreamService::flush(Connection& connection) {
    if (!connection.unsent.empty()) {
        const ssize_t sent = ::send(connection.socket.value(), connection.unsent.data(), connection.unsent.size(),
                                    MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) return false;
        if (sent > 0) connection.unsent.erase(0, static_cast<std::size_t>(sent));
    }
    const bool blocked = !connection.unsent.empty();
    if (!blocked && connection.then == Then::hangUp) return false;
    if (blocked != connection.watchesOut) {
        connection.watchesOut = blocked;
        m_loop.change(connection.socket.value(), kListenFor | (blocked ? EPOLLOUT : 0U));
    }
    return true;
}

void StreamService::drop(ConnectionId id) {
    const auto found = m_connections.find(id);
    if (found == m_connections.end()) return;
    m_loop.forget(found->second.socket.value());
    m_connections.erase(found);
}

}  // namespace fusebox::lab
