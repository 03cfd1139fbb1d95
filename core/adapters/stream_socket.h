#pragma once
// A TCP connection whose every step ends by the deadlines and the stop request of the call.
// Threads: one call at a time.
// Errors: errno by name; a lookup's failure as it is; what the peer closed too early is ConnectionClosed.

#include <fusebox/adapters/call_watch.h>
#include <fusebox/adapters/descriptor.h>
#include <fusebox/adapters/failure.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace fusebox::adapters {

class StreamSocket {
public:
    /// Tries the addresses of the host one after the other; each gets its share of the time that is left.
    [[nodiscard]] static Attempt<StreamSocket> connect(const std::string& host, std::uint16_t port, CallWatch& watch);

    [[nodiscard]] Attempt<std::size_t> send(std::string_view bytes, CallWatch& watch);

    /// At least one byte into the buffer, or zero when the peer has closed.
    [[nodiscard]] Attempt<std::size_t> receive(std::span<char> buffer, CallWatch& watch);

    /// "127.0.0.1:6379"
    [[nodiscard]] const std::string& peer() const { return m_peer; }
    [[nodiscard]] int descriptor() const { return m_descriptor.value(); }

private:
    StreamSocket(Descriptor descriptor, std::string peer)
        : m_descriptor(std::move(descriptor)), m_peer(std::move(peer)) {}

    Descriptor m_descriptor;
    std::string m_peer;
};

/// True while nothing was said and nothing was closed on an idle connection: only then it may serve another call.
[[nodiscard]] bool isQuiet(int descriptor);

}  // namespace fusebox::adapters
