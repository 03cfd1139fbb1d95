#include "real_servers.h"

#include <fusebox/base/clock.h>
#include <fusebox/breaker/circuit_breaker_manager.h>
#include <fusebox/collector/background_collector.h>
#include <fusebox/command/gate.h>
#include <fusebox/server/agent_server.h>
#include <fusebox/sources/local_source.h>
#include <fusebox/support/file_descriptor.h>
#include <fusebox/support/free_port.h>
#include <fusebox/support/test_case.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>

namespace fusebox::e2e {

namespace {

constexpr const char* kToken = "prometheus-token-0123456789";

/// What a server of this machine answers, head and body; one that closes after it.
std::string ask(std::uint16_t port, const std::string& path, const std::string& fields = {}) {
    const support::FileDescriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const std::string request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) +
                                "\r\nConnection: close\r\n" + fields + "\r\n";
    if (::connect(socket.value(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        ::send(socket.value(), request.data(), request.size(), MSG_NOSIGNAL) < 0) {
        return {};
    }
    std::string answer;
    std::array<char, 65536> bytes{};
    for (ssize_t count = 0; (count = ::recv(socket.value(), bytes.data(), bytes.size(), 0)) > 0;) {
        answer.append(bytes.data(), static_cast<std::size_t>(count));
    }
    return answer;
}

/// A service with one breaker and the agent's server in it.
class Service {
public:
    Service()
        : m_breakers(std::make_shared<breaker::CircuitBreakerManager>(m_clock)), m_gate(m_clock), m_collector(m_clock) {
        server::AgentServer::Options options;
        options.version = "1.2.3";
        options.tokens = {{"prometheus", domain::Role::viewer, server::TokenBook::hashOf(kToken), {}, {}}};
        m_server = std::make_shared<server::AgentServer>(m_clock, m_gate, options);
        m_collector.addSource(std::make_shared<sources::LocalSource>(m_breakers));
        m_collector.addSink(m_server);
        m_started = m_server->start().has_value();
        domain::Identity identity;
        identity.id = domain::BreakerId("orders \"eu\"");
        identity.kind = "http";
        m_breaker = m_breakers->create(std::move(identity), {}).value();
        m_collector.start();
    }
    ~Service() {
        m_collector.stop();
        m_server->stop();
    }
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;

    bool isStarted() const { return m_started; }
    std::uint16_t port() const { return m_server->port(); }
    void call(int times) {
        for (int i = 0; i < times; ++i) m_breaker->tryAcquire().permit().success();
    }
    std::string metrics() const {
        const std::string answer = ask(port(), "/metrics", std::string("Authorization: Bearer ") + kToken + "\r\n");
        return answer.substr(std::min(answer.find("\r\n\r\n") + 4, answer.size()));
    }

private:
    base::SteadyClock m_clock;
    std::shared_ptr<breaker::CircuitBreakerManager> m_breakers;
    command::Gate m_gate;
    collector::BackgroundCollector m_collector;
    std::shared_ptr<server::AgentServer> m_server;
    std::shared_ptr<breaker::CircuitBreaker> m_breaker;
    bool m_started = false;
};

}  // namespace

class PrometheusTest : public QObject {
    Q_OBJECT
private slots:
    void promtool_finds_nothing_to_complain_of() {
        Service service;
        QVERIFY(service.isStarted());
        service.call(3);
        QTRY_VERIFY(
            service.metrics().find("circuit_breaker_call_duration_seconds_count{breaker=\"orders \\\"eu\\\"\"} 3\n") !=
            std::string::npos);
        const support::TempDir folder;
        const auto file = folder.write("metrics.txt", service.metrics());
        support::ServerProcess check(
            {{"sh", "-c", "promtool check metrics < \"" + file.string() + "\" && echo all is well"}, {}, {}, {}, 0});
        QVERIFY(!check.start());
        QTRY_VERIFY(!check.isRunning());
        QCOMPARE(check.output(), std::string("all is well\n"));
    }

    void promtool_accepts_the_alert_rules() {
        const std::string rules = FUSEBOX_RESOURCES "/prometheus/fusebox-alerts.yml";
        support::ServerProcess check({{"promtool", "check", "rules", rules}, {}, {}, {}, 0});
        QVERIFY(!check.start());
        QTRY_VERIFY(!check.isRunning());
        QVERIFY2(check.output().find("SUCCESS") != std::string::npos, check.output().c_str());
    }

    void a_real_Prometheus_scrapes_us() {
        Service service;
        QVERIFY(service.isStarted());
        service.call(42);
        const support::TempDir folder;
        folder.write("token", kToken);
        const auto config = folder.write("prometheus.yml",
                                         "global: {scrape_interval: 1s}\nscrape_configs:\n  - job_name: fusebox\n"
                                         "    authorization: {credentials_file: token}\n    static_configs:\n"
                                         "      - targets: ['127.0.0.1:" +
                                             std::to_string(service.port()) + "']\n");
        const std::uint16_t port = support::freePort();
        support::ServerProcess prometheus({{"prometheus", "--config.file=" + config.string(),
                                            "--storage.tsdb.path=" + (folder.path() / "data").string(),
                                            "--web.listen-address=127.0.0.1:" + std::to_string(port)},
                                           {},
                                           {},
                                           {},
                                           port});
        const auto trouble = prometheus.start();
        QVERIFY2(!trouble, trouble.value_or("").c_str());
        const auto answers = [&](const std::string& query, const std::string& expected) {
            const std::string answer = ask(port, "/api/v1/query?query=" + query);
            return answer.find(expected) != std::string::npos;
        };
        QTRY_VERIFY_WITH_TIMEOUT(answers("circuit_breaker_calls_total%7Boutcome%3D%22success%22%7D", "\"42\""), 30'000);
        QVERIFY(answers("up", "\"1\""));
        QVERIFY(answers("circuit_breaker_state%7Bstate%3D%22closed%22%7D", "orders \\\"eu\\\""));
        QTRY_VERIFY_WITH_TIMEOUT(
            answers("histogram_quantile(0.5%2Ccircuit_breaker_call_duration_seconds_bucket)", "\"value\""), 30'000);
    }
};

FUSEBOX_TEST(PrometheusTest)

}  // namespace fusebox::e2e

#include "prometheus_test.moc"
