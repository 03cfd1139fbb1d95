#pragma once
// Accepts connections and lets in only those that bring the complete and sound head of a request, in time. It looks at
// the bytes without taking them, so that the HTTP library behind it reads the same ones. Whoever only sits there costs a
// descriptor and goes, the oldest first, when others want in.
// Threads: one of its own; start() and stop() from one.
// Time: the given clock; looks for what is late every kLook.
// Limits: Limits::waitingForHead, connectionsPerPeer, headTime; heads as lookAtHead() has them.
//   With TLS nothing can be read from outside: connections are handed on at once, and the library reads the head. When there
//   are too many of whom no head has come, the oldest of them is cut.

#include <fusebox/base/clock.h>
#include <fusebox/base/result.h>
#include <fusebox/server/descriptor.h>
#include <fusebox/server/guests.h>
#include <fusebox/server/limits.h>
#include <fusebox/server/listener.h>
#include <fusebox/server/reply.h>
#include <fusebox/server/tally.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <vector>

namespace fusebox::server {

/// A connection that may come in.
struct Arrival {
    int fd = -1;
    sockaddr_storage peer{};
    socklen_t length = 0;
    bool wantsStream = false;  ///< as far as the request tells
};

class Doorman {
public:
    /// Takes over the connection, and closes it in any case. False: it could not be taken.
    using LetIn = std::function<bool(const Arrival&)>;

    static constexpr base::Duration kLook = std::chrono::milliseconds(20);

    enum class Sight { plain, tls };

    /// REQUIRES: clock, guests and tally outlive it.
    Doorman(const base::Clock& clock, Guests& guests, Tally& tally, const Limits& limits, LetIn letIn);
    ~Doorman();
    Doorman(const Doorman&) = delete;
    Doorman& operator=(const Doorman&) = delete;

    /// `onLook` is called every kLook, on the doorman's thread. Errors: unavailable.
    [[nodiscard]] base::Result<void> start(Listener listener, Sight sight, std::function<void()> onLook);
    /// Closes all connections that were not let in.
    void stop();

private:
    /// Someone at the door.
    struct Visitor {
        Descriptor socket;
        std::shared_ptr<const Guest> guest;
        sockaddr_storage peer{};
        socklen_t length = 0;
        base::Time since{};
        std::uint64_t number = 0;  ///< in the order of arrival
        int looks = 0;
        bool hasNews = false;    ///< bytes came that were not looked at yet
        bool isLeaving = false;  ///< was answered by the doorman; what it still sends is thrown away
    };

    void live();
    void handle(int fd);
    void acceptAll();
    [[nodiscard]] bool acceptOne();
    void welcome(Descriptor socket, const sockaddr_storage& peer, socklen_t length);
    void look(Visitor& visitor);
    void letIn(Visitor& visitor, bool wantsStream);
    void refuse(Visitor& visitor, unsigned status);
    void throwAway(Visitor& visitor);
    void forget(int fd);
    [[nodiscard]] bool isCrowded() const;
    void makeRoom();
    void tidyUp();

    const base::Clock& m_clock;
    Guests& m_guests;
    Tally& m_tally;
    const Limits m_limits;
    const LetIn m_letIn;

    Listener m_listener;
    Sight m_sight = Sight::plain;
    std::function<void()> m_onLook;
    Descriptor m_epoll;
    Descriptor m_bell;   ///< ends the thread
    Descriptor m_pulse;  ///< rings every kLook
    std::unordered_map<int, Visitor> m_visitors;
    std::uint64_t m_arrivals = 0;
    std::vector<char> m_bytes;
    std::atomic<bool> m_stopping{false};
    std::thread m_thread;
};

}  // namespace fusebox::server
