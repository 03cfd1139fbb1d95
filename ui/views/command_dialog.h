#pragma once
// Asks for a reason and says beforehand what will happen, before anything is done to a breaker. The breaker is fixed by
// its id when the dialog opens, whatever the table does meanwhile; the forecast follows the live figures.
// Cancel has the focus; Enter in the reason only moves on to the button that acts.
// Threads: GUI thread only.
// Lifetime: the models outlive the dialog; it deletes itself when it is closed.

#include <fusebox/views/breaker_actions.h>
#include <fusebox/views/live_models.h>

#include <QDialog>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace fusebox::views {

class CommandDialog : public QDialog {
    Q_OBJECT
public:
    /// REQUIRES: snapshot.identity is set.
    CommandDialog(LiveModels& models, BreakerAction action, const domain::Snapshot& snapshot,
                  QWidget* parent = nullptr);

    [[nodiscard]] const domain::BreakerId& breaker() const { return m_breaker; }

signals:
    void submitted(const fusebox::domain::CommandId& id);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void addHeading(const domain::Snapshot& snapshot, QVBoxLayout& layout);
    void addFields(const domain::Snapshot& snapshot, QVBoxLayout& layout);
    void addDurations(QFormLayout& form);
    void addHolds(const domain::Snapshot& snapshot, QFormLayout& form);
    void addButtons(QVBoxLayout& layout);
    void refresh();
    void submit();
    [[nodiscard]] intent::Wish wish() const;

    LiveModels& m_models;
    const BreakerAction m_action;
    const domain::BreakerId m_breaker;
    intent::Wish m_wish;
    QLabel* m_forecast = nullptr;
    QLabel* m_hint = nullptr;
    QLineEdit* m_reason = nullptr;
    QComboBox* m_duration = nullptr;
    QComboBox* m_hold = nullptr;
    QPushButton* m_confirm = nullptr;
    QPushButton* m_cancel = nullptr;
};

}  // namespace fusebox::views
