#include <fusebox/support/test_case.h>
#include <fusebox/support/test_run.h>

#include <QFile>
#include <QTemporaryDir>
#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>

namespace fusebox::support {
namespace {

std::atomic<int> s_warningsOutsideTests{0};

// The platform says these whatever the program does; they tell nothing about it.
constexpr std::array kPlatformNoise{
    "This plugin does not support",
    "QStandardPaths: XDG_RUNTIME_DIR not set",
    "QStandardPaths: runtime directory",
};

bool isPlatformNoise(const QString& text) {
    return std::any_of(kPlatformNoise.begin(), kPlatformNoise.end(),
                       [&](const char* noise) { return text.contains(QLatin1String(noise)); });
}

// QtTest takes the message handler while a class runs; this one sees what is said before, between and after.
void countWarnings(QtMsgType type, const QMessageLogContext&, const QString& text) {
    std::fprintf(stderr, "%s\n", qPrintable(text));
    if ((type == QtWarningMsg || type == QtCriticalMsg) && !isPlatformNoise(text)) {
        ++s_warningsOutsideTests;
    }
}

// QtTest logs exactly the messages that no test has announced, so its log tells which warnings were unexpected.
QStringList unexpectedWarnings(const QString& logPath) {
    QFile log(logPath);
    QStringList found;
    if (!log.open(QIODevice::ReadOnly)) return {QStringLiteral("the test log %1 is missing").arg(logPath)};
    while (!log.atEnd()) {
        const QString line = QString::fromUtf8(log.readLine()).trimmed();
        const bool isWarning = line.startsWith(QLatin1String("QWARN")) || line.startsWith(QLatin1String("QCRITICAL"));
        if (isWarning && !isPlatformNoise(line)) found << line;
    }
    return found;
}

QString takeClassName(QStringList& arguments) {
    const qsizetype at = arguments.indexOf(QStringLiteral("-class"));
    if (at < 0 || at + 1 >= arguments.size()) return {};
    const QString name = arguments.at(at + 1);
    arguments.remove(at, 2);
    return name;
}

int runCase(const TestCase& testCase, QStringList arguments, const QString& logPath) {
    if (!arguments.contains(QStringLiteral("-o"))) {
        arguments << QStringLiteral("-o") << QStringLiteral("-,txt");
    }
    arguments << QStringLiteral("-o") << logPath + QStringLiteral(",txt");
    arguments << QStringLiteral("-maxwarnings") << QStringLiteral("0");
    const std::unique_ptr<QObject> object = testCase.make();
    int failures = QTest::qExec(object.get(), arguments);
    for (const QString& warning : unexpectedWarnings(logPath)) {
        std::fprintf(stderr, "FAIL!  : %s: unexpected message: %s\n", testCase.name, qPrintable(warning));
        ++failures;
    }
    return failures;
}

}  // namespace

std::vector<TestCase>& testCases() {
    static std::vector<TestCase> cases;
    return cases;
}

int runRegisteredTests(QStringList arguments) {
    qInstallMessageHandler(countWarnings);
    const QString onlyClass = takeClassName(arguments);
    const QTemporaryDir logs;
    int failures = 0;
    int ran = 0;
    for (const TestCase& testCase : testCases()) {
        if (!onlyClass.isEmpty() && onlyClass != QLatin1String(testCase.name)) continue;
        failures += runCase(testCase, arguments, logs.filePath(QLatin1String(testCase.name)));
        ++ran;
    }
    if (ran == 0) std::fprintf(stderr, "No test class ran\n");
    if (s_warningsOutsideTests > 0) std::fprintf(stderr, "FAIL!  : warnings were printed outside of the tests\n");
    return failures == 0 && ran > 0 && s_warningsOutsideTests == 0 ? 0 : 1;
}

}  // namespace fusebox::support
