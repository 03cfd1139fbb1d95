#include <fusebox/shell/screenshot_run.h>
#include <fusebox/support/test_case.h>

#include <QDir>
#include <QImage>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>

#include "fake_lab.h"
#include "stage.h"

namespace fusebox::shell {
namespace {

using namespace std::chrono_literals;

struct Studio {
    Studio() { stage.tick(10); }

    int shoot(const QString& directory) {
        ScreenshotRun run(window, stage.models, appearance, directory, {30ms, 20ms, 10ms});
        QSignalSpy finished(&run, &ScreenshotRun::finished);
        run.start(&lab);
        if (!finished.wait(30'000)) return -1;
        return finished.at(0).at(0).toInt();
    }

    QTemporaryDir folder;
    QSettings settings{folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat};
    Appearance appearance{settings};
    views::FakeLab lab;
    views::Stage stage{6};
    MainWindow window{WindowParts{stage.models, appearance, settings, &lab, QStringLiteral("Built-in lab")}};
};

}  // namespace

class ScreenshotRunTest : public QObject {
    Q_OBJECT
private slots:
    void it_writes_every_screen_light_and_dark();
    void it_says_when_it_cannot_write();
};

void ScreenshotRunTest::it_writes_every_screen_light_and_dark() {
    Studio studio;
    const QString directory = studio.folder.filePath(QStringLiteral("new/pictures"));
    QCOMPARE(studio.shoot(directory), 0);
    QVERIFY(!studio.lab.playing.empty());
    for (const char* screen :
         {"overview", "trips", "patterns", "errors", "errors-page", "recovery-page", "history-page", "transitions",
          "holds", "configuration", "shadow", "editor", "command", "lab"}) {
        const QString path = directory + QLatin1Char('/') + QLatin1String(screen);
        const QImage light(path + QStringLiteral("-light.png"));
        const QImage dark(path + QStringLiteral("-dark.png"));
        QCOMPARE(light.size(), QSize(1280, 800));
        QCOMPARE(dark.size(), QSize(1280, 800));
        QVERIFY(light.pixelColor(4, 4).lightness() > dark.pixelColor(4, 4).lightness() + 50);
    }
}

void ScreenshotRunTest::it_says_when_it_cannot_write() {
    Studio studio;
    QCOMPARE(studio.shoot(QStringLiteral("/proc/no-such-place/pictures")), 1);
}

FUSEBOX_TEST(ScreenshotRunTest)

}  // namespace fusebox::shell

#include "screenshot_run_test.moc"
