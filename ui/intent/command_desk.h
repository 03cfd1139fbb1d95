#pragma once
// Makes commands from wishes, hands them to the gate and follows each until it is settled by its report in a frame,
// or unknown because none came in time. A late report still settles it, and until then it may be sent again.
// Threads: GUI thread; submit functions must not block.
// Time: deadlines by the given clock.
// Limits: kRemembered settled commands are remembered, the newest ones.

#include <fusebox/base/clock.h>
#include <fusebox/domain/frame.h>
#include <fusebox/intent/wish.h>

#include <QObject>
#include <QTimer>

#include <chrono>
#include <cstddef>
#include <functional>
#include <initializer_list>
#include <list>
#include <optional>
#include <string>
#include <vector>

namespace fusebox::intent {

/// A command on its way, or what became of it.
struct Errand {
    domain::Command command;
    domain::CommandStatus status = domain::CommandStatus::pending;
    QString message;         ///< made safe: what was done, or why not
    base::Time submitted{};  ///< when it was sent last
    int tries = 1;           ///< how often it was sent

    [[nodiscard]] bool isSettled() const {
        return status != domain::CommandStatus::pending && status != domain::CommandStatus::unknown;
    }
};

class CommandDesk final : public QObject {
    Q_OBJECT

public:
    using Submit = std::function<void(domain::Command)>;

    static constexpr std::chrono::seconds kDeadline{5};
    static constexpr std::size_t kRemembered = 200;

    CommandDesk(const base::Clock& clock, QString actor, Submit submit, QObject* parent = nullptr);

    [[nodiscard]] const QString& actor() const { return m_actor; }

    [[nodiscard]] Possibility possible(const Wish& wish, const domain::Snapshot& snapshot) const;

    /// Submits the wish for this breaker and returns the command's id. Emits changed().
    domain::CommandId submit(const Wish& wish, const domain::Snapshot& snapshot);

    /// One command for all breakers of a group.
    domain::CommandId submit(const Wish& wish, const std::string& group);

    /// A command for the whole program, not for a breaker.
    domain::CommandId submit(const Wish& wish);

    /// Sends the same command once more, by the same id, so that it has one effect however often it arrives. False, and
    /// nothing is done, unless its outcome is unknown. Emits changed().
    bool tryAgain(const domain::CommandId& id);

    /// Settles what the frame's events report and gives up on what is overdue.
    void apply(const domain::Frame& frame);
    /// Marks overdue commands as unknown; also runs by itself while some are pending.
    void expireOverdue();

    /// nullptr when it was never submitted here or is forgotten. Valid until the next call of submit() or apply().
    [[nodiscard]] const Errand* find(const domain::CommandId& id) const;
    /// The newest one of a breaker, or of its group where one is given.
    [[nodiscard]] const Errand* lastFor(const domain::BreakerId& breaker, const std::string& group = {}) const;
    /// The newest one about a recovery action of a breaker: to run it or to change its mode.
    [[nodiscard]] const Errand* lastFor(const domain::BreakerId& breaker, domain::RecoveryAction action) const;
    /// The newest one of these kinds, for whatever it was.
    [[nodiscard]] const Errand* lastOf(std::initializer_list<domain::CommandKind> kinds) const;
    [[nodiscard]] std::size_t pendingCount() const;

signals:
    /// An errand began or its status changed.
    void changed(const fusebox::domain::CommandId& id);

private:
    [[nodiscard]] std::list<Errand>::iterator errandOf(const domain::CommandId& id);
    domain::CommandId send(const Wish& wish, domain::Command command);
    void settle(const domain::CommandReport& report);
    void forgetOld();

    const base::Clock& m_clock;
    const QString m_actor;
    const Submit m_submit;
    std::list<Errand> m_errands;  ///< newest first
    QTimer m_watch;
};

/// The name of the user that runs this program.
[[nodiscard]] QString systemUser();

}  // namespace fusebox::intent
