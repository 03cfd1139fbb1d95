#pragma once
// Commands that came by HTTP: hands them to the gate and answers when the event about them arrives, or as pending when
// it takes too long.
// Threads: any. The gate is called on a thread of the desk's own, since it may write to the disk.
// Time: the given clock; whoever owns the desk calls look() often.
// Requests with the same id share an answer only when they are the same command of the same actor.
// Limits: Limits::waitingCommands, commandTime.

#include <fusebox/base/clock.h>
#include <fusebox/base/mutex.h>
#include <fusebox/command/gate.h>
#include <fusebox/domain/frame.h>
#include <fusebox/server/errands.h>
#include <fusebox/server/exchange.h>
#include <fusebox/server/limits.h>

#include <memory>
#include <unordered_map>

namespace fusebox::server {

class CommandDesk {
public:
    /// REQUIRES: clock and gate outlive it.
    CommandDesk(const base::Clock& clock, command::Gate& gate, const Limits& limits);

    void start() { m_clerk.start(); }
    /// Answers all that wait; what comes later is refused.
    void stop();

    /// REQUIRES: the request is a command with its grant.
    void take(const std::shared_ptr<Exchange>& exchange);

    /// Answers those whose reports the frame brings.
    void note(const domain::Frame& frame);
    /// Answers those that have waited too long.
    void look();

    [[nodiscard]] Reply reportOf(const domain::CommandId& id) const;
    [[nodiscard]] std::size_t waiting() const;

private:
    struct Waiting {
        std::shared_ptr<Exchange> exchange;
        domain::Command command;
        base::Time until{};
    };

    void forget(const Exchange& exchange);
    [[nodiscard]] static bool isAbout(const domain::CommandReport& report, const domain::Command& command);
    [[nodiscard]] static Reply replyFor(const domain::CommandReport& report);
    [[nodiscard]] Reply lateReplyFor(const domain::Command& command) const;

    const base::Clock& m_clock;
    command::Gate& m_gate;
    const Limits m_limits;
    Errands m_clerk;
    mutable base::Mutex m_mutex;
    std::unordered_multimap<domain::CommandId, Waiting> m_waiting FUSEBOX_GUARDED_BY(m_mutex);
    bool m_closed FUSEBOX_GUARDED_BY(m_mutex) = false;
};

}  // namespace fusebox::server
