#include "http_peer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>

namespace peers {

std::string Answer::header(std::string_view name) const {
    const std::string start = "\r\n" + std::string(name) + ": ";
    const std::size_t at = head.find(start);
    if (at == std::string::npos) return {};
    const std::size_t begin = at + start.size();
    return head.substr(begin, head.find("\r\n", begin) - begin);
}

HttpPeer::HttpPeer(std::uint16_t port, const std::string& from, int room)
    : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    if (room > 0) ::setsockopt(m_socket.value(), SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
    sockaddr_in own{};
    own.sin_family = AF_INET;
    ::inet_pton(AF_INET, from.c_str(), &own.sin_addr);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    m_isConnected = ::bind(m_socket.value(), reinterpret_cast<const sockaddr*>(&own), sizeof own) == 0 &&
                    ::connect(m_socket.value(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

bool HttpPeer::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(m_socket.value(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void HttpPeer::finish() {
    ::shutdown(m_socket.value(), SHUT_WR);
}

bool HttpPeer::readSome(std::chrono::milliseconds within) {
    pollfd ready{m_socket.value(), POLLIN, 0};
    if (m_isClosed || ::poll(&ready, 1, static_cast<int>(within.count())) <= 0) return false;
    std::array<char, 65536> bytes{};
    const ssize_t count = ::recv(m_socket.value(), bytes.data(), bytes.size(), 0);
    m_isClosed = count <= 0;
    if (count > 0) m_received.append(bytes.data(), static_cast<std::size_t>(count));
    return count > 0;
}

Answer HttpPeer::answer() {
    while (readSome(kPatience)) {
    }
    Answer answer;
    answer.closed = m_isClosed;
    const std::size_t end = m_received.find("\r\n\r\n");
    if (end == std::string::npos) return answer;
    answer.head = m_received.substr(0, end + 2);
    answer.body = m_received.substr(end + 4);
    answer.status = std::atoi(answer.head.substr(answer.head.find(' ') + 1, 3).c_str());
    if (answer.header("Transfer-Encoding") == "chunked") answer.body = ChunkReader().take(answer.body);
    return answer;
}

bool HttpPeer::waitFor(std::string_view text) {
    while (m_received.find(text) == std::string::npos) {
        if (!readSome(kPatience)) return m_received.find(text) != std::string::npos;
    }
    return true;
}

std::string HttpPeer::take() {
    return std::exchange(m_received, {});
}

bool HttpPeer::isClosed(std::chrono::milliseconds within) {
    while (readSome(within)) {
    }
    return m_isClosed;
}

std::string get(std::uint16_t port, std::string_view path, std::string_view token, std::string_view fields) {
    std::string text = "GET " + std::string(path) + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) + "\r\n";
    if (!token.empty()) text.append("Authorization: Bearer ").append(token).append("\r\n");
    return text.append(fields).append("\r\n");
}

std::string post(std::uint16_t port, std::string_view path, std::string_view token, std::string_view body,
                 std::string_view fields) {
    std::string text = "POST " + std::string(path) + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) + "\r\n";
    if (!token.empty()) text.append("Authorization: Bearer ").append(token).append("\r\n");
    text.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n");
    return text.append(fields).append("\r\n").append(body);
}

Answer ask(std::uint16_t port, std::string_view request) {
    HttpPeer peer(port);
    peer.send(request);
    return peer.answer();
}

std::string ChunkReader::take(std::string_view bytes) {
    std::string plain;
    while (!bytes.empty()) {
        if (m_left == 0) {
            const char c = bytes.front();
            bytes.remove_prefix(1);
            if (c != '\n') {
                m_sizeLine.push_back(c);
                continue;
            }
            std::size_t size = 0;
            std::from_chars(m_sizeLine.data(), m_sizeLine.data() + m_sizeLine.size(), size, 16);
            m_sizeLine.clear();
            m_left = size + 2;
        }
        const std::size_t content = m_left > 2 ? std::min(m_left - 2, bytes.size()) : 0;
        plain.append(bytes.substr(0, content));
        const std::size_t rest = content == 0 ? std::min(m_left, bytes.size()) : content;
        bytes.remove_prefix(rest);
        m_left -= rest;
    }
    return plain;
}

std::vector<Message> StreamReader::take(std::string_view bytes) {
    std::vector<Message> done;
    for (const char c : bytes) {
        if (c != '\n') {
            m_line.push_back(c);
            continue;
        }
        const std::string line = std::exchange(m_line, {});
        if (line.empty()) {
            if (!m_message.data.empty()) done.push_back(m_message);
            m_message = {};
        } else if (line.starts_with("event: ")) {
            m_message.event = line.substr(7);
        } else if (line.starts_with("data: ")) {
            m_message.data += line.substr(6);
        } else if (line.starts_with("id: ")) {
            m_message.id = std::strtoull(line.c_str() + 4, nullptr, 10);
        }
    }
    return done;
}

}  // namespace peers
