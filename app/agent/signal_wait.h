#pragma once
// Waits for what the system asks of a program without a window: to stop (SIGTERM, SIGINT), to read its configuration again (SIGHUP).
// Threads: made on the main thread before all others, so that none of them is interrupted by these signals; next() on that thread.
// Lifetime: signals stay blocked until it is destroyed.

#include <fusebox/base/time.h>

#include <csignal>
#include <cstdint>
#include <optional>

namespace fusebox::agent {

enum class Asked : std::uint8_t { stop, reload };

class SignalWait {
public:
    SignalWait();
    ~SignalWait();
    SignalWait(const SignalWait&) = delete;
    SignalWait& operator=(const SignalWait&) = delete;

    /// Nothing when the time is over.
    [[nodiscard]] std::optional<Asked> next(base::Duration longest);

private:
    sigset_t m_signals{};
    sigset_t m_before{};
};

}  // namespace fusebox::agent
