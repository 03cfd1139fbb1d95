#include "outage.h"
#include "process_tree.h"
#include "real_servers.h"

#include <fusebox/support/test_case.h>
#include <fusebox/support/thread_count.h>

namespace fusebox::e2e {

class PostgresTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        const auto trouble = m_server.initialise();
        QVERIFY2(!trouble, trouble.value_or("").c_str());
    }

    void init() {
        m_threadsBefore = support::threadCount();
        m_server.requireLogin("scram-sha-256");
        mustStart(m_server.process());
    }

    void cleanup() {
        m_services.reset();
        QCOMPARE(support::threadCount(), m_threadsBefore);
        m_server.process().stop();
    }

    void a_killed_server_is_refused_and_comes_back() {
        guard(PostgresServer::kPassword);
        goThrough(*m_services, {"db", [this] { m_server.process().kill(); }, "ECONNREFUSED",
                                [this] { mustStart(m_server.process()); }});
    }

    void a_frozen_server_costs_the_timeout_and_comes_back() {
        guard(PostgresServer::kPassword);
        std::unique_ptr<FrozenTree> frozen;
        goThrough(*m_services, {"db", [&] { frozen = std::make_unique<FrozenTree>(m_server.process().pid()); },
                                "imeout", [&] { frozen->thaw(); }});
    }

    void a_refused_login_opens_where_it_is_asked_for() {
        m_server.requireLogin("trust");
        restart();
        guard("wrong", "ignored_errors = \"none\"");
        goThrough(*m_services,
                  {"db", [this] { require("scram-sha-256"); }, "[sqlstate 28P01]", [this] { require("trust"); }});
    }

    void a_wrong_password_alone_does_not_open_the_breaker() {
        guard("wrong");
        QVERIFY2(m_services->fails("db", "[sqlstate 28P01]"), m_services->describe("db").c_str());
        QVERIFY(m_services->log().waitForSnapshot(
            "db", [](const domain::Snapshot& snapshot) { return snapshot.metrics.totals.ignored >= 10; }));
        QCOMPARE(m_services->log().snapshot("db")->state, domain::State::closed);
    }

    void a_failing_query_shows_its_state() {
        guard(PostgresServer::kPassword, "", "query = \"SELECT no_such_column\"\n");
        QVERIFY2(m_services->fails("db", "[sqlstate 42703]"), m_services->describe("db").c_str());
    }

private:
    void guard(const std::string& password, const std::string& breaker = {}, const std::string& query = {}) {
        m_folder.write("secret", password);
        const std::string toml = std::string(kQuick) + breaker +
                                 "\n[[dependency]]\nname = \"db\"\nkind = \"postgres\"\nhost = \"127.0.0.1\"\nport = " +
                                 std::to_string(m_server.port()) +
                                 "\ndatabase = \"postgres\"\nuser = \"fuse\"\npassword_file = \"secret\"\n" + query;
        m_services = std::make_unique<GuardedServices>(m_folder, toml);
        QVERIFY2(m_services->trouble().empty(), m_services->trouble().c_str());
    }

    void restart() {
        m_server.process().stop();
        mustStart(m_server.process());
    }

    void require(const std::string& method) {
        m_server.requireLogin(method);
        restart();
    }

    support::TempDir m_folder;
    PostgresServer m_server;
    std::unique_ptr<GuardedServices> m_services;
    std::size_t m_threadsBefore = 0;
};

FUSEBOX_TEST(PostgresTest)

}  // namespace fusebox::e2e

#include "postgres_test.moc"
