#pragma once
// All that can be done to the breaker that is looked at, to all that are chosen, or to its group: the Breaker menu, and
// the context menu of the table.
// Threads: GUI thread only.
// Lifetime: models, actions and dialogs outlive it.

#include <fusebox/views/breaker_actions.h>
#include <fusebox/views/breaker_dialogs.h>
#include <fusebox/views/live_models.h>

#include <QMenu>

#include <vector>

namespace fusebox::views {

class BreakerMenu : public QMenu {
    Q_OBJECT
public:
    BreakerMenu(LiveModels& models, BreakerActions& actions, BreakerDialogs& dialogs, QWidget* parent = nullptr);

    [[nodiscard]] QMenu& group() { return *m_group; }

signals:
    void recoveryWanted(const fusebox::domain::BreakerId& breaker);
    void historyWanted(const fusebox::domain::BreakerId& breaker);

private:
    void addPages(BreakerDialogs& dialogs);
    void addGroup(BreakerDialogs& dialogs);
    void refresh();
    void refreshNames();

    LiveModels& m_models;
    QAction* m_caption;
    QAction* m_why = nullptr;
    QAction* m_recovery = nullptr;
    QAction* m_history = nullptr;
    QAction* m_configure = nullptr;
    QAction* m_shadow = nullptr;
    QAction* m_endShadow = nullptr;
    QAction* m_adopt = nullptr;
    QMenu* m_group = nullptr;
};

}  // namespace fusebox::views
