#pragma once
// A TCP server on loopback: takes connections, cuts what arrives into requests, lets the fault plan decide and answers.
// The protocol is the heir's.
// Threads: as Service.
// Limits: 64 KiB of a request; a connection that sends more is closed. One request of a connection at a time.

#include <fusebox/lab/descriptor.h>
#include <fusebox/lab/event_loop.h>
#include <fusebox/lab/service.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace fusebox::lab {

class StreamService : public Service {
public:
    [[nodiscard]] base::Result<void> open() override;
    void close() override;
    void apply(const Faults& faults) override;

protected:
    enum class Opening : std::uint8_t { byClient, byServer };
    enum class Then : std::uint8_t { keep, hangUp };
    struct Reply {
        std::string bytes;
        Then then = Then::keep;
    };
    static constexpr std::size_t kGarbled = static_cast<std::size_t>(-1);

    StreamService(EventLoop& loop, const Temper& temper, Opening opening, std::uint64_t seed);

    /// Bytes of the first request in what has arrived; 0 while it is incomplete, kGarbled when it never will be one.
    [[nodiscard]] virtual std::size_t requestLength(std::string_view received) const = 0;
    /// The reply to a request; an empty request is the opening of a service that speaks first. Never asked for
    /// Fate::never.
    [[nodiscard]] virtual Reply reply(std::string_view request, const Verdict& verdict) = 0;

    [[nodiscard]] std::uint16_t port() const { return m_port; }

private:
    struct Connection {
        Descriptor socket;
        std::string received;
        std::string unsent;
        bool busy = false;        // a request waits for its answer
        bool watchesOut = false;  // the peer reads too slowly
        Then then = Then::keep;
    };
    using ConnectionId = std::uint64_t;

    [[nodiscard]] base::Result<void> startListening();
    void stopListening();
    void acceptAll();
    void welcome(Descriptor socket);
    void onReady(ConnectionId id, std::uint32_t epollEvents);
    [[nodiscard]] bool receive(Connection& connection) const;
    void takeRequests(ConnectionId id);
    void treat(ConnectionId id, std::string request);
    void finish(ConnectionId id, Reply reply);
    [[nodiscard]] bool flush(Connection& connection);
    void drop(ConnectionId id);

    EventLoop& m_loop;
    FaultPlan m_plan;
    const Opening m_opening;
    Descriptor m_listener;
    std::uint16_t m_port = 0;
    bool m_listening = false;
    ConnectionId m_lastId = 0;
    std::unordered_map<ConnectionId, Connection> m_connections;
};

}  // namespace fusebox::lab
