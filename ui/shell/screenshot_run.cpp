#include <fusebox/shell/screenshot_run.h>

#include <fusebox/views/breaker_dialogs.h>
#include <fusebox/views/breaker_view.h>
#include <fusebox/views/charts_panel.h>
#include <fusebox/views/command_dialog.h>
#include <fusebox/views/dossier_window.h>

#include <QApplication>
#include <QDir>
#include <QDockWidget>
#include <QPainter>
#include <QTabWidget>
#include <QTimer>

#include <cstdio>

namespace fusebox::shell {
namespace {

constexpr QSize kSize{1280, 800};

}  // namespace

ScreenshotRun::ScreenshotRun(MainWindow& window, views::LiveModels& models, Appearance& appearance, QString directory,
                             ScreenshotPace pace)
    : m_window(window), m_models(models), m_appearance(appearance), m_directory(std::move(directory)), m_pace(pace) {
    makeScreens();
}

QStringList ScreenshotRun::screens() const {
    QStringList names;
    for (const Screen& screen : m_screens) names << screen.name;
    return names;
}

void ScreenshotRun::makeScreens() {
    QTabWidget& lists = m_window.breaker().lists();
    const auto showTab = [&lists](const QString& title) {
        for (int tab = 0; tab < lists.count(); ++tab) {
            if (lists.tabText(tab).startsWith(title)) lists.setCurrentIndex(tab);
        }
    };
    const auto nothing = [] {};
    const auto charts = [&lists] { lists.setCurrentIndex(0); };
    m_screens.push_back({QStringLiteral("overview"), [this] { selectMostTroubled(); }, nothing});
    for (const char* title : {"Trips", "Patterns", "Errors", "Transitions", "Holds", "Configuration", "Shadow"}) {
        const QString tab = QLatin1String(title);
        m_screens.push_back({tab.toLower(), [showTab, tab] { showTab(tab); }, charts});
    }
    const auto breakers = [this] { m_window.pages().turnTo(Page::breakers); };
    m_screens.push_back({QStringLiteral("errors-page"), [this] { m_window.pages().turnTo(Page::errors); }, breakers});
    m_screens.push_back({QStringLiteral("recovery-page"), [this] { m_window.pages().turnTo(Page::recovery); }, [] {}});
    m_screens.push_back({QStringLiteral("history-page"), [this] { m_window.pages().turnTo(Page::history); }, breakers});
    const auto closeDialog = [] {
        if (QWidget* dialog = QApplication::activeModalWidget()) dialog->close();
    };
    m_screens.push_back({QStringLiteral("editor"), [this] { m_window.dialogs().openConfiguration(); }, closeDialog});
    m_screens.push_back({QStringLiteral("dossier"), [this] { m_window.dialogs().openDossier(); },
                         [this] { delete m_window.findChild<views::DossierWindow*>(); }});
    m_screens.push_back(
        {QStringLiteral("command"), [this] { m_window.openCommand(views::BreakerAction::holdOpen); }, closeDialog});
    if (m_window.canAttach()) {
        m_screens.push_back({QStringLiteral("attach"), [this] { m_window.openAttach(); }, closeDialog});
    }
    if (m_window.labDock() != nullptr) {
        m_screens.push_back({QStringLiteral("lab"), [this] { m_window.labDock()->raise(); },
                             [this] { m_window.eventsDock().raise(); }});
    }
}

void ScreenshotRun::start(views::LabControl* lab) {
    if (!QDir().mkpath(m_directory)) {
        std::fprintf(stderr, "fusebox: cannot make the directory %s\n", qPrintable(m_directory));
        QTimer::singleShot(0, this, [this] { emit finished(1); });
        return;
    }
    m_appearance.show(ThemeChoice::light);
    m_window.resetLayout();
    m_window.resize(kSize);
    m_window.show();
    m_window.breaker().charts().setMinutes(1);
    if (lab != nullptr && !lab->scene() && !lab->stories().empty()) lab->playStory(lab->stories().front().name);
    QTimer::singleShot(m_pace.firstData, this, &ScreenshotRun::showNext);
}

void ScreenshotRun::showNext() {
    if (m_next == m_screens.size()) {
        emit finished(m_exitCode);
        return;
    }
    const Screen& screen = m_screens[m_next++];
    screen.prepare();
    QTimer::singleShot(m_pace.perScreen, this, [this, &screen] { take(screen); });
}

void ScreenshotRun::take(const Screen& screen) {
    const bool lightWritten = write(screen.name + QStringLiteral("-light"));
    m_appearance.show(ThemeChoice::dark);
    QTimer::singleShot(m_pace.settle, this, [this, &screen, lightWritten] {
        if (!write(screen.name + QStringLiteral("-dark")) || !lightWritten) m_exitCode = 1;
        screen.cleanUp();
        m_appearance.show(ThemeChoice::light);
        showNext();
    });
}

bool ScreenshotRun::write(const QString& name) {
    QPixmap picture = m_window.grab();
    QWidget* dialog = QApplication::activeModalWidget();
    if (dialog == nullptr) dialog = m_window.findChild<views::DossierWindow*>();
    if (dialog != nullptr) {
        // A dialog is a window of its own: it is put where a window manager would put it, over the middle.
        const QPixmap above = dialog->grab();
        QPainter painter(&picture);
        painter.fillRect(picture.rect(), QColor(0, 0, 0, 90));
        painter.drawPixmap((m_window.width() - dialog->width()) / 2, (m_window.height() - dialog->height()) / 2, above);
    }
    const QString path = QDir(m_directory).filePath(name + QStringLiteral(".png"));
    if (picture.save(path)) return true;
    std::fprintf(stderr, "fusebox: cannot write %s\n", qPrintable(path));
    return false;
}

void ScreenshotRun::selectMostTroubled() {
    // The table is sorted by urgency after a reset.
    if (m_models.fleet().rowCount() > 0) m_models.select(m_models.fleet().idAt(0));
}

}  // namespace fusebox::shell
