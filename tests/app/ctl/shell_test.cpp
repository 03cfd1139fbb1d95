// fuseboxctl and the shell around it: terminals, files, variables, completion, help, and the outcome that nobody knows.
#include "agent_bench.h"
#include "ctl_program.h"

#include <fusebox/support/file_descriptor.h>
#include <fusebox/support/scripted_peer.h>
#include <fusebox/support/test_case.h>

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <QFileInfo>
#include <QRegularExpression>
#include <QTest>

namespace ctl_test {

namespace {

/// Sends bytes to a port of this machine and waits until they are answered; the answer is thrown away.
void sayTo(std::uint16_t port, const std::string& bytes) {
    const support::FileDescriptor to(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(to.value(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return;
    (void)::send(to.value(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    char answer = 0;
    (void)::recv(to.value(), &answer, 1, 0);
}

const QStringList kCommands{"list",     "show",    "trip",   "reset",        "hold",
                            "release",  "probe",   "action", "stop-actions", "resume-actions",
                            "patterns", "actions", "about",  "events",       "journal"};

}  // namespace

class ShellTest : public QObject {
    Q_OBJECT

private slots:
    void init() {
        m_agent = std::make_unique<AgentBench>();
        m_agent->add("orders");
        QTRY_VERIFY_WITH_TIMEOUT(run(with("vic", {"list", "--names"})).out == "orders\n", 20'000);
    }
    void cleanup() { m_agent.reset(); }

    void at_a_terminal_the_reason_is_asked_for() {
        const Ended ended = runAtTerminal(with("ann", {"trip", "orders"}), "wrong prices\n");
        QVERIFY2(ended.code == 0, ended.text().c_str());
        QVERIFY2(ended.out.contains("Why trip? Reason:"), ended.text().c_str());
        QCOMPARE(m_agent->stateOf("orders"), domain::State::open);
        QCOMPARE(m_agent->breaker("orders")->snapshot().detail->transitions.back().reason, std::string("wrong prices"));
    }

    void without_a_reason_nothing_is_done() {
        QCOMPARE(runAtTerminal(with("ann", {"trip", "orders"}), "\n").code, 2);
        const Ended ended = run(with("ann", {"trip", "orders"}));
        QCOMPARE(ended.code, 2);
        QCOMPARE(ended.err, QString("fuseboxctl: --reason is needed: say why\n"));
        QCOMPARE(m_agent->stateOf("orders"), domain::State::closed);
    }

    void more_than_ten_breakers_are_worth_a_question() {
        for (int i = 0; i < 11; ++i) m_agent->add("many" + std::to_string(i), "many");
        QTRY_VERIFY_WITH_TIMEOUT(run(with("vic", {"list", "--group", "many", "--names"})).out.count('\n') == 11,
                                 20'000);
        const QStringList trip = with("ann", {"trip", "--group", "many", "--reason", "a test of it"});
        const Ended refused = runAtTerminal(trip, "no\n");
        QCOMPARE(refused.code, 1);
        QVERIFY2(refused.out.contains("trip 11 breakers? Type yes:"), refused.text().c_str());
        QCOMPARE(m_agent->stateOf("many0"), domain::State::closed);
        const Ended agreed = runAtTerminal(trip, "yes\n");
        QVERIFY2(agreed.code == 0, agreed.text().c_str());
        QCOMPARE(m_agent->stateOf("many0"), domain::State::open);
        // Nobody is there to be asked.
        QCOMPARE(run(with("ann", {"reset", "--group", "many", "--reason", "it was only a test"})).code, 0);
    }

    void colours_are_for_terminals_that_want_them() {
        QVERIFY(runAtTerminal(with("vic", {"list"}), "").out.contains("\x1b[32mCLOSED"));
        QProcessEnvironment plain = plainEnvironment();
        plain.insert("NO_COLOR", "1");
        QVERIFY(!runAtTerminal(with("vic", {"list"}), "", plain).out.contains('\x1b'));
        plain.remove("NO_COLOR");
        plain.insert("TERM", "dumb");
        QVERIFY(!runAtTerminal(with("vic", {"list"}), "", plain).out.contains('\x1b'));
    }

    void the_agent_of_this_machine_is_found_by_what_it_leaves_for_its_user() {
        const support::TempDir state;
        state.write("local.url", m_agent->url().toStdString() + "\n");
        QVERIFY(QFile::copy(m_agent->tokenFile("ann"), file(state, "local.token")));
        QProcessEnvironment environment = plainEnvironment();
        environment.insert("FUSEBOX_STATE_DIR", QString::fromStdString(state.path().string()));
        const Ended ended = run({"about"}, environment);
        QVERIFY2(ended.code == 0 && ended.out.contains("ann, operator"), ended.text().c_str());
        QCOMPARE(run({"about", "--connect", m_agent->url()}, environment).code, 0);
        // Its token is for nobody else.
        const Ended other = run({"about", "--connect", "http://127.0.0.1:1"}, environment);
        QVERIFY2(other.code == 2 && other.err.contains("--token-file"), other.text().c_str());
    }

    void the_token_file_may_be_named_by_a_variable_and_must_be_its_owners_alone() {
        QProcessEnvironment environment = plainEnvironment();
        environment.insert("FUSEBOX_CONNECT", m_agent->url());
        environment.insert("FUSEBOX_TOKEN_FILE", m_agent->tokenFile("bob"));
        QVERIFY(run({"about"}, environment).out.contains("bob, operator"));
        ::chmod(m_agent->tokenFile("bob").toUtf8().constData(), 0644);
        const Ended ended = run({"about"}, environment);
        QVERIFY2(ended.code == 2 && ended.err.contains("the token file cannot be used"), ended.text().c_str());
        QVERIFY(!ended.err.contains("bob-0123456789"));
    }

    // Row A25 of the attacks.
    void a_token_in_the_url_is_refused_and_not_repeated() {
        const Ended ended = run({"list", "--connect", m_agent->url() + "/?token=canary-0123456789"});
        QCOMPARE(ended.code, 2);
        QVERIFY2(ended.err.contains("replaced") && !ended.err.contains("canary"), ended.text().c_str());
    }

    void a_command_that_is_never_carried_out_ends_as_unknown() {
        m_agent.reset();
        m_agent = std::make_unique<AgentBench>(AgentPlan{0, "", false});
        m_agent->add("orders");
        const Ended ended = run(with("ann", {"trip", "orders", "--wait", "200ms", "--reason", "a test of it"}));
        QVERIFY2(ended.code == 5, ended.text().c_str());
        QVERIFY2(ended.err.contains("orders: unknown"), ended.text().c_str());
        QVERIFY2(!ended.err.contains("--id change"), ended.text().c_str());
        const QStringList named{"trip", "orders", "--wait", "200ms", "--id", "change-17", "--reason", "a test of it"};
        const Ended again = run(with("ann", named));
        QVERIFY2(again.code == 5, again.text().c_str());
        QVERIFY2(again.err.contains("give the same command with the same reason and --id change-17:"),
                 again.text().c_str());
    }

    // Rule R22: what was carried out although its answer was lost is not done twice.
    void a_hold_whose_answer_was_lost_is_sent_again_by_the_id_that_was_told() {
        const support::ScriptedPeer thief([&](support::PeerConnection& to) {
            std::string request = to.readUntil("\r\n\r\n");
            const auto at = request.find("Content-Length: ");
            if (at == std::string::npos) return to.hang();  // a question
            request += to.readExactly(std::stoul(request.substr(at + 16)));
            const auto host = request.find("Host: ");  // the agent goes by its own port alone
            request.replace(host, request.find("\r\n", host) - host,
                            "Host: 127.0.0.1:" + std::to_string(m_agent->port()));
            sayTo(m_agent->port(), request);  // and keeps the answer
            to.hang();
        });
        const QStringList hold{"hold", "orders", "--for", "1h", "--wait", "200ms", "--reason", "database moves"};
        const Ended lost = run(hold + QStringList{"--connect", QString("http://127.0.0.1:%1").arg(thief.port()),
                                                  "--token-file", m_agent->tokenFile("ann")});
        QVERIFY2(lost.code == 5, lost.text().c_str());
        QTRY_COMPARE(m_agent->breaker("orders")->snapshot().holds.size(), std::size_t{1});
        const auto told = QRegularExpression("--id (\\S+):").match(lost.err);
        QVERIFY2(told.hasMatch(), lost.text().c_str());
        const Ended again = run(with("ann", hold + QStringList{"--id", told.captured(1)}));
        QVERIFY2(again.code == 0, again.text().c_str());
        QVERIFY2(again.out.startsWith("orders: applied"), again.text().c_str());
        QCOMPARE(m_agent->breaker("orders")->snapshot().holds.size(), std::size_t{1});
    }

    void every_command_helps_with_an_example() {
        const Ended all = run({"--help"});
        QCOMPARE(all.code, 0);
        for (const QString& command : kCommands) {
            QVERIFY2(all.out.contains("\n  " + command + " "), command.toUtf8().constData());
            const Ended ended = run({command, "--help"});
            QCOMPARE(ended.code, 0);
            QVERIFY2(ended.out.contains("Example"), ended.text().c_str());
            QVERIFY2(ended.out.contains("fuseboxctl " + command), ended.text().c_str());
            QVERIFY2(ended.out.contains("--token-file"), ended.text().c_str());
        }
    }

    void bash_completes_commands_options_and_breakers() {
        QCOMPARE(completed({"fuseboxctl", "resume"}), QStringList{"resume-actions"});
        QCOMPARE(completed({"fuseboxctl", "journal", "ver"}), QStringList{"verify"});
        QVERIFY(completed({"fuseboxctl", "hold", "--mo"}) == QStringList{"--mode"});
        QCOMPARE(completed({"fuseboxctl", "hold", "orders", "--mode", "met"}), QStringList{"metrics-only"});
        QCOMPARE(completed({"fuseboxctl", "trip", "or"}), QStringList{"orders"});
        QCOMPARE(completed({"fuseboxctl", "action", "restart"}), QStringList{"restart-service"});
        QCOMPARE(completed({"fuseboxctl", "action", "restart-service", "or"}), QStringList{"orders"});
        QCOMPARE(completed({"fuseboxctl", "journal", "--kind", "rec"}), QStringList{"recovery\\ action"});
        // A URL is one word, although bash takes words apart at ':'.
        QCOMPARE(completed({"fuseboxctl", "trip", "--connect", m_agent->url(), "or"}), QStringList{"orders"});
    }

    void a_breaker_with_a_hostile_name_is_only_a_word_to_bash() {
        const QString trap = file(m_folder, "trap");
        m_agent->add("x$(touch " + trap.toStdString() + ")");
        QTRY_VERIFY_WITH_TIMEOUT(run(with("vic", {"list", "--names"})).out.count('\n') == 2, 20'000);
        const QStringList names = completed({"fuseboxctl", "trip", "x"});
        QCOMPARE(names.size(), 1);
        QVERIFY2(names[0].startsWith("x\\$\\(touch"), names[0].toUtf8().constData());
        QVERIFY(!QFileInfo::exists(trap));
    }

private:
    [[nodiscard]] static QString file(const support::TempDir& folder, const char* name) {
        return QString::fromStdString((folder.path() / name).string());
    }
    [[nodiscard]] QStringList with(const std::string& who, const QStringList& arguments) const {
        return arguments + QStringList{"--connect", m_agent->url(), "--token-file", m_agent->tokenFile(who)};
    }

    // What bash offers for the last of these words.
    [[nodiscard]] QStringList completed(const QStringList& words) const {
        QProcessEnvironment environment = plainEnvironment();
        environment.insert("PATH", QFileInfo(FUSEBOX_CTL).path() + ":" + environment.value("PATH"));
        environment.insert("FUSEBOX_CONNECT", m_agent->url());
        environment.insert("FUSEBOX_TOKEN_FILE", m_agent->tokenFile("vic"));
        QProcess bash;
        bash.setProcessEnvironment(environment);
        const QString script =
            "source \"$1\"; shift; COMP_LINE=\"$*\"; COMP_POINT=${#COMP_LINE}; _fuseboxctl; printf '%s\\n' "
            "\"${COMPREPLY[@]}\"";
        bash.start("bash", QStringList{"--norc", "-c", script, "bash", FUSEBOX_COMPLETION} + words);
        bash.waitForFinished(20'000);
        return QString::fromUtf8(bash.readAllStandardOutput()).split('\n', Qt::SkipEmptyParts);
    }

    std::unique_ptr<AgentBench> m_agent;
    support::TempDir m_folder;
};

}  // namespace ctl_test

using ctl_test::ShellTest;
FUSEBOX_TEST(ShellTest)
#include "shell_test.moc"
