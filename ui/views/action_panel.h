#pragma once
// One recovery action of one breaker: what it will do, how it stands, who may start it, and its last run with all that it printed.
// Threads: GUI thread only.

#include <fusebox/domain/recovery.h>

#include <QWidget>

#include <optional>

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;

namespace fusebox::format {
class SafeLabel;
}

namespace fusebox::views {

class ActionPanel : public QWidget {
    Q_OBJECT
public:
    explicit ActionPanel(QWidget* parent = nullptr);

    /// nullptr: none is selected. The standing is copied. `run`: whether it can be run now, and if not, why.
    void show(const domain::BreakerId& breaker, const domain::ActionStanding* standing, bool canRun,
              const QString& whyNot);
    /// A run of the past instead of the action's last one, until another action is shown.
    void showOutcome(const domain::RecoveryOutcome& outcome);

    [[nodiscard]] QPushButton& runButton() { return *m_run; }
    [[nodiscard]] QComboBox& mode() { return *m_mode; }
    [[nodiscard]] QString textShown() const;

signals:
    void runWanted();
    void modeWanted(fusebox::domain::ActionMode mode);
    void breakerWanted(const fusebox::domain::BreakerId& breaker);

private:
    QWidget* makeHead();
    void setText(const QString& text);

    domain::BreakerId m_breaker;
    std::optional<domain::ActionStanding> m_standing;
    std::optional<domain::RecoveryId> m_chosen;  ///< a run of the past
    QStackedWidget* m_stack;
    format::SafeLabel* m_name = nullptr;
    QLabel* m_effect = nullptr;
    QLabel* m_state = nullptr;
    QLabel* m_limits = nullptr;
    QComboBox* m_mode = nullptr;
    QPushButton* m_run = nullptr;
    QPushButton* m_go = nullptr;
    QPlainTextEdit* m_text = nullptr;
};

}  // namespace fusebox::views
