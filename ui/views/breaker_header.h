#pragma once
// The head of the detail: which breaker, its state, what can be done to it, and what became of the last command.
// Threads: GUI thread only.
// Lifetime: models and actions outlive it.

#include <fusebox/views/breaker_actions.h>
#include <fusebox/views/live_models.h>

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
    BreakerHeader(LiveModels& models, BreakerActions& actions, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;

private:
    void addTitle(QHBoxLayout& line);
    void addButtons(BreakerActions& actions, QHBoxLayout& line);
    void refresh();
    void showErrand();
    void tintErrand();

    LiveModels& m_models;
    widgets::StateLamp* m_lamp = nullptr;
    format::SafeLabel* m_name = nullptr;
    format::SafeLabel* m_target = nullptr;
    format::SafeLabel* m_errand = nullptr;
    domain::CommandStatus m_status = domain::CommandStatus::applied;
};

}  // namespace fusebox::views
