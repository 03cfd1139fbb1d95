#include <fusebox/agent/readiness.h>

#include <fusebox/base/clock.h>

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <cstring>

namespace fusebox::agent {

namespace {

std::string taken(const char* variable) {
    const char* value = std::getenv(variable);
    std::string text = value == nullptr ? "" : value;
    ::unsetenv(variable);
    return text;
}

}  // namespace

Readiness::Readiness() : m_socket(taken("NOTIFY_SOCKET")) {
    const std::string pause = taken("WATCHDOG_USEC");
    const std::string process = taken("WATCHDOG_PID");
    std::uint64_t microseconds = 0;
    const auto [end, error] = std::from_chars(pause.data(), pause.data() + pause.size(), microseconds);
    const bool isMeant = process.empty() || process == std::to_string(::getpid());
    if (isMeant && error == std::errc() && microseconds > 0) {
        m_watchdog = std::chrono::microseconds(microseconds) / 2;  // as sd_watchdog_enabled(3) advises
    }
}

void Readiness::ready(std::string_view status) {
    say(fmt::format("READY=1\nSTATUS={}\nMAINPID={}", status, ::getpid()));
}

void Readiness::reloading() {
    const auto now =
        std::chrono::duration_cast<std::chrono::microseconds>(base::SteadyClock().now().time_since_epoch());
    say(fmt::format("RELOADING=1\nMONOTONIC_USEC={}", now.count()));
}

void Readiness::stopping() {
    say("STOPPING=1");
}

void Readiness::alive() {
    say("WATCHDOG=1");
}

void Readiness::say(std::string_view words) const {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (m_socket.empty() || m_socket.size() >= sizeof address.sun_path) return;
    std::memcpy(address.sun_path, m_socket.data(), m_socket.size());
    if (address.sun_path[0] == '@') address.sun_path[0] = '\0';  // a name that is no file
    const int socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (socket < 0) return;
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + m_socket.size());
    [[maybe_unused]] const ssize_t sent = ::sendto(socket, words.data(), words.size(), MSG_NOSIGNAL | MSG_DONTWAIT,
                                                   reinterpret_cast<const sockaddr*>(&address), length);
    ::close(socket);
}

}  // namespace fusebox::agent
