#pragma once
// The head of the detail: which breaker, its state and why, what can be done to it, what became of the last command,
// and a line of facts.
// Threads: GUI thread only.
// Lifetime: models and actions outlive it.

#include <fusebox/views/breaker_actions.h>
#include <fusebox/views/live_models.h>

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QToolButton;
class QVBoxLayout;

namespace fusebox::format {
class SafeLabel;
}
namespace fusebox::widgets {
class StateLamp;
}

namespace fusebox::views {

class FactsStrip;
class TryAgainButton;

class BreakerHeader : public QWidget {
    Q_OBJECT
public:
    BreakerHeader(LiveModels& models, BreakerActions& actions, QWidget* parent = nullptr);

signals:
    /// The dossier of the newest trip.
    void whyWanted();

protected:
    void changeEvent(QEvent* event) override;

private:
    [[nodiscard]] QHBoxLayout* makeTitle();
    [[nodiscard]] QHBoxLayout* makeButtons(BreakerActions& actions);
    [[nodiscard]] QHBoxLayout* makeSecondLine();
    void refresh();
    void showReason(const models::FleetRow& row);
    void showChoice();
    void showErrand();
    void tint();

    LiveModels& m_models;
    widgets::StateLamp* m_lamp = nullptr;
    format::SafeLabel* m_name = nullptr;
    format::SafeLabel* m_reason = nullptr;
    QToolButton* m_why = nullptr;
    QLabel* m_choice = nullptr;
    format::SafeLabel* m_target = nullptr;
    format::SafeLabel* m_errand = nullptr;
    TryAgainButton* m_tryAgain = nullptr;
    FactsStrip* m_facts = nullptr;
    domain::BreakerId m_shown;
    domain::CommandStatus m_status = domain::CommandStatus::applied;
};

}  // namespace fusebox::views
