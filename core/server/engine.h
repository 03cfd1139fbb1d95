#pragma once
// The HTTP library behind a narrow door: takes connections that were accepted elsewhere, has each request answered by a
// handler, and closes. One request per connection: what a peer sends beyond it is never read as a request.
// Threads: one of its own, on which the handler is called; add() from any. The handler must not wait.
// Lifetime: before stop() every exchange has been answered and every stream is over; else it would wait for them.
// Limits: kLongestHead, kLongestBody; the connection's memory; see limits.h for the times.

#include <fusebox/base/clock.h>
#include <fusebox/base/result.h>
#include <fusebox/server/exchange.h>
#include <fusebox/server/guests.h>
#include <fusebox/server/limits.h>
#include <fusebox/server/tally.h>

#include <sys/socket.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

struct MHD_Daemon;

namespace fusebox::server {

/// A certificate with its chain, and its key, both as PEM. Empty: no TLS.
struct TlsFiles {
    std::string certificate;
    std::string key;

    [[nodiscard]] bool isSet() const { return !certificate.empty(); }
    bool operator==(const TlsFiles&) const = default;
};

class Engine {
public:
    /// Called when the head of a request has come: an answer, or nothing when the request shall go on.
    using OnHead = std::function<std::optional<Reply>(Request&)>;
    /// Called when the request is complete: answers it, now or later.
    using OnRequest = std::function<void(const std::shared_ptr<Exchange>&)>;

    struct Handlers {
        OnHead onHead;
        OnRequest onRequest;
    };

    /// REQUIRES: clock, guests and tally outlive it.
    Engine(const base::Clock& clock, Guests& guests, Tally& tally, const Limits& limits, Handlers handlers);
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    /// Errors: unavailable; invalidInput for a certificate that cannot be used.
    [[nodiscard]] base::Result<void> start(const TlsFiles& tls);
    void stop();

    /// Takes over the connection, whose descriptor is closed in the end, also when false is returned. REQUIRES: a guest
    /// has entered with this descriptor.
    bool add(int fd, const sockaddr_storage& peer, socklen_t length);

    struct Callbacks;  ///< what the library calls

private:
    friend struct Callbacks;

    const base::Clock& m_clock;
    Guests& m_guests;
    Tally& m_tally;
    const Limits m_limits;
    const Handlers m_handlers;
    MHD_Daemon* m_daemon = nullptr;
};

}  // namespace fusebox::server
