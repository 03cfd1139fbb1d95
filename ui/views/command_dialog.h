#pragma once
// Asks for a reason and says beforehand what will happen, before anything is done to a breaker, to several or to a
// group. Who is meant is fixed by id when the dialog opens, whatever the table does meanwhile; the forecast follows the
// live figures. For many breakers their number must be typed.
// Cancel has the focus; Enter in the reason only moves on to the button that acts.
// Threads: GUI thread only.
// Lifetime: the models outlive the dialog; it deletes itself when it is closed.

#include <fusebox/views/breaker_actions.h>
#include <fusebox/views/command_scope.h>
#include <fusebox/views/live_models.h>

#include <QDialog>

#include <utility>

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
    /// From so many breakers on their number must be typed.
    static constexpr std::size_t kMany = 10;

    /// For one breaker. REQUIRES: snapshot.identity is set.
    CommandDialog(LiveModels& models, BreakerAction action, const domain::Snapshot& snapshot,
                  QWidget* parent = nullptr);
    /// REQUIRES: the scope is not empty.
    CommandDialog(LiveModels& models, const intent::Wish& wish, CommandScope scope, QWidget* parent = nullptr);

    [[nodiscard]] const CommandScope& scope() const { return m_scope; }

signals:
    void submitted(const fusebox::domain::CommandId& id);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void addHeading(QVBoxLayout& layout);
    void addForecast(QVBoxLayout& layout);
    void addFields(QVBoxLayout& layout);
    void addDurations(QFormLayout& form);
    void addHolds(const domain::Snapshot& snapshot, QFormLayout& form);
    void addChallenge(QFormLayout& form);
    void addButtons(QVBoxLayout& layout);
    void refresh();
    void submit();
    [[nodiscard]] intent::Wish wish() const;
    /// What is missing before it can be confirmed; empty: nothing.
    [[nodiscard]] QString missing() const;
    /// What the wish can do now and what it will do, for the single breaker of this row.
    [[nodiscard]] std::pair<intent::Possibility, QString> forecastFor(const intent::Wish& asked,
                                                                      const models::FleetRow& row) const;
    /// nullptr: it is not for a single breaker, or that one is gone.
    [[nodiscard]] const models::FleetRow* single() const;

    LiveModels& m_models;
    const CommandScope m_scope;
    const intent::Wish m_wish;
    QLabel* m_forecast = nullptr;
    QLabel* m_hint = nullptr;
    QLineEdit* m_reason = nullptr;
    QLineEdit* m_challenge = nullptr;
    QComboBox* m_duration = nullptr;
    QComboBox* m_hold = nullptr;
    QPushButton* m_confirm = nullptr;
    QPushButton* m_cancel = nullptr;
};

}  // namespace fusebox::views
