// A server on loopback that does what the test tells it: answers, hangs, drips, closes.
// Threads: each connection is served on a thread of its own; the destructor ends and joins them all.
#pragma once

#include <fusebox/support/file_descriptor.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace fusebox::support {

// One connection, as the server sees it.
class PeerConnection {
public:
    PeerConnection(int fd, int stopFd) : m_fd(fd), m_stopFd(stopFd) {}

    // All that was said up to and with `end`; empty when the client closed or the test is over.
    std::string readUntil(std::string_view end);
    // So many bytes; fewer when the client closed or the test is over.
    std::string readExactly(std::size_t count);
    void write(std::string_view bytes);
    // False once the client has gone or the test is over; true after so long.
    bool waitWhileConnected(std::chrono::milliseconds howLong);
    // Says nothing until the client has closed or the test is over.
    void hang();
    // Says the bytes again and again, one each few milliseconds, until the client has closed or the test is over.
    void drip(std::string_view bytes);
    // Ends the connection with a reset instead of an orderly close.
    void reset();

private:
    bool waitReadable(std::chrono::milliseconds atMost);

    FileDescriptor m_fd;
    int m_stopFd;
    std::string m_unread;
};

class ScriptedPeer {
public:
    using Talk = std::function<void(PeerConnection&)>;

    explicit ScriptedPeer(Talk talk);
    ~ScriptedPeer();
    ScriptedPeer(const ScriptedPeer&) = delete;
    ScriptedPeer& operator=(const ScriptedPeer&) = delete;

    std::uint16_t port() const { return m_port; }
    int connections() const { return m_connections; }

private:
    void accept();

    Talk m_talk;
    std::uint16_t m_port = 0;  // before the socket, which fills it in
    FileDescriptor m_stop;
    FileDescriptor m_listening;
    std::atomic<int> m_connections{0};
    std::vector<std::jthread> m_serving;
    std::jthread m_accepting;
};

// Listens, but its queue is full: a further connect is neither accepted nor refused.
class FullPeer {
public:
    FullPeer();
    std::uint16_t port() const { return m_port; }

private:
    std::uint16_t m_port = 0;
    FileDescriptor m_listening;
    std::vector<FileDescriptor> m_waiting;
};

// A name server over UDP: gets a query's bytes, gives the answer's bytes, or none to stay silent.
class ScriptedNameServer {
public:
    using Answer = std::function<std::string(const std::string& query)>;

    explicit ScriptedNameServer(Answer answer);
    ~ScriptedNameServer();
    ScriptedNameServer(const ScriptedNameServer&) = delete;
    ScriptedNameServer& operator=(const ScriptedNameServer&) = delete;

    std::uint16_t port() const { return m_port; }

private:
    void serve();

    Answer m_answer;
    std::uint16_t m_port = 0;
    FileDescriptor m_stop;
    FileDescriptor m_socket;
    std::jthread m_serving;
};

}  // namespace fusebox::support
