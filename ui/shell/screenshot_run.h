#pragma once
// Shows the main screens for a few seconds of live data each, light and dark, and writes them as PNG files with stable
// names. Its exit code is 0, or 1 where a file could not be written.
// Threads: GUI thread only.
// Time: the event loop's timers; about three quarters of a minute in all.
// Lifetime: window, models and appearance outlive it.

#include <fusebox/shell/main_window.h>

#include <QObject>
#include <QString>

#include <chrono>
#include <functional>
#include <vector>

namespace fusebox::shell {

/// How long each step is shown.
struct ScreenshotPace {
    std::chrono::milliseconds firstData = std::chrono::seconds(14);  ///< until something has happened
    std::chrono::milliseconds perScreen = std::chrono::seconds(2);
    std::chrono::milliseconds settle{400};  ///< after a change of theme
};

class ScreenshotRun : public QObject {
    Q_OBJECT
public:
    ScreenshotRun(MainWindow& window, views::LiveModels& models, Appearance& appearance, QString directory,
                  ScreenshotPace pace = {});

    /// Tells the lab to play its first story, if there is a lab, so that there is something to be seen.
    void start(views::LabControl* lab);

    /// The screens' names: "overview", "command", ...
    [[nodiscard]] QStringList screens() const;

signals:
    void finished(int exitCode);

private:
    struct Screen {
        QString name;
        std::function<void()> prepare;
        std::function<void()> cleanUp;
    };

    void makeScreens();
    void showNext();
    void take(const Screen& screen);
    [[nodiscard]] bool write(const QString& name);
    void selectMostTroubled();

    MainWindow& m_window;
    views::LiveModels& m_models;
    Appearance& m_appearance;
    const QString m_directory;
    const ScreenshotPace m_pace;
    std::vector<Screen> m_screens;
    std::size_t m_next = 0;
    int m_exitCode = 0;
};

}  // namespace fusebox::shell
