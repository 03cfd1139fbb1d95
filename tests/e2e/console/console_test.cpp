// The program `fusebox` from outside: its command line, its exit codes, what it prints, the pictures it takes.
#include <fusebox/support/temp_dir.h>
#include <fusebox/support/test_case.h>

#include <QDir>
#include <QImage>
#include <QProcess>
#include <QRegularExpression>

namespace fusebox::e2e {
namespace {

struct Ended {
    int code = -1;  // -1: it did not end by itself
    QString out;
    QString err;

    [[nodiscard]] std::string text() const {
        return QStringLiteral("exit code %1\n%2\n%3").arg(code).arg(out, err).toStdString();
    }
};

Ended run(const QStringList& arguments, const QProcessEnvironment& environment, std::chrono::milliseconds limit) {
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(FUSEBOX_PROGRAM), arguments);
    Ended ended;
    if (process.waitForFinished(static_cast<int>(limit.count())) && process.exitStatus() == QProcess::NormalExit) {
        ended.code = process.exitCode();
    } else {
        process.kill();
        process.waitForFinished();
    }
    ended.out = QString::fromUtf8(process.readAllStandardOutput());
    ended.err = QString::fromUtf8(process.readAllStandardError());
    return ended;
}

Ended run(const QStringList& arguments) {
    return run(arguments, QProcessEnvironment::systemEnvironment(), std::chrono::seconds(60));
}

// A build machine: no display, and nobody has chosen a platform.
QProcessEnvironment withoutDisplay(const QString& home) {
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* variable : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}) {
        environment.remove(QLatin1String(variable));
    }
    environment.insert(QStringLiteral("XDG_CONFIG_HOME"), home);
    return environment;
}

int coloursIn(const QImage& picture) {
    QSet<QRgb> colours;
    for (int y = 0; y < picture.height(); y += 4) {
        for (int x = 0; x < picture.width(); x += 4) colours.insert(picture.pixel(x, y));
    }
    return static_cast<int>(colours.size());
}

}  // namespace

class ConsoleTest : public QObject {
    Q_OBJECT
private slots:
    void it_says_its_version();
    void it_says_how_it_is_used();
    void a_wrong_command_line_is_told_data();
    void a_wrong_command_line_is_told();
    void a_file_that_cannot_be_used_is_told_data();
    void a_file_that_cannot_be_used_is_told();
    void all_errors_of_a_file_are_told_at_once();
    void the_state_of_its_breakers_survives_a_restart();
    void it_takes_its_pictures_without_a_display();
    void pictures_that_cannot_be_written_are_told();

private:
    [[nodiscard]] QString written(const char* name, const std::string& content) const {
        return QString::fromStdString(m_folder.write(name, content).string());
    }

    support::TempDir m_folder;
};

void ConsoleTest::it_says_its_version() {
    const Ended ended = run({QStringLiteral("--version")});
    QCOMPARE(ended.code, 0);
    QVERIFY2(QRegularExpression(QStringLiteral("^fusebox \\d+\\.\\d+\\.\\d+\n$")).match(ended.out).hasMatch(),
             ended.text().c_str());
    QCOMPARE(ended.err, QString());
}

void ConsoleTest::it_says_how_it_is_used() {
    const Ended ended = run({QStringLiteral("--help")});
    QCOMPARE(ended.code, 0);
    for (const char* part : {"--config FILE", "--lab", "--screenshots DIR", "--version", "Exit codes"}) {
        QVERIFY2(ended.out.contains(QLatin1String(part)), ended.text().c_str());
    }
    QCOMPARE(ended.err, QString());
}

void ConsoleTest::a_wrong_command_line_is_told_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("told");
    QTest::newRow("unknown") << QStringList{"--colour"} << "--colour";
    QTest::newRow("no file") << QStringList{"--config"} << "--config";
    QTest::newRow("fresh lab") << QStringList{"--fresh"} << "--config";
    QTest::newRow("both") << QStringList{"--lab", "--config", "a.toml"} << "--lab";
    QTest::newRow("a word too much") << QStringList{"a.toml"} << "a.toml";
}

void ConsoleTest::a_wrong_command_line_is_told() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, told);
    const Ended ended = run(arguments);
    QCOMPARE(ended.code, 2);
    QVERIFY2(ended.err.contains(told), ended.text().c_str());
    QCOMPARE(ended.out, QString());
}

void ConsoleTest::a_file_that_cannot_be_used_is_told_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("told");
    QTest::newRow("missing") << QStringLiteral("/nowhere/fusebox.toml")
                             << QStringLiteral("/nowhere/fusebox.toml: cannot be read: No such file or directory");
    QTest::newRow("a folder") << QStringLiteral("/proc") << QStringLiteral("/proc: is no file that can be read");
    const QString garbled = written("garbled.toml", std::string("[defaults]\ninterval = \x01\xff\x00 = [[", 29));
    QTest::newRow("garbled") << garbled << garbled + QStringLiteral(":2:");
    const QString empty = written("empty.toml", "");
    QTest::newRow("empty") << empty << empty + QStringLiteral(":1:1: dependency is missing");
}

void ConsoleTest::a_file_that_cannot_be_used_is_told() {
    QFETCH(QString, file);
    QFETCH(QString, told);
    const Ended ended = run({QStringLiteral("--config"), file});
    QCOMPARE(ended.code, 2);
    QVERIFY2(ended.err.contains(told), ended.text().c_str());
    QCOMPARE(ended.out, QString());
}

void ConsoleTest::all_errors_of_a_file_are_told_at_once() {
    const QString file = written("services.toml", R"([defaults]
interval = 5

[[dependency]]
name = "orders"
kind = "http"
url = "http://127.0.0.1:1/"
expected_statsu = 200

[[dependency]]
name = "orders"
kind = "tcp"
host = "127.0.0.1"
port = 70000
)");
    const Ended ended = run({QStringLiteral("--config"), file});
    QCOMPARE(ended.code, 2);
    for (const char* part : {":2:12: ", ":8:1: ", "Did you mean expected_status?", ":11:", "is taken by",
                             ":14:8: ", "allowed: a whole number from 1 to 65535"}) {
        QVERIFY2(ended.err.contains(QLatin1String(part)), ended.text().c_str());
    }
    QCOMPARE(ended.err.count(file), 4);
    QCOMPARE(ended.out, QString());
}

void ConsoleTest::the_state_of_its_breakers_survives_a_restart() {
    // Nobody listens on port 1; once open it stays so for an hour.
    const QString file = written("dead.toml",
                                 "[[dependency]]\nname = 'orders'\nkind = 'tcp'\nhost = '127.0.0.1'\nport = 1\n"
                                 "interval = '20ms'\nbreaker = { open_timeout = '1h', max_backoff = '1h' }\n");
    const support::TempDir home;
    const QString state = QString::fromStdString((home.path() / "fusebox" / "breakers.json").string());
    QProcessEnvironment environment = withoutDisplay(QString::fromStdString(home.path().string()));
    environment.insert(QStringLiteral("XDG_STATE_HOME"), QString::fromStdString(home.path().string()));
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    const auto saved = [&state] {
        QFile opened(state);
        return opened.open(QIODevice::ReadOnly) ? QString::fromUtf8(opened.readAll()) : QString();
    };
    for (const QString& sign : {QStringLiteral("\"state\":\"OPEN\""), QStringLiteral("\"cause\":\"restored\"")}) {
        QProcess process;
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(FUSEBOX_PROGRAM), {QStringLiteral("--config"), file});
        QTRY_VERIFY_WITH_TIMEOUT(saved().contains(sign), 60'000);  // by itself, every ten seconds
        process.terminate();
        QVERIFY(process.waitForFinished(30'000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 0);
        QVERIFY(saved().contains(sign));
    }
    QCOMPARE(QFile::permissions(state) & ~(QFile::ReadUser | QFile::WriteUser), QFile::ReadOwner | QFile::WriteOwner);
}

void ConsoleTest::it_takes_its_pictures_without_a_display() {
    const support::TempDir home;
    const QString directory = QString::fromStdString((m_folder.path() / "new" / "pictures").string());
    const Ended ended = run({QStringLiteral("--screenshots"), directory},
                            withoutDisplay(QString::fromStdString(home.path().string())), std::chrono::seconds(120));
    QVERIFY2(ended.code == 0, ended.text().c_str());
    const std::vector<const char*> screens = {
        "overview", "patterns", "errors",  "transitions", "trips",         "holds",        "configuration", "editor",
        "shadow",   "dossier",  "command", "errors-page", "recovery-page", "history-page", "attach",        "lab"};
    for (const char* screen : screens) {
        const QString path = directory + QLatin1Char('/') + QLatin1String(screen);
        const QImage light(path + QStringLiteral("-light.png"));
        const QImage dark(path + QStringLiteral("-dark.png"));
        QCOMPARE(light.size(), QSize(1280, 800));
        QCOMPARE(dark.size(), QSize(1280, 800));
        QVERIFY(light.pixelColor(4, 4).lightness() > dark.pixelColor(4, 4).lightness() + 50);
        QVERIFY2(coloursIn(light) > 20 && coloursIn(dark) > 20, screen);
    }
    QCOMPARE(static_cast<std::size_t>(QDir(directory).entryList(QDir::Files).size()), 2 * screens.size());
    // The person's own settings are left alone.
    QVERIFY(!QDir(QString::fromStdString(home.path().string())).exists(QStringLiteral("Fusebox")));
}

void ConsoleTest::pictures_that_cannot_be_written_are_told() {
    const Ended ended = run({QStringLiteral("--screenshots"), QStringLiteral("/proc/no-such-place")});
    QCOMPARE(ended.code, 1);
    QVERIFY2(ended.err.contains(QStringLiteral("/proc/no-such-place")), ended.text().c_str());
}

FUSEBOX_TEST(ConsoleTest)

}  // namespace fusebox::e2e

#include "console_test.moc"
