#pragma once
// The window: pages in the middle (breakers, errors, recovery, history), detail, events and lab in docks around them, menus
// and a status bar.
// Threads: GUI thread only.
// Lifetime: what is in WindowParts outlives the window.

#include <fusebox/shell/appearance.h>
#include <fusebox/shell/status_strip.h>
#include <fusebox/shell/window_layout.h>
#include <fusebox/shell/window_pages.h>
#include <fusebox/views/agents_control.h>
#include <fusebox/views/breaker_actions.h>
#include <fusebox/views/history_view.h>
#include <fusebox/views/lab_control.h>
#include <fusebox/views/live_models.h>

#include <QMainWindow>

class QDockWidget;
class QMenu;
class QSettings;
class QVBoxLayout;

namespace fusebox::views {
class AttachDialog;
class BreakerDialogs;
class BreakerMenu;
class BreakerView;
class CommandDialog;
class ErrorsView;
class EventsView;
class FleetView;
class LabPanel;
class RecoveryView;
class TryAgainButton;
}  // namespace fusebox::views

namespace fusebox::shell {

class PageSwitch;
class StaleBanner;

struct WindowParts {
    views::LiveModels& models;
    Appearance& appearance;
    QSettings& settings;
    views::LabControl* lab = nullptr;        ///< nullptr: real services
    QString source;                          ///< the lab or the configuration file, for the status bar
    views::AgentsControl* agents = nullptr;  ///< nullptr: none can be attached
    views::HistoryParts history{};           ///< where what happened before is read
};

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(const WindowParts& parts);
    ~MainWindow() override;

    /// No frame came for a while, or they come again.
    void setStale(bool stale);

    /// Opens the dialog for the breaker that is looked at now; nullptr when that cannot be done now.
    views::CommandDialog* openCommand(views::BreakerAction action);

    [[nodiscard]] bool canAttach() const { return m_agents != nullptr; }
    /// Asks for an agent to be attached, or for changes of one that is. REQUIRES: agents can be attached.
    views::AttachDialog* openAttach(const QString& agent = {});

    /// Forgets what was remembered and lays the panes out as designed.
    void resetLayout();
    void rememberLayout();

    /// Shows the breaker with its detail.
    void goToBreaker(const domain::BreakerId& breaker);
    /// Opens what was known at that trip; where that is no longer kept, the breaker.
    void goToTrip(const domain::BreakerId& breaker, std::uint64_t transition);
    /// All about this pattern on the page of errors.
    void goToPattern(domain::PatternId pattern);
    /// What may be done about this breaker, on the page of recovery.
    void goToRecovery(const domain::BreakerId& breaker);
    /// What the journal has of this breaker, on the page of history.
    void goToHistory(const domain::BreakerId& breaker);

    [[nodiscard]] WindowPages& pages() { return *m_pages; }
    [[nodiscard]] views::ErrorsView& errors() { return *m_errors; }
    [[nodiscard]] views::RecoveryView& recovery() { return *m_recovery; }
    [[nodiscard]] views::HistoryView& history() { return *m_history; }
    [[nodiscard]] views::BreakerDialogs& dialogs() { return *m_dialogs; }
    [[nodiscard]] views::FleetView& fleet() { return *m_fleet; }
    [[nodiscard]] views::BreakerView& breaker() { return *m_breaker; }
    [[nodiscard]] views::EventsView& events() { return *m_events; }
    [[nodiscard]] QDockWidget& breakerDock() { return *m_breakerDock; }
    [[nodiscard]] QDockWidget& eventsDock() { return *m_eventsDock; }
    /// nullptr without a lab.
    [[nodiscard]] QDockWidget* labDock() { return m_labDock; }

protected:
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void makeCentre();
    void addSources(QVBoxLayout& column);
    void makePages();
    void makeCorner();
    void makeDocks(views::LabControl* lab);
    QDockWidget* addPane(const QString& title, const QString& name, QWidget* content);
    void makeMenus();
    void addBreakerMenu();
    void addViewMenu();
    void addFocusActions(QMenu& menu);
    void addThemeMenu(QMenu& menu);
    void addHelpMenu();
    void arrangePanes();
    void shareHeight();
    void makeRoomForLab(bool labSeen);
    void showBreakerMenu(const QPoint& at);
    void connectTables();
    void find();
    void onFrame();
    void showProposals(const domain::RecoveryReport* report);
    void showActions();
    void onErrand(const domain::CommandId& id);
    void tintIcons();

    views::LiveModels& m_models;
    Appearance& m_appearance;
    views::AgentsControl* m_agents;
    WindowLayout m_layout;
    views::BreakerActions* m_actions;
    views::BreakerDialogs* m_dialogs;
    views::FleetView* m_fleet;
    views::BreakerView* m_breaker;
    views::EventsView* m_events;
    views::ErrorsView* m_errors;
    views::RecoveryView* m_recovery;
    views::HistoryView* m_history;
    WindowPages* m_pages = nullptr;
    PageSwitch* m_pageSwitch = nullptr;
    StaleBanner* m_staleBanner;
    StatusStrip* m_status;
    views::TryAgainButton* m_tryAgain;
    QDockWidget* m_breakerDock = nullptr;
    QDockWidget* m_eventsDock = nullptr;
    QDockWidget* m_labDock = nullptr;
    views::BreakerMenu* m_breakerMenu = nullptr;
    std::shared_ptr<const domain::RecoveryReport> m_reported;  ///< whose proposals are counted
    int m_eventsHeight = 0;                                    ///< before the lab was looked at
    bool m_shown = false;
    bool m_restored = false;
};

}  // namespace fusebox::shell
