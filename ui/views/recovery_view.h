#pragma once
// What may be done about dependencies that fail, what was done, and whether it helped: the actions of all breakers, the
// one that is selected, the history of runs, and how often each action helped.
// A hidden page costs nothing; it catches up when it is shown.
// Threads: GUI thread only.
// Lifetime: the models outlive it.

#include <fusebox/domain/command.h>
#include <fusebox/models/actions_model.h>
#include <fusebox/models/recovery_history_model.h>
#include <fusebox/models/recovery_rates_model.h>
#include <fusebox/views/live_models.h>

#include <QWidget>

#include <optional>

class QTabWidget;

namespace fusebox::widgets {
class FilterBar;
class SummaryTile;
}  // namespace fusebox::widgets

namespace fusebox::views {

class ActionPanel;
class CommandDialog;
class PlainTable;

class RecoveryView : public QWidget {
    Q_OBJECT
public:
    explicit RecoveryView(LiveModels& models, QWidget* parent = nullptr);

    /// Selects the first action of this breaker that asks for attention, taking a filter away that would hide it.
    void showBreaker(const domain::BreakerId& breaker);
    void focusFilter();

    /// Asks for a reason, then runs the selected action. nullptr: it cannot be run now.
    CommandDialog* openRun();
    /// As above, to change who starts it.
    CommandDialog* openMode(domain::ActionMode mode);

    [[nodiscard]] models::ActionsModel& actions() { return m_actions; }
    [[nodiscard]] models::RecoveryHistoryModel& history() { return m_history; }
    [[nodiscard]] PlainTable& actionsTable() { return *m_actionsTable; }
    [[nodiscard]] PlainTable& historyTable() { return *m_historyTable; }
    [[nodiscard]] PlainTable& ratesTable() { return *m_ratesTable; }
    [[nodiscard]] ActionPanel& panel() { return *m_panel; }

signals:
    void breakerWanted(const fusebox::domain::BreakerId& breaker);
    void patternWanted(fusebox::domain::PatternId pattern);

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeTop();
    QWidget* makeBottom();
    void makeActionsTable();
    void makeHistoryTable();
    void makeRatesTable();
    widgets::SummaryTile* makeTile(const QString& caption, const QString& tip);
    void refresh();
    void showTotals();
    void showSelected();
    void openRate(const QModelIndex& index);
    [[nodiscard]] std::optional<models::ActionKey> selected() const;
    CommandDialog* open(domain::CommandKind kind, domain::ActionMode mode);
    [[nodiscard]] QString emptyText() const;

    LiveModels& m_models;
    models::ActionsModel m_actions;
    models::RecoveryHistoryModel m_history;
    models::RecoveryRatesModel m_rates;
    widgets::SummaryTile* m_running = nullptr;
    widgets::SummaryTile* m_proposed = nullptr;
    widgets::SummaryTile* m_locked = nullptr;
    widgets::SummaryTile* m_success = nullptr;
    widgets::SummaryTile* m_time = nullptr;
    widgets::FilterBar* m_filter = nullptr;
    PlainTable* m_actionsTable = nullptr;
    PlainTable* m_historyTable = nullptr;
    PlainTable* m_ratesTable = nullptr;
    ActionPanel* m_panel = nullptr;
    QTabWidget* m_tabs = nullptr;
};

}  // namespace fusebox::views
