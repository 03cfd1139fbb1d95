#include <fusebox/lab/dns_service.h>
#include <fusebox/lab/loopback.h>

#include <fmt/format.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <array>
#include <cctype>
#include <cstddef>

namespace fusebox::lab {
namespace {

constexpr std::size_t kHeader = 12;
constexpr std::size_t kQuestionTail = 4;  // type and class
constexpr std::size_t kLongestQuestion = 512;
constexpr base::Duration kTryAgain = std::chrono::milliseconds(100);

enum class Code : std::uint8_t { noError = 0, serverFailure = 2, noSuchName = 3, refused = 5 };

struct Question {
    std::string name;
    std::size_t end = 0;  // of the question section; 0 when it cannot be read
    bool asksForAddress = false;
};

// "\3www\4test\0" to "www.test", in small letters.
Question read(std::string_view packet) {
    Question question;
    std::size_t at = kHeader;
    while (at < packet.size() && packet[at] != '\0') {
        const std::size_t length = static_cast<unsigned char>(packet[at]);
        if (length > 63 || at + 1 + length >= packet.size()) return {};
        if (!question.name.empty()) question.name += '.';
        for (const char letter : packet.substr(at + 1, length)) {
            question.name += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
        }
        at += 1 + length;
    }
    if (at + 1 + kQuestionTail > packet.size()) return {};
    question.asksForAddress = packet.substr(at + 1, kQuestionTail) == std::string_view("\0\1\0\1", 4);
    question.end = at + 1 + kQuestionTail;
    return question;
}

std::string header(std::string_view packet, Code code, std::uint8_t answers) {
    std::string made(packet.substr(0, 2));
    made += static_cast<char>(
        0x84 | (static_cast<unsigned char>(packet[2]) & 0x79));  // answer, authoritative, opcode and RD kept
    made += static_cast<char>(code);
    made += std::string_view("\0\1\0", 3);
    made += static_cast<char>(answers);
    made += std::string_view("\0\0\0\0", 4);
    return made;
}

// Points at the question's name; type A, class IN, 30 s to live, 4 bytes: 127.0.0.1.
constexpr std::string_view kAddressRecord("\xC0\x0C\0\1\0\1\0\0\0\x1E\0\4\x7F\0\0\1", 16);

}  // namespace

DnsService::DnsService(EventLoop& loop, DnsTraits traits, std::uint64_t seed)
    : m_loop(loop), m_traits(std::move(traits)), m_plan(m_traits.temper, loop.clock(), seed) {}

base::Result<void> DnsService::open() {
    base::Result<Descriptor> socket = bindLoopback(Transport::datagram, m_port);
    if (!socket) return tl::unexpected(socket.error());
    m_socket = std::move(*socket);
    m_port = portOf(m_socket);
    return m_loop.watch(m_socket.value(), EPOLLIN, [this](std::uint32_t) { receiveAll(); });
}

void DnsService::close() {
    m_loop.forget(m_socket.value());
    m_socket.reset();
}

void DnsService::apply(const Faults& faults) {
    m_plan.setFaults(faults);
    const bool refuses = m_plan.faults().answer == Answer::refuse;
    if (refuses && m_socket.isOpen()) {
        close();
    } else if (!refuses && !m_socket.isOpen() && !open()) {
        // Somebody else took the port meanwhile; it comes back when he leaves.
        m_loop.after(kTryAgain, [this] {
            if (!m_socket.isOpen()) apply(m_plan.faults());
        });
    }
}

ServiceCard DnsService::card() const {
    ServiceCard card;
    card.name = m_traits.name;
    card.kind = "dns";
    card.address = fmt::format("dns://127.0.0.1:{}/{}", m_port, m_traits.knownName);
    card.port = m_port;
    card.path = m_traits.knownName;
    card.goodAnswer = "127.0.0.1";
    card.answers = {Answer::healthy, Answer::unauthorized, Answer::wrongBody, Answer::refuse, Answer::hang};
    card.callsPerSecond = m_traits.callsPerSecond;
    return card;
}

void DnsService::receiveAll() {
    std::array<char, kLongestQuestion> packet{};
    for (;;) {
        sockaddr_in from{};
        socklen_t size = sizeof from;
        const ssize_t got =
            ::recvfrom(m_socket.value(), packet.data(), packet.size(), 0, reinterpret_cast<sockaddr*>(&from), &size);
        if (got < 0) return;
        if (static_cast<std::size_t>(got) >= kHeader) {
            treat(std::string(packet.data(), static_cast<std::size_t>(got)), from);
        }
    }
}

void DnsService::treat(std::string question, const sockaddr_in& from) {
    const Verdict verdict = m_plan.judge();
    if (verdict.fate == Fate::never) return;
    m_loop.after(verdict.delay, [this, verdict, from, asked = std::move(question)] {
        const std::string said = reply(asked, verdict.fate);
        ::sendto(m_socket.value(), said.data(), said.size(), MSG_NOSIGNAL, reinterpret_cast<const sockaddr*>(&from),
                 sizeof from);
    });
}

std::string DnsService::reply(std::string_view question, Fate fate) const {
    const Question asked = read(question);
    const auto coded = [&](Code code) {
        return header(question, code, 0) +
               std::string(question.substr(kHeader, asked.end == 0 ? 0 : asked.end - kHeader));
    };
    switch (fate) {
        case Fate::serve:
            break;
        case Fate::unauthorized:
            return coded(Code::refused);
        case Fate::wrongBody:
            return coded(Code::noSuchName);
        case Fate::error:
        case Fate::tooMany:
        case Fate::overloaded:
        case Fate::never:
            return coded(Code::serverFailure);
    }
    if (asked.name != m_traits.knownName) return coded(Code::noSuchName);
    if (!asked.asksForAddress) return coded(Code::noError);
    return header(question, Code::noError, 1) + std::string(question.substr(kHeader, asked.end - kHeader)) +
           std::string(kAddressRecord);
}

}  // namespace fusebox::lab
