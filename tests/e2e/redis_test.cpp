#include "outage.h"
#include "real_servers.h"

#include <fusebox/support/test_case.h>
#include <fusebox/support/thread_count.h>

namespace fusebox::e2e {

class RedisTest : public QObject {
    Q_OBJECT

private slots:
    void init() {
        m_threadsBefore = support::threadCount();
        m_server = std::make_unique<RedisServer>();
        mustStart(m_server->process());
    }

    void cleanup() {
        m_services.reset();
        QCOMPARE(support::threadCount(), m_threadsBefore);
        m_server.reset();
    }

    void a_killed_server_is_refused_and_comes_back() {
        guard();
        goThrough(*m_services, {"cache", [this] { m_server->process().kill(); }, "ECONNREFUSED",
                                [this] { mustStart(m_server->process()); }});
    }

    void a_frozen_server_costs_the_timeout_and_comes_back() {
        guard();
        goThrough(*m_services, {"cache", [this] { m_server->process().freeze(); }, "imeout",
                                [this] { m_server->process().thaw(); }});
    }

    void a_changed_password_opens_where_it_is_asked_for() {
        guard("ignored_errors = \"none\"");
        goThrough(*m_services, {"cache", [this] { changePassword("other"); }, "[redis WRONGPASS]",
                                [this] { changePassword("right"); }});
    }

    void a_changed_password_alone_does_not_open_the_breaker() {
        m_server->requirePassword("other");
        m_server->process().stop();
        mustStart(m_server->process());
        guard();
        QVERIFY2(m_services->fails("cache", "[redis WRONGPASS]"), m_services->describe("cache").c_str());
        QVERIFY(m_services->log().waitForSnapshot(
            "cache", [](const domain::Snapshot& snapshot) { return snapshot.metrics.totals.ignored >= 10; }));
        QCOMPARE(m_services->log().snapshot("cache")->state, domain::State::closed);
    }

private:
    void guard(const std::string& breaker = {}) {
        m_folder.write("secret", "right\n");
        const std::string toml = std::string(kQuick) + breaker +
                                 "\n[[dependency]]\nname = \"cache\"\nkind = \"redis\"\nhost = \"127.0.0.1\"\nport = " +
                                 std::to_string(m_server->port()) +
                                 "\npassword_file = \"secret\"\nexpected_reply = \"PONG\"\n";
        m_services = std::make_unique<GuardedServices>(m_folder, toml);
        QVERIFY2(m_services->trouble().empty(), m_services->trouble().c_str());
    }

    void changePassword(const std::string& password) {
        m_server->requirePassword(password);
        m_server->process().stop();
        mustStart(m_server->process());
    }

    support::TempDir m_folder;
    std::unique_ptr<RedisServer> m_server;
    std::unique_ptr<GuardedServices> m_services;
    std::size_t m_threadsBefore = 0;
};

FUSEBOX_TEST(RedisTest)

}  // namespace fusebox::e2e

#include "redis_test.moc"
