// Recovery actions on real servers: a restart that really restarts, traffic that really moves and comes back, an alert that really
// arrives, once.
#include "outage.h"
#include "real_servers.h"

#include <fusebox/adapters/http_adapter.h>
#include <fusebox/recovery/program.h>
#include <fusebox/support/free_port.h>
#include <fusebox/support/test_case.h>

#include <signal.h>

#include <fstream>

namespace fusebox::e2e {

namespace {

using domain::RecoveryAction;
using domain::RecoveryOutcome;
using domain::RecoveryResult;
using domain::State;

std::string httpDependency(const std::string& name, const NginxServer& server) {
    return "\n[[dependency]]\nname = \"" + name +
           "\"\nkind = \"http\"\nurl = \"http://127.0.0.1:" + std::to_string(server.port()) + "/health\"\n";
}

std::string outputOf(std::vector<std::string> arguments) {
    recovery::Program program;
    program.arguments = std::move(arguments);
    return recovery::runProgram(program, {}, [](const std::string&) {}).output;
}

int countOf(const std::string& part, const std::string& text) {
    int count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++count;
    return count;
}

}  // namespace

class RecoveryTest : public QObject {
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<support::TempDir>(); }

    void cleanup() {
        m_services.reset();
        m_folder.reset();
    }

    void a_killed_redis_is_restarted_by_its_argument_vector_and_the_breaker_closes() {
        RedisServer redis;
        mustStart(redis.process());
        const auto pidFile = m_folder->path() / "restarted.pid";
        guard(
            "\n[[dependency]]\nname = \"cache\"\nkind = \"redis\"\nhost = \"127.0.0.1\"\nport = " +
            std::to_string(redis.port()) +
            "\npassword_env = \"FUSEBOX_TEST_REDIS\"\n[[dependency.action]]\nkind = \"RESTART_SERVICE\"\n"
            "mode = \"automatic\"\non = [\"TRANSIENT\", \"PERMANENT\", \"UNKNOWN\"]\ncommand = [\"redis-server\", \"" +
            redis.configFile() + "\", \"--daemonize\", \"yes\", \"--pidfile\", \"" + pidFile.string() + "\"]\n");
        QVERIFY2(m_services->becomesHealthy("cache"), m_services->describe("cache").c_str());
        redis.process().kill();
        const bool helped = waitForOutcome("cache", [](const RecoveryOutcome& outcome) { return outcome.verdictIn; });
        const std::string pid = contentOf(pidFile);
        QVERIFY2(helped, m_services->describe("cache").c_str());
        const RecoveryOutcome outcome = outcomes("cache").back();
        QCOMPARE(outcome.action, RecoveryAction::restartService);
        QCOMPARE(outcome.mode, domain::ActionMode::automatic);
        QVERIFY2(outcome.result == RecoveryResult::succeeded, outcome.detail.c_str());
        QVERIFY(outcome.closedAfter.has_value());
        QVERIFY(m_services->becomesHealthy("cache"));
        QVERIFY(passedTheGate("cache", RecoveryAction::restartService));
        QCOMPARE(m_services->log().latest()->recovery->rates.at(0).helped, 1U);
        m_services.reset();
        QVERIFY2(!pid.empty(), "the restarted server is the one of the action");
        QCOMPARE(::kill(static_cast<pid_t>(std::stol(pid)), SIGKILL), 0);
    }

    void traffic_moves_to_a_second_nginx_and_back() {
        NginxServer first;
        NginxServer second;
        first.serve("return 200 'first';");
        second.serve("return 200 'second';");
        mustStart(first.process());
        mustStart(second.process());
        guard(httpDependency("web", first) + "backup_urls = [\"http://127.0.0.1:" + std::to_string(second.port()) +
              "/health\"]\n[[dependency.action]]\nkind = \"SWITCH_ENDPOINT\"\nmode = \"automatic\"\n"
              "on = [\"TRANSIENT\", \"PERMANENT\", \"UNKNOWN\"]\ncheck_pause = \"100ms\"\n");
        QVERIFY2(m_services->becomesHealthy("web"), m_services->describe("web").c_str());

        first.process().kill();
        QVERIFY(waitForOutcome("web", [](const RecoveryOutcome& outcome) { return outcome.closedAfter.has_value(); }));
        QVERIFY2(m_services->becomesHealthy("web"), "nobody but the second can answer now");
        const auto standing = m_services->log().latest()->recovery->breakers.at(0).actions.at(0);
        QVERIFY2(standing.effect.starts_with("Calls go to the backup"), standing.effect.c_str());

        mustStart(first.process());
        QVERIFY(waitForNotice("web", "again; it answered 3 times in a row"));
        second.process().kill();
        QVERIFY2(m_services->becomesHealthy("web"), "nobody but the first can answer now");
        QCOMPARE(m_services->log().snapshot("web")->state, State::closed);
    }

    void without_a_backup_that_answers_the_switch_fails_and_two_failures_lock_it_out() {
        NginxServer first;
        NginxServer second;
        mustStart(first.process());
        guard(httpDependency("web", first) + "backup_urls = [\"http://127.0.0.1:" + std::to_string(second.port()) +
              "/health\"]\n[[dependency.action]]\nkind = \"SWITCH_ENDPOINT\"\nmode = \"automatic\"\n"
              "on = [\"TRANSIENT\", \"PERMANENT\", \"UNKNOWN\"]\ncool_down = \"0s\"\n");
        for (int outage = 0; outage < 2; ++outage) {
            QVERIFY2(m_services->becomesHealthy("web"), m_services->describe("web").c_str());
            first.process().kill();
            const auto want = static_cast<std::size_t>(outage + 1);
            QVERIFY(m_services->log().waitForFrame([&](const domain::Frame& frame) {
                return frame.recovery->history.size() == want && frame.recovery->history.front().verdictIn;
            }));
            QCOMPARE(outcomes("web").back().result, RecoveryResult::failed);
            mustStart(first.process());
        }
        QVERIFY(m_services->log().latest()->recovery->breakers.at(0).actions.at(0).lockedOut);
    }

    void a_real_alertmanager_receives_exactly_one_alert() {
        NginxServer web;
        web.serve("return 401 'who are you?';");
        mustStart(web.process());
        const std::uint16_t port = support::freePort();
        const std::string address = "127.0.0.1:" + std::to_string(port);
        m_folder->write("alertmanager.yml", "route:\n  receiver: nobody\nreceivers:\n  - name: nobody\n");
        support::ServerCommand command;
        command.arguments = {"prometheus-alertmanager",
                             "--config.file=" + (m_folder->path() / "alertmanager.yml").string(),
                             "--storage.path=" + (m_folder->path() / "alerts").string(),
                             "--web.listen-address=" + address, "--cluster.listen-address="};
        command.port = port;
        support::ServerProcess alertmanager(std::move(command));
        mustStart(alertmanager);
        guard("\n[alert]\nalertmanager_url = \"http://" + address + "\"\nlabels = { team = \"shop\" }\n" +
              httpDependency("web", web) + "[[dependency.action]]\nkind = \"ALERT_ADMIN\"\nmode = \"automatic\"\n" +
              "cool_down = \"0s\"\n");
        QVERIFY(waitForOutcome(
            "web", [](const RecoveryOutcome& outcome) { return outcome.result == RecoveryResult::succeeded; }));
        QVERIFY2(outcomes("web").back().detail == "It told the Alertmanager.", outcomes("web").back().detail.c_str());
        runByHand("web", RecoveryAction::alertAdmin);
        QVERIFY(m_services->log().waitForFrame([&](const domain::Frame& frame) {
            return frame.recovery->history.size() == 2 &&
                   frame.recovery->history.front().detail.starts_with("The same alert stands there already");
        }));
        const auto alerts = [&] {
            return outputOf({"amtool", "--alertmanager.url=http://" + address, "alert", "query", "-o", "json"});
        };
        QTRY_VERIFY2_WITH_TIMEOUT(countOf("\"fingerprint\"", alerts()) == 1, alerts().c_str(), 10'000);
        const std::string seen = alerts();
        for (const char* part : {"\"FuseboxBreaker\"", "\"web\"", "\"AUTHENTICATION\"", "\"shop\"", "401"}) {
            QVERIFY2(seen.find(part) != std::string::npos, seen.c_str());
        }
        // It sorts out doubles by itself; its own count tells that none came.
        adapters::HttpSettings metrics;
        metrics.url = "http://" + address + "/metrics";
        metrics.bodyContains = "alertmanager_alerts_received_total{status=\"firing\",version=\"v2\"} 1\n";
        const base::SteadyClock clock;
        const auto answer = (*adapters::HttpAdapter::create(metrics, clock))->call({});
        QVERIFY2(answer.has_value(), answer ? "" : answer.error().text().c_str());
    }

private:
    void guard(const std::string& toml) {
        ::setenv("FUSEBOX_TEST_REDIS", "right", 1);
        m_services = std::make_unique<GuardedServices>(*m_folder, kQuick + toml);
        QVERIFY2(m_services->trouble().empty(), m_services->trouble().c_str());
    }

    void runByHand(const std::string& breaker, RecoveryAction action) {
        domain::Command command;
        command.id = domain::CommandId("by-hand");
        command.kind = domain::CommandKind::action;
        command.breaker = domain::BreakerId(breaker);
        command.actor = "ann";
        command.reason = "once more, by hand";
        command.action = action;
        m_services->submit(std::move(command));
    }

    [[nodiscard]] std::vector<RecoveryOutcome> outcomes(const std::string& breaker) {
        std::vector<RecoveryOutcome> found;
        for (const domain::Event& event : m_services->log().events()) {
            const auto* outcome = std::get_if<RecoveryOutcome>(&event.body);
            if (outcome != nullptr && event.breaker.value == breaker) found.push_back(*outcome);
        }
        return found;
    }

    bool waitForOutcome(const std::string& breaker, const std::function<bool(const RecoveryOutcome&)>& holds) {
        return m_services->log().waitForFrame([&](const domain::Frame& frame) {
            if (!frame.recovery) return false;
            for (const RecoveryOutcome& outcome : frame.recovery->history) {
                if (outcome.breaker.value == breaker && holds(outcome)) return true;
            }
            return false;
        });
    }

    bool waitForNotice(const std::string& breaker, const std::string& part) {
        return QTest::qWaitFor(
            [&] {
                for (const domain::Event& event : m_services->log().events()) {
                    if (event.breaker.value == breaker && event.text.find(part) != std::string::npos) return true;
                }
                return false;
            },
            20'000);
    }

    bool passedTheGate(const std::string& breaker, RecoveryAction action) {
        for (const domain::Event& event : m_services->log().events()) {
            const auto* report = std::get_if<domain::CommandReport>(&event.body);
            if (report != nullptr && report->command.breaker.value == breaker && report->command.action == action &&
                report->status == domain::CommandStatus::applied)
                return true;
        }
        return false;
    }

    static std::string contentOf(const std::filesystem::path& file) {
        std::ifstream stream(file);
        return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    }

    std::unique_ptr<support::TempDir> m_folder;
    std::unique_ptr<GuardedServices> m_services;
};

FUSEBOX_TEST(RecoveryTest)

}  // namespace fusebox::e2e

#include "recovery_test.moc"
