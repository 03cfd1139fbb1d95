#include <fusebox/support/scripted_peer.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <array>

namespace fusebox::support {
namespace {

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

FileDescriptor boundSocket(int type, std::uint16_t& port) {
    FileDescriptor socket(::socket(AF_INET, type | SOCK_CLOEXEC, 0));
    sockaddr_in address = loopback(0);
    socklen_t length = sizeof address;
    if (::bind(socket.value(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return {};
    ::getsockname(socket.value(), reinterpret_cast<sockaddr*>(&address), &length);
    port = ntohs(address.sin_port);
    if (type == SOCK_STREAM) ::listen(socket.value(), 64);
    return socket;
}

// False when the test is over.
bool waitFor(int fd, int stopFd) {
    std::array<pollfd, 2> both{pollfd{fd, POLLIN, 0}, pollfd{stopFd, POLLIN, 0}};
    ::poll(both.data(), both.size(), -1);
    return both[1].revents == 0;
}

}  // namespace

bool PeerConnection::waitReadable(std::chrono::milliseconds atMost) {
    std::array<pollfd, 2> both{pollfd{m_fd.value(), POLLIN, 0}, pollfd{m_stopFd, POLLIN, 0}};
    return ::poll(both.data(), both.size(), static_cast<int>(atMost.count())) > 0;
}

std::string PeerConnection::readUntil(std::string_view end) {
    std::array<char, 4096> buffer{};
    for (;;) {
        if (const auto at = m_unread.find(end); at != std::string::npos) {
            std::string text = m_unread.substr(0, at + end.size());
            m_unread.erase(0, at + end.size());
            return text;
        }
        if (!waitFor(m_fd.value(), m_stopFd)) return {};
        const ssize_t count = ::recv(m_fd.value(), buffer.data(), buffer.size(), 0);
        if (count <= 0) return {};
        m_unread.append(buffer.data(), static_cast<std::size_t>(count));
    }
}

std::string PeerConnection::readExactly(std::size_t count) {
    std::array<char, 4096> buffer{};
    while (m_unread.size() < count && waitFor(m_fd.value(), m_stopFd)) {
        const ssize_t got = ::recv(m_fd.value(), buffer.data(), buffer.size(), 0);
        if (got <= 0) break;
        m_unread.append(buffer.data(), static_cast<std::size_t>(got));
    }
    std::string text = m_unread.substr(0, count);
    m_unread.erase(0, text.size());
    return text;
}

bool PeerConnection::waitWhileConnected(std::chrono::milliseconds howLong) {
    std::array<char, 4096> buffer{};
    if (!waitReadable(howLong)) return true;
    if (!waitFor(m_fd.value(), m_stopFd)) return false;
    return ::recv(m_fd.value(), buffer.data(), buffer.size(), MSG_DONTWAIT) > 0;
}

void PeerConnection::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t count = ::send(m_fd.value(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count <= 0) return;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
}

void PeerConnection::hang() {
    std::array<char, 4096> buffer{};
    while (waitFor(m_fd.value(), m_stopFd)) {
        if (::recv(m_fd.value(), buffer.data(), buffer.size(), 0) <= 0) return;
    }
}

void PeerConnection::drip(std::string_view bytes) {
    std::array<char, 4096> buffer{};
    for (std::size_t at = 0;; at = (at + 1) % bytes.size()) {
        if (waitReadable(std::chrono::milliseconds(5)) &&
            ::recv(m_fd.value(), buffer.data(), buffer.size(), MSG_DONTWAIT) <= 0) {
            return;
        }
        if (::send(m_fd.value(), &bytes[at], 1, MSG_NOSIGNAL) <= 0) return;
    }
}

void PeerConnection::reset() {
    const linger atOnce{1, 0};
    ::setsockopt(m_fd.value(), SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
    m_fd = FileDescriptor();
}

ScriptedPeer::ScriptedPeer(Talk talk)
    : m_talk(std::move(talk)),
      m_stop(::eventfd(0, EFD_CLOEXEC)),
      m_listening(boundSocket(SOCK_STREAM, m_port)),
      m_accepting([this] { accept(); }) {}

ScriptedPeer::~ScriptedPeer() {
    ::eventfd_write(m_stop.value(), 1);
    m_accepting.join();
}

void ScriptedPeer::accept() {
    while (waitFor(m_listening.value(), m_stop.value())) {
        const int fd = ::accept4(m_listening.value(), nullptr, nullptr, SOCK_CLOEXEC);
        if (fd < 0) continue;
        ++m_connections;
        m_serving.emplace_back([this, fd] {
            PeerConnection connection(fd, m_stop.value());
            m_talk(connection);
        });
    }
    m_serving.clear();
}

FullPeer::FullPeer() : m_listening(boundSocket(SOCK_STREAM, m_port)) {
    ::listen(m_listening.value(), 0);  // shrinks the queue
    const sockaddr_in address = loopback(m_port);
    for (int i = 0; i < 4; ++i) {
        m_waiting.emplace_back(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
        ::connect(m_waiting.back().value(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
    }
}

ScriptedNameServer::ScriptedNameServer(Answer answer)
    : m_answer(std::move(answer)),
      m_stop(::eventfd(0, EFD_CLOEXEC)),
      m_socket(boundSocket(SOCK_DGRAM, m_port)),
      m_serving([this] { serve(); }) {}

ScriptedNameServer::~ScriptedNameServer() {
    ::eventfd_write(m_stop.value(), 1);
    m_serving.join();
}

void ScriptedNameServer::serve() {
    std::array<char, 1500> buffer{};
    while (waitFor(m_socket.value(), m_stop.value())) {
        sockaddr_in from{};
        socklen_t length = sizeof from;
        const ssize_t count = ::recvfrom(m_socket.value(), buffer.data(), buffer.size(), MSG_DONTWAIT,
                                         reinterpret_cast<sockaddr*>(&from), &length);
        if (count <= 0) continue;
        const std::string answer = m_answer(std::string(buffer.data(), static_cast<std::size_t>(count)));
        if (answer.empty()) continue;
        ::sendto(m_socket.value(), answer.data(), answer.size(), 0, reinterpret_cast<const sockaddr*>(&from), length);
    }
}

}  // namespace fusebox::support
