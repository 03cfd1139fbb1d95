#include <fusebox/agent/signal_wait.h>

#include <chrono>

namespace fusebox::agent {

SignalWait::SignalWait() {
    ::sigemptyset(&m_signals);
    for (const int each : {SIGTERM, SIGINT, SIGHUP}) ::sigaddset(&m_signals, each);
    ::pthread_sigmask(SIG_BLOCK, &m_signals, &m_before);
}

SignalWait::~SignalWait() {
    ::pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
}

std::optional<Asked> SignalWait::next(base::Duration longest) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(longest);
    timespec wait{};
    wait.tv_sec = static_cast<time_t>(seconds.count());
    wait.tv_nsec = static_cast<long>(std::chrono::nanoseconds(longest - seconds).count());
    const int signal = ::sigtimedwait(&m_signals, nullptr, &wait);
    if (signal < 0) return std::nullopt;
    return signal == SIGHUP ? Asked::reload : Asked::stop;
}

}  // namespace fusebox::agent
