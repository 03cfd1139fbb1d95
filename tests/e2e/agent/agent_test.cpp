// The agent from outside: a real nginx guarded, a crash in the middle, a configuration changed while it runs, its end in order.
#include "real_servers.h"
#include "running_agent.h"

#include <fusebox/support/free_port.h>
#include <fusebox/support/test_case.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

#include <sys/stat.h>

#include <csignal>

namespace fusebox::e2e {
namespace {

constexpr int kPatience = 20'000;

std::string dependency(const std::string& name, std::uint16_t port) {
    return "[[dependency]]\nname = \"" + name +
           "\"\nkind = \"http\"\nurl = \"http://127.0.0.1:" + std::to_string(port) +
           "/health\"\ninterval = \"100ms\"\n[dependency.breaker]\nopen_timeout = \"200ms\"\nmax_backoff = \"500ms\"\n";
}

void mustStart(RunningAgent& agent) {
    const auto trouble = agent.start();
    QVERIFY2(!trouble, trouble.value_or("").c_str());
}

void mustStart(NginxServer& nginx) {
    nginx.serve("return 200 'fine';");
    const auto trouble = nginx.process().start();
    QVERIFY2(!trouble, trouble.value_or("").c_str());
}

std::string holdOf(const std::string& breaker, const std::string& id) {
    const QJsonObject hold{
        {"id", QString::fromStdString(id)}, {"kind", "hold"},         {"breaker", QString::fromStdString(breaker)},
        {"hold_mode", "FORCE_OPEN"},        {"duration_ms", 600'000}, {"reason", "the test holds it open"}};
    return QJsonDocument(hold).toJson(QJsonDocument::Compact).toStdString();
}

QString stateOf(const RunningAgent& agent, const std::string& breaker) {
    return agent.snapshotOf(breaker)["state"].toString();
}

}  // namespace

class AgentTest : public QObject {
    Q_OBJECT
private slots:
    void it_guards_a_real_nginx_and_its_journal_tells_of_the_outage() {
        NginxServer nginx;
        mustStart(nginx);
        RunningAgent agent(dependency("web", nginx.port()));
        mustStart(agent);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(agent, "web"), QString("CLOSED"), kPatience);
        nginx.process().kill();
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(agent, "web"), QString("OPEN"), kPatience);
        const auto trouble = nginx.process().start();
        QVERIFY2(!trouble, trouble.value_or("").c_str());
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(agent, "web"), QString("CLOSED"), kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(
            agent.get("/api/v1/journal?breaker=web&limit=3").json()["events"].toArray().size() == 3, kPatience);
        QVERIFY(agent.log().find("\"component\":\"event\",\"event\":") != std::string::npos);
        // Who is kept out is told, by the number of the request, without what may be a secret.
        QCOMPARE(agent.get("/api/v1/breakers?group=canary", "some-wrong-token").status, 401);
        QTRY_VERIFY(agent.log().find("401 for /api/v1/breakers from 127.0.0.1") != std::string::npos);
        QVERIFY(agent.log().find("\"request\":\"http-") != std::string::npos);
        QVERIFY(agent.log().find("canary") == std::string::npos);
    }

    // T15: what was acknowledged before a crash is there after it.
    void killed_in_the_middle_it_comes_back_with_states_holds_and_history() {
        NginxServer nginx;
        mustStart(nginx);
        RunningAgent agent(dependency("web", nginx.port()) + dependency("gone", support::freePort()));
        mustStart(agent);
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(agent, "gone"), QString("OPEN"), kPatience);
        const Answer held = agent.post("/api/v1/commands", holdOf("web", "hold-1"));
        QCOMPARE(held.json()["status"].toString(), QString("applied"));
        QTRY_VERIFY_WITH_TIMEOUT(!agent.eventsWith("the test holds it open").isEmpty(), kPatience);
        const QString boot = agent.get("/api/v1/about").json()["boot"].toString();
        const auto newest = [&] {
            return agent.get("/api/v1/journal?limit=1").json()["events"].toArray()[0].toObject();
        };
        const double lastId = newest()["id"].toDouble();
        agent.kill();

        mustStart(agent);
        QVERIFY(agent.get("/api/v1/about").json()["boot"].toString() != boot);
        // There are no snapshots before its first frame.
        QTRY_COMPARE_WITH_TIMEOUT(agent.snapshotOf("web")["holds"].toArray().size(), 1, kPatience);
        const QJsonArray holds = agent.snapshotOf("web")["holds"].toArray();
        QCOMPARE(holds[0].toObject()["why"].toString(), QString("the test holds it open"));
        QVERIFY(stateOf(agent, "gone") != QString("CLOSED"));
        QVERIFY(!agent.eventsWith("the test holds it open").isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(newest()["id"].toDouble() > lastId, kPatience);
        // The same command sent again has no second effect, also not after the crash.
        const Answer again = agent.post("/api/v1/commands", holdOf("web", "hold-1"));
        QCOMPARE(again.json()["status"].toString(), QString("applied"));
        QCOMPARE(agent.snapshotOf("web")["holds"].toArray().size(), 1);
    }

    void a_changed_configuration_is_taken_over_and_what_stays_keeps_its_holds() {
        NginxServer nginx;
        mustStart(nginx);
        RunningAgent agent(dependency("web", nginx.port()) + dependency("old", nginx.port()));
        mustStart(agent);
        QCOMPARE(agent.post("/api/v1/commands", holdOf("web", "hold-1")).json()["status"].toString(),
                 QString("applied"));
        // Noticed by itself.
        agent.configure(dependency("web", nginx.port()) + dependency("new", nginx.port()));
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(agent, "new"), QString("CLOSED"), kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(stateOf(agent, "old").isEmpty(), kPatience);
        QCOMPARE(agent.snapshotOf("web")["holds"].toArray().size(), 1);
        QTRY_VERIFY_WITH_TIMEOUT(!agent.eventsWith("1 added (new), 1 removed (old)").isEmpty(), kPatience);
    }

    // Row F9 of the attacks.
    void an_unsound_configuration_is_refused_on_sighup_and_the_old_stays() {
        RunningAgent agent(dependency("web", support::freePort()));
        mustStart(agent);
        agent.configure(dependency("web", support::freePort()) + "colour = 'red'\n" + dependency("new", 1));
        agent.signal(SIGHUP);
        QTRY_VERIFY_WITH_TIMEOUT(!agent.eventsWith("the old one stays").isEmpty(), kPatience);
        QVERIFY(stateOf(agent, "new").isEmpty());
        QVERIFY(!stateOf(agent, "web").isEmpty());
        QVERIFY2(agent.log().find("'colour' is no known key") != std::string::npos, agent.log().c_str());
    }

    void tokens_are_read_again_with_the_configuration() {
        RunningAgent agent(dependency("web", support::freePort()));
        mustStart(agent);
        const std::string token = "canary-0123456789";
        QCOMPARE(agent.get("/api/v1/about", token).status, 401);
        const auto file = agent.folder().write("ann.token", token);
        ::chmod(file.c_str(), 0600);
        agent.configure(dependency("web", support::freePort()),
                        "[[agent.token]]\nname = \"ann\"\nrole = \"viewer\"\ntoken_file = \"ann.token\"\n");
        // Asked once: who comes with a wrong token too often is kept out for a while.
        QTRY_VERIFY_WITH_TIMEOUT(!agent.eventsWith("was read again").isEmpty(), kPatience);
        QCOMPARE(agent.get("/api/v1/about", token).json()["actor"].toString(), QString("ann"));
    }

    void a_log_that_was_moved_away_is_made_anew_on_sighup() {
        RunningAgent agent(dependency("web", support::freePort()));
        mustStart(agent);
        std::filesystem::rename(agent.folder().path() / "agent.log", agent.folder().path() / "agent.log.1");
        agent.signal(SIGHUP);
        QTRY_VERIFY_WITH_TIMEOUT(!agent.log().empty(), kPatience);
    }

    void asked_to_stop_it_stops_in_order() {
        RunningAgent agent(dependency("web", support::freePort()));
        mustStart(agent);
        QCOMPARE(agent.endedBySigterm(), 0);
        const std::string log = agent.log();
        const auto server = log.find("stopping: the server");
        const auto journal = log.find("then the journal");
        QVERIFY2(server != std::string::npos && journal != std::string::npos && server < journal, log.c_str());
        QVERIFY(log.find("\"text\":\"stopped\"") > journal);
        QVERIFY(std::filesystem::exists(agent.state() / "journal.db"));
    }

    void files_in_the_state_directory_are_its_owners_alone() {
        RunningAgent agent(dependency("web", support::freePort()));
        mustStart(agent);
        QTRY_VERIFY_WITH_TIMEOUT(!agent.eventsWith("listens at").isEmpty(), kPatience);
        for (const auto& entry : std::filesystem::directory_iterator(agent.state())) {
            struct stat status {};
            QCOMPARE(::stat(entry.path().c_str(), &status), 0);
            QVERIFY2((status.st_mode & 0077U) == 0, entry.path().c_str());
        }
    }
};

FUSEBOX_TEST(AgentTest)

}  // namespace fusebox::e2e

#include "agent_test.moc"
