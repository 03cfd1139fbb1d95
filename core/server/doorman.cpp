#include <fusebox/server/doorman.h>

#include <fusebox/base/log.h>
#include <fusebox/server/request_head.h>

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace fusebox::server {

namespace {

constexpr base::Duration kLeaveTime = std::chrono::seconds(1);
constexpr int kFreeLooks =
    4;  // later bytes are looked at with the next round: who drips bytes must not cost a look each

bool watch(int epoll, int fd, std::uint32_t events) {
    epoll_event event{};
    event.events = events;
    event.data.fd = fd;
    return ::epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) == 0;
}

bool looksLikeStream(const RequestHead& head) {
    return head.target.starts_with("/api/v1/events") || head.target.starts_with("/hystrix.stream");
}

}  // namespace

Doorman::Doorman(const base::Clock& clock, Guests& guests, Tally& tally, const Limits& limits, LetIn letIn)
    : m_clock(clock),
      m_guests(guests),
      m_tally(tally),
      m_limits(limits),
      m_letIn(std::move(letIn)),
      m_bytes(kLongestHead + 1) {}

Doorman::~Doorman() {
    stop();
}

base::Result<void> Doorman::start(Listener listener, Sight sight, std::function<void()> onLook) {
    m_listener = std::move(listener);
    m_sight = sight;
    m_onLook = std::move(onLook);
    m_epoll = Descriptor(::epoll_create1(EPOLL_CLOEXEC));
    m_bell = Descriptor(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
    m_pulse = Descriptor(::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC));
    const timespec each{0, kLook.count()};
    const itimerspec rhythm{each, each};
    if (!m_epoll.isOpen() || !m_bell.isOpen() || ::timerfd_settime(m_pulse.value(), 0, &rhythm, nullptr) != 0 ||
        !watch(m_epoll.value(), m_listener.socket.value(), EPOLLIN) ||
        !watch(m_epoll.value(), m_bell.value(), EPOLLIN) || !watch(m_epoll.value(), m_pulse.value(), EPOLLIN)) {
        return base::trouble(base::TroubleCode::unavailable, "The door cannot be watched.", "server",
                             std::strerror(errno));
    }
    m_thread = std::thread([this] { live(); });
    return {};
}

void Doorman::stop() {
    m_stopping.store(true);
    if (m_thread.joinable()) {
        const std::uint64_t one = 1;
        [[maybe_unused]] const ssize_t rang = ::write(m_bell.value(), &one, sizeof one);
        m_thread.join();
    }
    for (const auto& [fd, visitor] : m_visitors) m_guests.leave(*visitor.guest);
    m_visitors.clear();
    m_listener.socket = Descriptor();
}

void Doorman::live() {
    constexpr int kEvents = 64;
    std::array<epoll_event, kEvents> events{};
    while (!m_stopping.load()) {
        const int count = ::epoll_wait(m_epoll.value(), events.data(), kEvents, -1);
        for (int i = 0; i < count; ++i) handle(events[static_cast<std::size_t>(i)].data.fd);
    }
}

void Doorman::handle(int fd) {
    if (fd == m_listener.socket.value()) {
        acceptAll();
        return;
    }
    if (fd == m_pulse.value()) {
        std::uint64_t rounds = 0;
        [[maybe_unused]] const ssize_t read = ::read(fd, &rounds, sizeof rounds);
        tidyUp();
        m_onLook();
        return;
    }
    const auto visitor = m_visitors.find(fd);
    if (visitor == m_visitors.end()) return;
    if (visitor->second.looks < kFreeLooks || visitor->second.isLeaving) {
        look(visitor->second);
    } else {
        visitor->second.hasNews = true;
    }
}

void Doorman::acceptAll() {
    constexpr int kAtOnce = 64;
    for (int i = 0; i < kAtOnce && acceptOne(); ++i) {
    }
}

bool Doorman::acceptOne() {
    sockaddr_storage peer{};
    socklen_t length = sizeof peer;
    const int fd =
        ::accept4(m_listener.socket.value(), reinterpret_cast<sockaddr*>(&peer), &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) {
        // Without descriptors nobody comes in; the oldest visitor gives one back.
        if (errno == EMFILE || errno == ENFILE) makeRoom();
        return errno == ECONNABORTED || errno == EINTR;
    }
    welcome(Descriptor(fd), peer, length);
    return true;
}

void Doorman::welcome(Descriptor socket, const sockaddr_storage& peer, socklen_t length) {
    const int fd = socket.value();
    if (isCrowded()) makeRoom();
    // With TLS the same time must do for the handshake and the head.
    auto guest = m_guests.enter({fd, addressOf(peer), portOf(peer)}, m_clock.now() + m_limits.headTime,
                                m_limits.connectionsPerPeer, m_limits.connections + m_limits.waitingForHead);
    if (guest == nullptr) return;
    Visitor visitor{std::move(socket), std::move(guest), peer, length, m_clock.now(), ++m_arrivals};
    if (m_sight == Sight::tls) {
        letIn(visitor, false);
        return;
    }
    m_guests.setDeadline(*visitor.guest, std::nullopt);  // the doorman himself says when the time is over
    // The edge is what wakes: bytes that stay in the socket do not wake again.
    if (!watch(m_epoll.value(), fd, EPOLLIN | EPOLLRDHUP | EPOLLET)) {
        m_guests.leave(*visitor.guest);
        return;
    }
    m_visitors.emplace(fd, std::move(visitor));
}

void Doorman::look(Visitor& visitor) {
    if (visitor.isLeaving) {
        throwAway(visitor);
        return;
    }
    visitor.hasNews = false;
    ++visitor.looks;
    const int fd = visitor.socket.value();
    const ssize_t count = ::recv(fd, m_bytes.data(), m_bytes.size(), MSG_PEEK);
    if (count <= 0) {
        if (count == 0 || (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)) forget(fd);
        return;
    }
    const HeadLook seen = lookAtHead({m_bytes.data(), static_cast<std::size_t>(count)});
    if (seen.refusal) {
        refuse(visitor, seen.refusal->status);
    } else if (seen.head) {
        ::epoll_ctl(m_epoll.value(), EPOLL_CTL_DEL, fd, nullptr);
        letIn(visitor, looksLikeStream(*seen.head));
        m_visitors.erase(fd);
    }
}

void Doorman::letIn(Visitor& visitor, bool wantsStream) {
    const std::shared_ptr<const Guest> guest = visitor.guest;
    m_guests.setDeadline(*guest, m_clock.now() + m_limits.headTime);
    const Arrival arrival{visitor.socket.release(), visitor.peer, visitor.length, wantsStream};
    // Its descriptor is closed then, and no other has been opened with the same number yet: only this thread accepts.
    if (!m_letIn(arrival)) m_guests.leave(*guest);
}

void Doorman::refuse(Visitor& visitor, unsigned status) {
    const std::string id = requestId(m_tally.nextRequest());
    const std::string text = wireText(errorReply(status), id);
    m_tally.answered(status);
    {
        const base::LogScope scope(0, id);
        base::logger("server")->warn("{} at the door for {}", status, visitor.guest->peer);
    }
    [[maybe_unused]] const ssize_t sent =
        ::send(visitor.socket.value(), text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    // Closed at once, the connection would be reset by what still comes in, and the answer lost.
    ::shutdown(visitor.socket.value(), SHUT_WR);
    visitor.isLeaving = true;
    visitor.since = m_clock.now();
    throwAway(visitor);
}

void Doorman::throwAway(Visitor& visitor) {
    constexpr int kPieces = 16;
    for (int i = 0; i < kPieces; ++i) {
        const ssize_t count = ::recv(visitor.socket.value(), m_bytes.data(), m_bytes.size(), 0);
        if (count > 0) continue;
        if (count == 0 || (errno != EAGAIN && errno != EWOULDBLOCK)) forget(visitor.socket.value());
        return;
    }
    visitor.hasNews = true;
}

void Doorman::forget(int fd) {
    const auto visitor = m_visitors.find(fd);
    if (visitor == m_visitors.end()) return;
    m_guests.leave(*visitor->second.guest);
    m_visitors.erase(visitor);
}

/// With TLS the guests are counted: there nobody waits at the door.
bool Doorman::isCrowded() const {
    if (m_sight == Sight::plain) return m_visitors.size() >= m_limits.waitingForHead;
    return m_guests.silent() >= m_limits.waitingForHead ||
           m_guests.count() >= m_limits.connections + m_limits.waitingForHead;
}

void Doorman::makeRoom() {
    if (m_sight == Sight::tls) {
        m_guests.cutOldestSilent();
        return;
    }
    const auto oldest = std::min_element(m_visitors.begin(), m_visitors.end(), [](const auto& a, const auto& b) {
        return a.second.number < b.second.number;
    });
    if (oldest != m_visitors.end()) forget(oldest->first);
}

void Doorman::tidyUp() {
    const base::Time now = m_clock.now();
    std::vector<int> known;
    known.reserve(m_visitors.size());
    for (const auto& [fd, visitor] : m_visitors) known.push_back(fd);
    for (const int fd : known) {
        Visitor& visitor = m_visitors.at(fd);
        if (visitor.isLeaving && now - visitor.since >= kLeaveTime) {
            forget(fd);
        } else if (!visitor.isLeaving && now - visitor.since >= m_limits.headTime) {
            refuse(visitor, 408);
        } else if (visitor.hasNews) {
            look(visitor);
        }
    }
    m_guests.cutLate(now);
}

}  // namespace fusebox::server
