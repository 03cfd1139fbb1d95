#pragma once
// Keeps SIGPIPE from this thread while a library writes to sockets that may be closed, and swallows one that came.
// Threads: the one that made it. Changes nothing for the process.

#include <signal.h>

namespace fusebox::adapters {

class SignalGuard {
public:
    SignalGuard() {
        ::sigemptyset(&m_pipe);
        ::sigaddset(&m_pipe, SIGPIPE);
        sigset_t pending;
        ::sigpending(&pending);
        m_wasPending = ::sigismember(&pending, SIGPIPE) == 1;
        ::pthread_sigmask(SIG_BLOCK, &m_pipe, &m_before);
    }
    ~SignalGuard() {
        const timespec atOnce{};
        if (!m_wasPending) {
            while (::sigtimedwait(&m_pipe, nullptr, &atOnce) == SIGPIPE) {
            }
        }
        ::pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
    }
    SignalGuard(const SignalGuard&) = delete;
    SignalGuard& operator=(const SignalGuard&) = delete;

private:
    sigset_t m_pipe{};
    sigset_t m_before{};
    bool m_wasPending = false;
};

}  // namespace fusebox::adapters
