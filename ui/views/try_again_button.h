#pragma once
// Offers to send a command again of which nobody knows what became. It is the same command by the same id: who has carried
// it out already answers what came of it, and does nothing a second time.
// Threads: GUI thread only.
// Lifetime: the desk outlives it.

#include <fusebox/intent/command_desk.h>

#include <QToolButton>

namespace fusebox::views {

class TryAgainButton : public QToolButton {
    Q_OBJECT
public:
    explicit TryAgainButton(intent::CommandDesk& desk, QWidget* parent = nullptr);

    /// Is seen as long as this command's outcome is unknown. nullptr: there is no command.
    void offer(const intent::Errand* errand);

private:
    void press();

    intent::CommandDesk& m_desk;
    domain::CommandId m_id;
};

}  // namespace fusebox::views
