#pragma once
// The desktop program, put together: the wiring's frames on their way to the window, its commands on their way back.
// Threads: GUI thread only.
// Lifetime: the wiring outlives it and is stopped before it is destroyed.

#include <fusebox/desk/agents_desk.h>
#include <fusebox/feed/frame_feed.h>
#include <fusebox/feed/history_feed.h>
#include <fusebox/intent/command_desk.h>
#include <fusebox/shell/main_window.h>
#include <fusebox/shell/screenshot_run.h>
#include <fusebox/wiring/wiring.h>

#include <QSettings>

#include <memory>

namespace fusebox::console {

class Console {
public:
    Console(wiring::Wiring& wiring, QSettings& settings, const QString& source, desk::TokenKeyring::Backing tokens);
    ~Console();

    void show();
    /// Instead of show(): ends the application by itself.
    void takeScreenshots(const QString& directory);

    [[nodiscard]] shell::MainWindow& window() { return *m_window; }
    [[nodiscard]] desk::AgentsDesk& agents() { return m_agents; }

private:
    std::unique_ptr<views::LabControl> m_lab;
    desk::AgentsDesk m_agents;
    std::shared_ptr<feed::FrameFeed> m_feed;
    intent::CommandDesk m_desk;
    views::LiveModels m_models;
    shell::Appearance m_appearance;
    std::unique_ptr<feed::HistoryFeed> m_history;  ///< null: no journal is written
    std::unique_ptr<shell::MainWindow> m_window;
    std::unique_ptr<shell::ScreenshotRun> m_screenshots;
};

}  // namespace fusebox::console
