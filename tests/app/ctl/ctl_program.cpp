#include "ctl_program.h"

#include <pty.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <array>

namespace ctl_test {

namespace {

constexpr int kPatience = 40'000;

Ended ended(QProcess& process) {
    Ended result;
    if (process.waitForFinished(kPatience) && process.exitStatus() == QProcess::NormalExit) {
        result.code = process.exitCode();
    } else {
        process.kill();
        process.waitForFinished();
    }
    result.out = QString::fromUtf8(process.readAllStandardOutput());
    result.err = QString::fromUtf8(process.readAllStandardError());
    return result;
}

}  // namespace

QProcessEnvironment plainEnvironment() {
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* variable : {"FUSEBOX_CONNECT", "FUSEBOX_TOKEN_FILE", "FUSEBOX_STATE_DIR", "STATE_DIRECTORY",
                                 "NO_COLOR", "XDG_STATE_HOME"}) {
        environment.remove(variable);
    }
    environment.insert("HOME", "/nonexistent");
    environment.insert("TERM", "xterm");
    return environment;
}

Ended run(const QStringList& arguments, const QProcessEnvironment& environment) {
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setStandardInputFile(QProcess::nullDevice());
    process.start(FUSEBOX_CTL, arguments);
    return ended(process);
}

Ended runAtTerminal(const QStringList& arguments, const QByteArray& typed, const QProcessEnvironment& environment) {
    int master = -1;
    int slave = -1;
    winsize size{};
    size.ws_col = 100;
    size.ws_row = 40;
    if (::openpty(&master, &slave, nullptr, nullptr, &size) != 0) return {};
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setChildProcessModifier([slave] {
        for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::dup2(slave, fd);
    });
    process.start(FUSEBOX_CTL, arguments);
    process.waitForStarted();
    ::close(slave);
    const bool isTyped = ::write(master, typed.constData(), static_cast<std::size_t>(typed.size())) == typed.size();
    // Read while it runs: a full terminal would hold it up. The end of the program is the end of the terminal.
    QByteArray shown;
    std::array<char, 4096> block{};
    for (;;) {
        const ssize_t got = ::read(master, block.data(), block.size());
        if (got <= 0) break;
        shown.append(block.data(), got);
    }
    ::close(master);
    Ended result = ended(process);
    result.out = QString::fromUtf8(shown);
    if (!isTyped) result.code = -1;
    return result;
}

}  // namespace ctl_test
