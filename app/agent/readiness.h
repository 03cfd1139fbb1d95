#pragma once
// Tells systemd how the program stands (Type=notify-reload and Type=notify): a few words in a datagram to $NOTIFY_SOCKET.
// Threads: one at a time.
// Errors: without a socket, or one that takes nothing, it says nothing: nobody asked.
// Source: sd_notify(3), the protocol is stable.

#include <fusebox/base/time.h>

#include <optional>
#include <string>
#include <string_view>

namespace fusebox::agent {

class Readiness {
public:
    /// Takes $NOTIFY_SOCKET and $WATCHDOG_USEC out of the environment, so that programs that are started later do not speak for this one.
    Readiness();

    void ready(std::string_view status);
    void reloading();
    void stopping();
    /// How often alive() shall be called; nothing: nobody waits for it.
    [[nodiscard]] std::optional<base::Duration> watchdog() const { return m_watchdog; }
    void alive();

private:
    void say(std::string_view words) const;

    std::string m_socket;
    std::optional<base::Duration> m_watchdog;
};

}  // namespace fusebox::agent
