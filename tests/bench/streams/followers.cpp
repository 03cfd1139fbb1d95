#include <fusebox/bench_streams/followers.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace fusebox::bench {

Followers::Followers(std::uint16_t port, const std::string& token, std::size_t count, std::size_t checked)
    : m_epoll(::epoll_create1(EPOLL_CLOEXEC)), m_followers(count), m_buffer(256 * 1024) {
    const std::string request = "GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) +
                                "\r\nAuthorization: Bearer " + token + "\r\n\r\n";
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    for (std::size_t i = 0; i < count; ++i) {
        Follower& follower = m_followers[i];
        follower.isChecked = i < checked;
        follower.fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const bool isOpen =
            ::connect(follower.fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
            ::send(follower.fd, request.data(), request.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(request.size());
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u64 = i;
        if (isOpen && ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, follower.fd, &event) == 0) m_connected.fetch_add(1);
    }
}

Followers::~Followers() {
    for (const Follower& follower : m_followers) ::close(follower.fd);
    ::close(m_epoll);
}

void Followers::run() {
    std::array<epoll_event, 128> events{};
    while (!m_stopping.load()) {
        const int count = ::epoll_wait(m_epoll, events.data(), static_cast<int>(events.size()), 100);
        for (int i = 0; i < count; ++i) take(m_followers[events[static_cast<std::size_t>(i)].data.u64]);
    }
}

void Followers::take(Follower& follower) {
    // MSG_TRUNC: the kernel throws the bytes away without a copy; a real follower sits on another machine.
    const int flags = MSG_DONTWAIT | (follower.isChecked ? 0 : MSG_TRUNC);
    const ssize_t count = ::recv(follower.fd, m_buffer.data(), m_buffer.size(), flags);
    if (count <= 0) {
        ::epoll_ctl(m_epoll, EPOLL_CTL_DEL, follower.fd, nullptr);
        m_connected.fetch_sub(1);
        return;
    }
    m_bytes.fetch_add(static_cast<std::uint64_t>(count));
    if (follower.isChecked) check(follower, m_buffer.data(), static_cast<std::size_t>(count));
}

/// Lines of chunk sizes lie between those of the stream, but none of them begins as its lines do.
void Followers::check(Follower& follower, const char* bytes, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        if (bytes[i] != '\n') {
            if (follower.line.size() < 64) follower.line.push_back(bytes[i]);
            continue;
        }
        readLine(follower);
        follower.line.clear();
    }
}

void Followers::readLine(Follower& follower) {
    if (follower.line.starts_with("event: gap")) m_gaps.fetch_add(1);
    if (!follower.line.starts_with("id: ")) return;
    const std::uint64_t id = std::strtoull(follower.line.c_str() + 4, nullptr, 10);
    const std::uint64_t last = follower.last.exchange(id);
    m_seen.fetch_add(1);
    if (last != 0 && id != last + 1) m_disorder.fetch_add(1);
}

std::uint64_t Followers::lastSeenByAll() const {
    std::uint64_t least = UINT64_MAX;
    for (const Follower& follower : m_followers) {
        if (follower.isChecked) least = std::min(least, follower.last.load());
    }
    return least;
}

}  // namespace fusebox::bench
