// An agent guards real nginx, PostgreSQL and Redis. They are killed and healed, the agent is killed and comes back, two operators act
// at once; and whoever is asked (shell, console, stream, journal, API, metrics) tells the same story.
#include "real_servers.h"
#include "shown_services.h"
#include "story_agent.h"

#include <fusebox/charts/band_chart.h>
#include <fusebox/charts/rollup_chart.h>
#include <fusebox/sources/agent_client.h>
#include <fusebox/support/test_case.h>
#include <fusebox/views/command_dialog.h>
#include <fusebox/views/history_bar.h>
#include <fusebox/views/history_view.h>

#include <QJsonDocument>
#include <QTest>
#include <QToolButton>
#include <algorithm>
#include <functional>
#include <map>

namespace fusebox::e2e {

namespace {

constexpr int kPatience = 30'000;
constexpr const char* kBobsToken = "bob-0123456789-token";

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
    address.token = kBobsToken;
    return address;
}

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
        ShownServices console(m_consoleFolder, placeOf(*m_agent));
        QVERIFY2(console.trouble().empty(), console.trouble().c_str());
        for (const char* name : {"web", "db", "cache"}) mustShow(console, name, "Closed");
        const std::map<QString, support::ServerProcess*> guarded{
            {"web", &m_nginx.process()}, {"db", &m_postgres.process()}, {"cache", &m_redis.process()}};
        for (const auto& [name, server] : guarded) {
            console.lookAt(shownAs(name));
            server->kill();
            mustBecome(name, "OPEN");
            mustShow(console, name, "Open");
            mustRun(*server);
            mustBecome(name, "CLOSED");
            mustShow(console, name, "Closed");
            QVERIFY2(soon([&] { return console.diagramLights(domain::State::closed); }),
                     console.describe(shownAs(name)).c_str());
        }
        // In the middle of an outage, with a hold on another breaker: both are there afterwards.
        m_redis.process().kill();
        mustBecome("cache", "OPEN");
        order(console, "hold-open-button", "Hold open", "a deployment");
        QCOMPARE(m_agent->breaker("web")["holds"].toArray()[0].toObject()["who"].toString(), QString("bob"));
        m_agent->process().kill();
        QVERIFY2(soon([&] { return !isActed(console); }), "the controls of a stale agent are off");
        mustRun(m_agent->process());
        QTRY_VERIFY_WITH_TIMEOUT(!m_agent->stateOf("cache").isEmpty(), kPatience);
        QVERIFY(m_agent->stateOf("cache") != "CLOSED");
        QCOMPARE(m_agent->breaker("web")["held_as"].toString(), QString("FORCE_OPEN"));
        mustRun(m_redis.process());
        mustBecome("cache", "CLOSED");
        mustShow(console, "cache", "Closed");
        mustShow(console, "web", "Forced open");
        order(console, "release-button", "Release", "it is out there");
        QVERIFY(m_agent->breaker("web")["holds"].toArray().isEmpty());

        // Who sat at the console saw each outage and its end, and the hold and its release over the restart.
        for (const char* name : {"web", "db", "cache"}) {
            mustShow(console, name, "Closed");
            for (const char* change : {"CLOSED to OPEN", "OPEN to HALF_OPEN", "HALF_OPEN to CLOSED"})
                QVERIFY2(console.hasEvent({shownAs(name), "Transition", change}),
                         console.describe(shownAs(name)).c_str());
        }
        QVERIFY(console.hasEvent({"web", "Hold placed", "a deployment"}));
        QVERIFY(console.hasEvent({"web", "Hold released", "it is out there"}));
        // The stream has gone on by itself over the agent's death.
        for (const auto& [name, server] : guarded) {
            QTRY_VERIFY2_WITH_TIMEOUT(isOutage(QString::fromStdString(follower.pathOf(name))),
                                      follower.pathOf(name).c_str(), kPatience);
        }
        QVERIFY(follower.isAlive());
        mustAgree(follower);
        mustAgreeOnStates();
        mustRemember(console);
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

    static views::AgentPlace placeOf(const StoryAgent& agent) {
        views::AgentPlace place;
        place.name = "story";
        place.url = QString::fromStdString(agent.url());
        place.token = QString::fromUtf8(kBobsToken);
        return place;
    }

    /// How a breaker of the agent is called in the console.
    static QString shownAs(const QString& name) { return "story/" + name; }

    static void mustShow(const ShownServices& console, const QString& name, const QString& state) {
        QVERIFY2(soon([&] { return console.cell(shownAs(name), models::FleetModel::State) == state; }),
                 console.describe(shownAs(name)).c_str());
    }

    /// Whether the breaker that is looked at can be tripped.
    static bool isActed(const ShownServices& console) {
        const auto* button = console.window().findChild<QToolButton*>("trip-button");
        return button != nullptr && button->isEnabled();
    }

    /// It opened and was closed by probes, of which some may have failed.
    static bool isOutage(const QString& path) {
        return path.contains("CLOSED>OPEN OPEN>HALF_OPEN ") && path.endsWith("HALF_OPEN>CLOSED ");
    }

    /// The page of history reads the agent's own journal: what happened before this console came, and how long calls took.
    static void mustRemember(const ShownServices& console) {
        console.window().goToHistory(domain::BreakerId("story/web"));
        views::HistoryView& history = console.window().history();
        QCOMPARE(history.bar().place(), std::string("story"));
        const auto remembers = [&] {
            bool wasAdded = false;
            for (int row = 0; row < history.events().rowCount(); ++row) {
                const journal::StoredEvent& event = history.events().eventAt(row);
                wasAdded = wasAdded || event.kind == domain::EventKind::breakerAdded;
                if (event.breaker.value != "web") return false;
            }
            const auto& points = history.rollups().points();
            const bool wasTimed = std::any_of(points.begin(), points.end(),
                                              [](const auto& point) { return point.latency.p95.has_value(); });
            return wasAdded && wasTimed && history.bands().bandCount() == 1;
        };
        QVERIFY(soon(remembers));
    }

    /// What somebody does to "web" at the console.
    static void order(ShownServices& console, const QString& button, const QString& verb, const QString& reason) {
        console.lookAt(shownAs("web"));
        views::CommandDialog* dialog = console.press(button);
        QVERIFY2(dialog != nullptr, console.describe(shownAs("web")).c_str());
        ShownServices::confirm(*dialog, reason);
        QVERIFY2(soon([&] { return console.errand() == verb + " of story/web: applied"; }),
                 console.describe(shownAs("web")).c_str());
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
        int states = 0;
        for (const QString& line : text.split('\n')) {
            if (!line.startsWith("circuit_breaker_state{")) continue;
            ++states;
            QVERIFY2(line.endsWith(line.contains("state=\"closed\"") ? " 1" : " 0"), qPrintable(line));
        }
        QVERIFY2(states >= 3, metrics->body.c_str());
    }

    NginxServer m_nginx;
    PostgresServer m_postgres;
    RedisServer m_redis;
    support::TempDir m_secrets;
    support::TempDir m_consoleFolder;
    std::unique_ptr<StoryAgent> m_agent;
};

FUSEBOX_TEST(StoryTest)

}  // namespace fusebox::e2e
#include "story_test.moc"
