#pragma once
// Many followers of an event stream in one thread: a few of them check every message, the others only take the bytes.
// Threads: run() is the thread's; the figures may be read from any.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace fusebox::bench {

class Followers {
public:
    /// REQUIRES: a server listens on this port of this machine.
    Followers(std::uint16_t port, const std::string& token, std::size_t count, std::size_t checked);
    ~Followers();
    Followers(const Followers&) = delete;
    Followers& operator=(const Followers&) = delete;

    void run();
    void stop() { m_stopping.store(true); }

    [[nodiscard]] std::uint64_t bytes() const { return m_bytes.load(); }
    /// The least that one of the checked ones has seen.
    [[nodiscard]] std::uint64_t lastSeenByAll() const;
    [[nodiscard]] std::uint64_t seen() const { return m_seen.load(); }
    [[nodiscard]] std::uint64_t gaps() const { return m_gaps.load(); }
    [[nodiscard]] std::uint64_t disorder() const { return m_disorder.load(); }
    [[nodiscard]] std::size_t connected() const { return m_connected.load(); }

private:
    struct Follower {
        int fd = -1;
        bool isChecked = false;
        std::string line;
        std::atomic<std::uint64_t> last{0};
    };

    void take(Follower& follower);
    void check(Follower& follower, const char* bytes, std::size_t count);
    void readLine(Follower& follower);

    int m_epoll = -1;
    std::vector<Follower> m_followers;
    std::vector<char> m_buffer;
    std::atomic<bool> m_stopping{false};
    std::atomic<std::uint64_t> m_bytes{0};
    std::atomic<std::uint64_t> m_seen{0};
    std::atomic<std::uint64_t> m_gaps{0};
    std::atomic<std::uint64_t> m_disorder{0};
    std::atomic<std::size_t> m_connected{0};
};

}  // namespace fusebox::bench
