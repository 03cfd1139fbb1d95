#include "guarded_services.h"
#include "outage.h"
#include "real_servers.h"

#include <fusebox/adapters/postgres_adapter.h>
#include <fusebox/adapters/redis_adapter.h>
#include <fusebox/base/clock.h>
#include <fusebox/support/free_port.h>
#include <fusebox/support/test_case.h>

namespace fusebox::e2e {

using domain::Category;

// What real servers say when they fail, and what Fusebox makes of it.
class RealErrorsTest : public QObject {
    Q_OBJECT

private slots:
    void cleanup() { m_services.reset(); }

    void nginx_overloaded_is_transient() { servedBy("return 503 'maintenance';", "[http 503]", Category::transient); }

    void nginx_that_limits_names_its_wait() {
        servedBy("add_header Retry-After 7 always; return 429;", "[http 429]", Category::rateLimit);
        QCOMPARE(newest("web")->retryAfter, std::optional(std::chrono::milliseconds(7'000)));
    }

    void nginx_that_wants_a_login_is_authentication() {
        servedBy("return 401;", "[http 401]", Category::authentication);
    }

    void nginx_without_the_page_is_permanent() { servedBy("return 410;", "[http 410]", Category::permanent); }

    void postgres_refuses_a_wrong_password() {
        PostgresServer server;
        ready(server);
        guardPostgres(server, "wrong");
        failsAs("db", "[sqlstate 28P01]", Category::authentication);
    }

    void postgres_is_out_of_connections() {
        PostgresServer server;
        QVERIFY(!server.initialise());
        server.allowClients(1);
        mustStart(server.process());
        const base::SteadyClock clock;
        auto taken = adapters::PostgresAdapter::create(settingsOf(server), clock);
        QVERIFY(taken);
        // The one place is free once the server has let go of who asked whether it is up. The adapter keeps its connection.
        QTRY_VERIFY_WITH_TIMEOUT((*taken)->call({}), 20'000);
        guardPostgres(server, PostgresServer::kPassword);
        failsAs("db", "[sqlstate 53300]", Category::transient);
    }

    void postgres_is_killed() {
        PostgresServer server;
        ready(server);
        guardPostgres(server, PostgresServer::kPassword);
        QVERIFY2(m_services->becomesHealthy("db"), m_services->describe("db").c_str());
        server.process().kill();
        failsAs("db", "ECONNREFUSED", Category::transient);
    }

    void redis_is_still_loading() {
        RedisServer server;
        server.requirePassword("right", "enable-debug-command yes\n");
        mustStart(server.process());
        mustDo(server, {"DEBUG", "POPULATE", "5000"});
        mustDo(server, {"SAVE"});
        server.process().stop();
        server.requirePassword("right", "key-load-delay 2000\nloading-process-events-interval-bytes 1024\n");
        mustStart(server.process());
        guardRedis(server, "right", "['GET', 'key:1']");
        failsAs("cache", "[redis LOADING]", Category::transient);
    }

    void redis_wants_a_login() {
        RedisServer server;
        mustStart(server.process());
        guardRedis(server, {}, "['PING']");
        failsAs("cache", "[redis NOAUTH]", Category::authentication);
    }

    void redis_is_a_replica_that_takes_no_writes() {
        RedisServer server;
        server.requirePassword("right", "replicaof 127.0.0.1 " + std::to_string(support::freePort()) + "\n");
        mustStart(server.process());
        guardRedis(server, "right", "['SET', 'fuse', 'box']");
        failsAs("cache", "[redis READONLY]", Category::transient);
    }

    void redis_is_killed() {
        RedisServer server;
        mustStart(server.process());
        guardRedis(server, "right", "['PING']");
        QVERIFY2(m_services->becomesHealthy("cache"), m_services->describe("cache").c_str());
        server.process().kill();
        failsAs("cache", "ECONNREFUSED", Category::transient);
    }

private:
    void servedBy(const std::string& location, const std::string& part, Category category) {
        NginxServer server;
        server.serve(location);
        mustStart(server.process());
        guard("name = \"web\"\nkind = \"http\"\nurl = \"http://127.0.0.1:" + std::to_string(server.port()) +
              "/health\"\n");
        failsAs("web", part, category);
    }

    void ready(PostgresServer& server) {
        const auto trouble = server.initialise();
        QVERIFY2(!trouble, trouble.value_or("").c_str());
        mustStart(server.process());
    }

    static adapters::PostgresSettings settingsOf(const PostgresServer& server) {
        adapters::PostgresSettings settings;
        settings.host = "127.0.0.1";
        settings.port = server.port();
        settings.database = "postgres";
        settings.user = "fuse";
        settings.password = PostgresServer::kPassword;
        return settings;
    }

    void guardPostgres(const PostgresServer& server, const std::string& password) {
        m_folder.write("secret", password);
        guard("name = \"db\"\nkind = \"postgres\"\nhost = \"127.0.0.1\"\nport = " + std::to_string(server.port()) +
              "\ndatabase = \"postgres\"\nuser = \"fuse\"\npassword_file = \"secret\"\n");
    }

    void mustDo(const RedisServer& server, const std::vector<std::string>& command) {
        adapters::RedisSettings settings;
        settings.host = "127.0.0.1";
        settings.port = server.port();
        settings.password = "right";
        settings.command = command;
        const base::SteadyClock clock;
        auto adapter = adapters::RedisAdapter::create(settings, clock);
        QVERIFY(adapter);
        const auto answer = (*adapter)->call({});
        QVERIFY2(answer, answer ? "" : answer.error().text().c_str());
    }

    void guardRedis(const RedisServer& server, const std::string& password, const std::string& command) {
        m_folder.write("secret", password);
        guard("name = \"cache\"\nkind = \"redis\"\nhost = \"127.0.0.1\"\nport = " + std::to_string(server.port()) +
              "\ncommand = " + command + "\n" + (password.empty() ? "" : "password_file = \"secret\"\n"));
    }

    void guard(const std::string& dependency) {
        m_services =
            std::make_unique<GuardedServices>(m_folder, std::string(kQuick) + "\n[[dependency]]\n" + dependency);
        QVERIFY2(m_services->trouble().empty(), m_services->trouble().c_str());
    }

    [[nodiscard]] domain::ErrorRef newest(const std::string& name) const {
        const auto snapshot = m_services->log().snapshot(name);
        const bool failed = snapshot && snapshot->detail && !snapshot->detail->recentErrors.empty();
        return failed ? snapshot->detail->recentErrors.back().error : nullptr;
    }

    void failsAs(const std::string& name, const std::string& part, Category category) {
        QVERIFY2(m_services->fails(name, part), m_services->describe(name).c_str());
        const domain::ErrorRef error = newest(name);
        QVERIFY(error && error->category);
        QCOMPARE(std::string(domain::toWord(*error->category)), std::string(domain::toWord(category)));
    }

    support::TempDir m_folder;
    std::unique_ptr<GuardedServices> m_services;
};

FUSEBOX_TEST(RealErrorsTest)

}  // namespace fusebox::e2e

#include "real_errors_test.moc"
