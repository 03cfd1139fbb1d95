// An agent guards real nginx, PostgreSQL and Redis. They are killed and healed, the agent is killed and comes back, two operators act
// at once; and whoever is asked (shell, console, stream, journal, API, metrics) tells the same story.
#include "real_servers.h"
#include "story_agent.h"

#include <fusebox/collector/background_collector.h>
#include <fusebox/sources/agent_client.h>
#include <fusebox/sources/agent_source.h>
#include <fusebox/support/frame_log.h>
#include <fusebox/support/test_case.h>

#include <QJsonDocument>
#include <QTest>
#include <functional>
#include <map>

namespace fusebox::e2e {

namespace {

constexpr int kPatience = 30'000;

constexpr const char* kQuick = R"(
[defaults]
interval = "50ms"
connect_timeout = "300ms"
total_timeout = "500ms"
[defaults.breaker]
consecutive_failures_threshold = 5
open_timeout = "300ms"
max_backoff = "600ms"
jitter = "none"
)";

std::string portText(std::uint16_t port) {
    return std::to_string(port) + "\n";
}

sources::AgentAddress addressFor(const StoryAgent& agent) {
    sources::AgentAddress address;
    address.name = "story";
    address.url = agent.url();
    address.token = "bob-0123456789-token";
    return address;
}

/// Watches the agent as the console does: its breakers in frames of one's own.
class Watcher {
public:
    explicit Watcher(const StoryAgent& agent) : m_collector(m_clock) {
        auto source = sources::AgentSource::create(addressFor(agent), m_clock);
        if (!source) return;
        m_source = *source;
        m_collector.addSource(m_source);
        m_collector.addSink(m_log);
        m_source->start();
        m_collector.start();
    }
    ~Watcher() {
        if (m_source) m_source->stop();
        m_collector.stop();
    }
    Watcher(const Watcher&) = delete;
    Watcher& operator=(const Watcher&) = delete;

    support::FrameLog& log() { return *m_log; }

private:
    base::SteadyClock m_clock;
    std::shared_ptr<sources::AgentSource> m_source;
    std::shared_ptr<support::FrameLog> m_log = std::make_shared<support::FrameLog>();
    collector::BackgroundCollector m_collector;
};

/// One event of the stream or of the journal, as far as both must agree.
std::string storyOf(const QJsonObject& event) {
    const QJsonObject transition = event["transition"].toObject();
    return std::to_string(event["id"].toVariant().toULongLong()) + " " + event["kind"].toString().toStdString() + " " +
           event["breaker"].toString().toStdString() + " " + transition["from"].toString().toStdString() + ">" +
           transition["to"].toString().toStdString();
}

/// What `fuseboxctl events --follow --json` tells, for as long as it runs.
class Follower {
public:
    explicit Follower(const StoryAgent& agent)
        : m_process(agent.begin("ann", {"events", "--follow", "--json", "--since", "0"})) {}
    ~Follower() {
        m_process->kill();
        m_process->waitForFinished();
    }

    const std::vector<QJsonObject>& events() {
        m_process->waitForReadyRead(20);
        m_bytes += m_process->readAllStandardOutput();
        for (qsizetype end = m_bytes.indexOf('\n'); end >= 0; end = m_bytes.indexOf('\n')) {
            m_events.push_back(QJsonDocument::fromJson(m_bytes.left(end)).object());
            m_bytes.remove(0, end + 1);
        }
        return m_events;
    }
    /// The transitions of a breaker, as "CLOSED>OPEN OPEN>HALF_OPEN ...".
    std::string pathOf(const QString& breaker) {
        std::string path;
        for (const QJsonObject& event : events()) {
            const QJsonObject transition = event["transition"].toObject();
            if (event["breaker"].toString() != breaker || transition.isEmpty()) continue;
            path += (transition["from"].toString() + ">" + transition["to"].toString() + " ").toStdString();
        }
        return path;
    }
    bool isAlive() const { return m_process->state() == QProcess::Running; }

private:
    std::unique_ptr<QProcess> m_process;
    QByteArray m_bytes;
    std::vector<QJsonObject> m_events;
};

}  // namespace

class StoryTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        const auto trouble = m_postgres.initialise();
        QVERIFY2(!trouble, trouble.value_or("").c_str());
        m_postgres.requireLogin("scram-sha-256");
        m_nginx.serve("return 200 'fine';");
    }

    void init() {
        for (support::ServerProcess* server : servers()) mustRun(*server);
        m_secrets.write("db", PostgresServer::kPassword);
        m_secrets.write("cache", "right\n");
        m_agent = std::make_unique<StoryAgent>(configuration());
        mustRun(m_agent->process());
        for (const char* name : {"web", "db", "cache"}) mustBecome(name, "CLOSED");
    }

    void cleanup() {
        m_agent.reset();
        for (support::ServerProcess* server : servers()) server->stop();
    }

    void all_tell_the_same_story_while_servers_and_the_agent_die_and_come_back() {
        Follower follower(*m_agent);
        Watcher watcher(*m_agent);
        QVERIFY(watcher.log().waitForSnapshot("web", isClosed));
        const std::map<QString, support::ServerProcess*> guarded{
            {"web", &m_nginx.process()}, {"db", &m_postgres.process()}, {"cache", &m_redis.process()}};
        for (const auto& [name, server] : guarded) {
            server->kill();
            mustBecome(name, "OPEN");
            mustRun(*server);
            mustBecome(name, "CLOSED");
        }
        // In the middle of an outage, with a hold on another breaker: both are there afterwards.
        m_redis.process().kill();
        mustBecome("cache", "OPEN");
        QCOMPARE(m_agent->ctl({"hold", "web", "--for", "10m", "--reason", "a deployment"}).code, 0);
        m_agent->process().kill();
        mustRun(m_agent->process());
        QTRY_VERIFY_WITH_TIMEOUT(!m_agent->stateOf("cache").isEmpty(), kPatience);
        QVERIFY(m_agent->stateOf("cache") != "CLOSED");
        QCOMPARE(m_agent->breaker("web")["held_as"].toString(), QString("FORCE_OPEN"));
        mustRun(m_redis.process());
        mustBecome("cache", "CLOSED");
        QCOMPARE(m_agent->ctl({"release", "web", "--reason", "it is out there"}).code, 0);

        // Whoever watched saw each outage and its end, and the hold and its release over the restart.
        using domain::State;
        for (const char* id : {"story/web", "story/db", "story/cache"}) {
            QVERIFY2(watcher.log().waitForPath(id, {State::open, State::halfOpen, State::closed}), id);
        }
        QVERIFY(watcher.log().waitForSnapshot("cache", isClosed));
        QVERIFY(watcher.log().waitForSnapshot("web", isClosed));
        // The stream has gone on by itself over the agent's death.
        for (const auto& [name, server] : guarded) {
            QTRY_VERIFY2_WITH_TIMEOUT(
                QString::fromStdString(follower.pathOf(name)).contains("CLOSED>OPEN OPEN>HALF_OPEN HALF_OPEN>CLOSED"),
                follower.pathOf(name).c_str(), kPatience);
        }
        QVERIFY(follower.isAlive());
        mustAgree(follower);
        mustAgreeOnStates();
        const Said verified = m_agent->ctl({"journal", "verify", m_agent->journalFile()});
        QVERIFY2(verified.code == 0, verified.text().c_str());
    }

    void two_operators_at_once_get_consistent_results() {
        for (int round = 0; round < 5; ++round) {
            QTRY_VERIFY_WITH_TIMEOUT(m_agent->breaker("web")["holds"].toArray().isEmpty(), kPatience);
            const QString seen = QString::number(m_agent->breaker("web")["revision"].toInt());
            const QStringList hold{"hold",  "web", "--for", "10m", "--revision", seen, "--reason", "mine, for a moment",
                                   "--json"};
            const auto ann = m_agent->begin("ann", hold);
            const auto bob = m_agent->begin("bob", hold);
            const Said annSaid = StoryAgent::end(*ann);
            const Said bobSaid = StoryAgent::end(*bob);
            const std::string both = annSaid.text() + bobSaid.text();
            QVERIFY2(std::min(annSaid.code, bobSaid.code) == 0 && std::max(annSaid.code, bobSaid.code) == 1,
                     both.c_str());
            const std::string winner = annSaid.code == 0 ? "ann" : "bob";
            const std::string loser = annSaid.code == 0 ? "bob" : "ann";
            QTRY_COMPARE_WITH_TIMEOUT(m_agent->breaker("web")["holds"].toArray().size(), 1, kPatience);
            QCOMPARE(m_agent->breaker("web")["holds"].toArray()[0].toObject()["who"].toString().toStdString(), winner);
            // Who holds nothing releases nothing.
            const QStringList release{"release", "web", "--reason", "done with it"};
            QCOMPARE(StoryAgent::end(*m_agent->begin(loser, release)).code, 1);
            QCOMPARE(StoryAgent::end(*m_agent->begin(winner, release)).code, 0);
        }
        // Each of the twenty commands stands in the journal once, with what became of it.
        std::map<QString, int> results;
        const auto told = [&] {
            results.clear();
            for (const QJsonObject& event :
                 m_agent->lines({"journal", "--kind", "command", "--json", "--limit", "500"})) {
                ++results[event["command"].toObject()["status"].toString()];
            }
            return results["applied"] + results["refused"];
        };
        QTRY_COMPARE_WITH_TIMEOUT(told(), 20, kPatience);
        QCOMPARE(results["applied"], 10);
        QCOMPARE(results["refused"], 10);
    }

private:
    std::vector<support::ServerProcess*> servers() {
        return {&m_nginx.process(), &m_postgres.process(), &m_redis.process()};
    }

    std::string configuration() const {
        const std::string secrets = m_secrets.path().string();
        return std::string(kQuick) + "[[dependency]]\nname = \"web\"\nkind = \"http\"\nurl = \"http://127.0.0.1:" +
               std::to_string(m_nginx.port()) + "/health\"\n" +
               "[[dependency]]\nname = \"db\"\nkind = \"postgres\"\nhost = \"127.0.0.1\"\nport = " +
               portText(m_postgres.port()) + "database = \"postgres\"\nuser = \"fuse\"\npassword_file = \"" + secrets +
               "/db\"\n" + "[[dependency]]\nname = \"cache\"\nkind = \"redis\"\nhost = \"127.0.0.1\"\nport = " +
               portText(m_redis.port()) + "password_file = \"" + secrets + "/cache\"\nexpected_reply = \"PONG\"\n";
    }

    static bool isClosed(const domain::Snapshot& snapshot) {
        return snapshot.state == domain::State::closed && !snapshot.heldAs;
    }

    static void mustRun(support::ServerProcess& server) {
        if (server.isRunning()) return;
        const auto trouble = server.start();
        QVERIFY2(!trouble, trouble.value_or("").c_str());
    }

    void mustBecome(const QString& name, const QString& state) const {
        const bool isThere = QTest::qWaitFor([&] { return m_agent->stateOf(name) == state; }, kPatience);
        if (isThere) return;
        const Said said = m_agent->ctl({"list"});
        QFAIL((name + " is not " + state + "; fuseboxctl ended with " + QString::number(said.code) + ":\n" +
               QString::fromUtf8(said.out + said.err))
                  .toUtf8()
                  .constData());
    }

    // What the stream told is what the journal tells, event by event.
    void mustAgree(Follower& follower) const {
        const auto byJournal = [this] {
            std::vector<std::string> story;
            for (const QJsonObject& event : m_agent->lines({"journal", "--json", "--limit", "1000"})) {
                story.push_back(storyOf(event));
            }
            // The journal is told by time, the stream by number; sources of one frame may differ by milliseconds.
            std::sort(story.begin(), story.end());
            return story;
        };
        const std::vector<std::string> written = byJournal();
        QVERIFY(written.size() > 20 && written.size() < 1000);
        QTRY_VERIFY_WITH_TIMEOUT(!follower.events().empty() && storyOf(follower.events().back()) >= written.back(),
                                 kPatience);
        std::vector<std::string> told;
        std::uint64_t last = 0;
        for (const QJsonObject& event : follower.events()) {
            if (event.contains("gap")) continue;  // of the time before the journal
            const std::uint64_t id = event["id"].toVariant().toULongLong();
            QVERIFY2(id > last, storyOf(event).c_str());
            last = id;
            told.push_back(storyOf(event));
        }
        for (std::size_t i = 0; i < std::min(told.size(), written.size()); ++i)
            QVERIFY2(told[i] == written[i], ("told " + told[i] + ", written " + written[i]).c_str());
        QVERIFY(told.size() >= written.size());
    }

    // List, API and metrics.
    void mustAgreeOnStates() const {
        const auto client = sources::AgentClient::create(addressFor(*m_agent));
        QVERIFY2(client.has_value(), client ? "" : client.error().text().c_str());
        for (const char* name : {"web", "db", "cache"}) {
            QCOMPARE(m_agent->stateOf(name), QString("CLOSED"));
            const auto one = (*client)->get(std::string("/api/v1/breakers/") + name);
            QVERIFY2(one.has_value(), one ? "" : one.error().text().c_str());
            const QJsonObject snapshot = QJsonDocument::fromJson(QByteArray::fromStdString(*one)).object();
            QCOMPARE(snapshot["snapshot"].toObject()["state"].toString(), QString("CLOSED"));
        }
        const auto metrics = (*client)->request("GET", "/metrics");
        QVERIFY(metrics.has_value() && metrics->isGood());
        const QString text = QString::fromStdString(metrics->body);
        for (const QString& line : text.split('\n')) {
            if (line.startsWith("circuit_breaker_state{") && line.contains("OPEN\""))
                QVERIFY2(line.endsWith(" 0"), qPrintable(line));
        }
    }

    NginxServer m_nginx;
    PostgresServer m_postgres;
    RedisServer m_redis;
    support::TempDir m_secrets;
    std::unique_ptr<StoryAgent> m_agent;
};

FUSEBOX_TEST(StoryTest)

}  // namespace fusebox::e2e
#include "story_test.moc"
