// A plain blocking client for the lab's servers: connects, sends, reads with a time limit.
#pragma once

#include <fusebox/support/file_descriptor.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace fusebox::lab {

class Client {
public:
    // errorNumber() tells why it is not connected.
    explicit Client(std::uint16_t port);

    [[nodiscard]] bool isConnected() const { return m_error == 0; }
    [[nodiscard]] int errorNumber() const { return m_error; }

    // Sends and returns all that arrives until `until` is seen, the peer hangs up or the time is over.
    std::string exchange(std::string_view request, std::string_view until,
                         std::chrono::milliseconds limit = std::chrono::seconds(5));
    // The peer has hung up, as the last exchange saw it.
    [[nodiscard]] bool hungUp() const { return m_hungUp; }

private:
    support::FileDescriptor m_socket;
    int m_error = 0;
    bool m_hungUp = false;
};

// One request on a new connection; the whole answer, or nothing when there was none.
std::string httpGet(std::uint16_t port, std::string_view path, std::string_view headers = {},
                    std::chrono::milliseconds limit = std::chrono::seconds(5));

// One datagram there and one back; "silence" or "refused" instead when there was none.
std::string exchangeDatagram(std::uint16_t port, std::string_view packet,
                             std::chrono::milliseconds limit = std::chrono::milliseconds(200));

}  // namespace fusebox::lab
