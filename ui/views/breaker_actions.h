#pragma once
// The things that can be done to the breaker that is looked at, or to all that are chosen: one set of actions for
// buttons, menus and shortcuts. Each says why it cannot be done where it cannot.
// Threads: GUI thread only.

#include <fusebox/intent/command_desk.h>

#include <QAction>
#include <QObject>

#include <array>
#include <vector>

namespace fusebox::views {

enum class BreakerAction { trip, reset, holdOpen, holdClosed, release, probeNow, onlyMeasure, disable };

inline constexpr std::array kBreakerActions{BreakerAction::trip,        BreakerAction::reset,   BreakerAction::holdOpen,
                                            BreakerAction::holdClosed,  BreakerAction::release, BreakerAction::probeNow,
                                            BreakerAction::onlyMeasure, BreakerAction::disable};

/// What the action asks for before the person has said more. A release is of the newest hold.
[[nodiscard]] intent::Wish wishOf(BreakerAction action, const domain::Snapshot& snapshot);

/// The same for several breakers. A release is of all holds of the actor.
[[nodiscard]] intent::Wish wishOfMany(BreakerAction action);

class BreakerActions : public QObject {
    Q_OBJECT
public:
    explicit BreakerActions(QObject* parent = nullptr);

    [[nodiscard]] QAction* action(BreakerAction which) const { return m_actions[static_cast<std::size_t>(which)]; }
    [[nodiscard]] QList<QAction*> all() const { return {m_actions.begin(), m_actions.end()}; }

    /// Those that get a button.
    [[nodiscard]] QList<QAction*> main() const { return all().mid(0, static_cast<int>(BreakerAction::onlyMeasure)); }

    /// Enables what can be done now. nullptr: no breaker.
    void show(const domain::Snapshot* snapshot, const intent::CommandDesk& desk);
    /// Several breakers: enables what can be done to one of them at least.
    void show(const std::vector<const domain::Snapshot*>& snapshots, const intent::CommandDesk& desk);
    void tintIcons(const QPalette& palette);

signals:
    void triggered(fusebox::views::BreakerAction action);

private:
    void enable(BreakerAction which, bool enabled, const QString& more);

    std::array<QAction*, kBreakerActions.size()> m_actions{};
};

}  // namespace fusebox::views
