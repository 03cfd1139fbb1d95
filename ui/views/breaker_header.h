#pragma once
// The head of the detail: which breaker, its state, what can be done to it, and what became of the last command.
// Threads: GUI thread only.
// Lifetime: the actions outlive it.

#include <fusebox/intent/command_desk.h>
#include <fusebox/models/fleet_row.h>
#include <fusebox/views/breaker_actions.h>

#include <QWidget>

class QHBoxLayout;
class QLabel;

namespace fusebox::format {
class SafeLabel;
}
namespace fusebox::widgets {
class StateLamp;
}

namespace fusebox::views {

class BreakerHeader : public QWidget {
    Q_OBJECT
public:
    explicit BreakerHeader(BreakerActions& actions, QWidget* parent = nullptr);

    void show(const models::FleetRow& row);
    /// nullptr: nothing was asked of this breaker yet.
    void showErrand(const intent::Errand* errand);

protected:
    void changeEvent(QEvent* event) override;

private:
    void addTitle(QHBoxLayout& line);
    void addButtons(BreakerActions& actions, QHBoxLayout& line);
    void tintErrand();

    widgets::StateLamp* m_lamp = nullptr;
    format::SafeLabel* m_name = nullptr;
    format::SafeLabel* m_target = nullptr;
    format::SafeLabel* m_errand = nullptr;
    domain::CommandStatus m_status = domain::CommandStatus::applied;
};

}  // namespace fusebox::views
