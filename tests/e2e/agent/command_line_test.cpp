// How fuseboxd is called, and how it refuses to start.
#include "running_agent.h"

#include <fusebox/support/free_port.h>
#include <fusebox/support/test_case.h>

#include <QProcess>
#include <QRegularExpression>

#include <sys/stat.h>

namespace fusebox::e2e {
namespace {

const std::string kDependency = "[[dependency]]\nname = \"web\"\nkind = \"tcp\"\nhost = \"127.0.0.1\"\nport = 1\n";

struct Ended {
    int code = -1;  // -1: it did not end by itself
    QString out;
    QString err;

    [[nodiscard]] std::string text() const {
        return QStringLiteral("exit code %1\n%2\n%3").arg(code).arg(out, err).toStdString();
    }
};

Ended run(const QStringList& arguments) {
    QProcess process;
    process.start(QStringLiteral(FUSEBOX_AGENT), arguments);
    Ended ended;
    if (process.waitForFinished(30'000) && process.exitStatus() == QProcess::NormalExit) {
        ended.code = process.exitCode();
    } else {
        process.kill();
        process.waitForFinished();
    }
    ended.out = QString::fromUtf8(process.readAllStandardOutput());
    ended.err = QString::fromUtf8(process.readAllStandardError());
    return ended;
}

}  // namespace

class AgentCommandLineTest : public QObject {
    Q_OBJECT
private slots:
    void it_says_its_version_and_how_it_is_used() {
        const Ended version = run({"--version"});
        QCOMPARE(version.code, 0);
        QVERIFY(QRegularExpression("^fuseboxd \\d+\\.\\d+\\.\\d+\n$").match(version.out).hasMatch());
        const Ended help = run({"--help"});
        QCOMPARE(help.code, 0);
        for (const char* part : {"--config FILE", "--profile NAME", "--state-dir DIR", "--lab", "--check", "SIGHUP",
                                 "Exit codes", "Examples"}) {
            QVERIFY2(help.out.contains(part), help.text().c_str());
        }
    }

    void a_wrong_command_line_or_configuration_ends_with_2() {
        QCOMPARE(run({}).code, 2);
        QCOMPARE(run({"--colour"}).code, 2);
        QCOMPARE(run({"--check"}).code, 2);
        const Ended missing = run({"--config", "/nowhere/agent.toml"});
        QCOMPARE(missing.code, 2);
        QVERIFY2(missing.err.contains("/nowhere/agent.toml: cannot be read"), missing.text().c_str());
        const Ended bad = run({"--config", written("[agent]\nprot = 1\n" + kDependency), "--check"});
        QCOMPARE(bad.code, 2);
        QVERIFY2(bad.err.contains("agent.toml:2:1: agent: 'prot' is no known key. Did you mean port?"),
                 bad.text().c_str());
        QCOMPARE(run({"--config", written(kDependency), "--profile", "x"}).code, 2);
    }

    void a_sound_configuration_is_told_by_check() {
        const Ended sound = run({"--config", written(kDependency), "--check"});
        QCOMPARE(sound.code, 0);
        QVERIFY2(sound.out.contains("is sound"), sound.text().c_str());
    }

    // Row B11 of the attacks.
    void it_does_not_listen_beyond_this_machine_without_tls_and_tokens() {
        const Ended open = run(
            {"--config", written("[agent]\naddress = \"0.0.0.0\"\n" + kDependency), "--state-dir", stateDir("open")});
        QCOMPARE(open.code, 2);
        QVERIFY2(open.err.contains("which others can reach; needed for it: tls_cert_file and tls_key_file"),
                 open.text().c_str());
    }

    // Row B5 of the attacks.
    void a_token_file_that_others_can_read_ends_it_with_3() {
        const QString state = stateDir("tokens");
        std::filesystem::create_directory(state.toStdString());
        ::chmod(state.toStdString().c_str(), 0700);
        const auto token = m_folder.write("tokens/local.token", "canary-0123456789\n");
        ::chmod(token.c_str(), 0644);
        const Ended refused = run({"--config", written("[agent]\nport = 0\n" + kDependency), "--state-dir", state});
        QCOMPARE(refused.code, 3);
        QVERIFY2(refused.err.contains("has mode 0644, open to others; needed: 0600"), refused.text().c_str());
        QVERIFY(!refused.err.contains("canary"));
    }

    // Row F3 of the attacks.
    void a_state_directory_in_use_ends_it_with_3() {
        RunningAgent agent(kDependency);
        const auto trouble = agent.start();
        QVERIFY2(!trouble, trouble.value_or("").c_str());
        const Ended second = run({"--config", written("[agent]\nport = 0\n" + kDependency), "--state-dir",
                                  QString::fromStdString(agent.state().string())});
        QCOMPARE(second.code, 3);
        QVERIFY2(second.err.contains(QString("is in use by the process %1").arg(agent.process().pid())),
                 second.text().c_str());
    }

    void a_port_that_is_taken_ends_it_with_1() {
        RunningAgent agent(kDependency);
        const auto trouble = agent.start();
        QVERIFY2(!trouble, trouble.value_or("").c_str());
        const QString port = QString::fromStdString(agent.configFile());
        const Ended second = run({"--config", port, "--state-dir", stateDir("second")});
        QCOMPARE(second.code, 1);
        QVERIFY2(!second.err.isEmpty(), second.text().c_str());
    }

private:
    [[nodiscard]] QString written(const std::string& content) const {
        return QString::fromStdString(m_folder.write("agent.toml", content).string());
    }
    [[nodiscard]] QString stateDir(const char* name) const {
        return QString::fromStdString((m_folder.path() / name).string());
    }

    support::TempDir m_folder;
};

FUSEBOX_TEST(AgentCommandLineTest)

}  // namespace fusebox::e2e

#include "command_line_test.moc"
