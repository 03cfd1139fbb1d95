#include "outage.h"
#include "real_servers.h"

#include <fusebox/support/test_case.h>
#include <fusebox/support/thread_count.h>

namespace fusebox::e2e {

class NginxTest : public QObject {
    Q_OBJECT

private slots:
    void init() {
        m_threadsBefore = support::threadCount();
        m_server = std::make_unique<NginxServer>();
        mustStart(m_server->process());
    }

    void cleanup() {
        m_services.reset();
        QCOMPARE(support::threadCount(), m_threadsBefore);
        m_server.reset();
    }

    void a_killed_server_is_refused_and_comes_back() {
        guard();
        goThrough(*m_services, {"web", [this] { m_server->process().kill(); }, "ConnectionRefused",
                                [this] { mustStart(m_server->process()); }});
    }

    void a_frozen_server_costs_the_timeout_and_comes_back() {
        guard();
        goThrough(*m_services,
                  {"web", [this] { m_server->process().freeze(); }, "imeout", [this] { m_server->process().thaw(); }});
    }

    void an_answer_of_503_opens_and_200_closes() {
        guard();
        goThrough(*m_services, {"web", [this] { restartServing("return 503 'maintenance';"); }, "[http 503]",
                                [this] { restartServing("return 200 'fine';"); }});
    }

    void a_wrong_body_is_noticed() {
        guard("ignored_errors = \"none\"");
        goThrough(*m_services, {"web", [this] { restartServing("return 200 'odd';"); }, "fine",
                                [this] { restartServing("return 200 'fine';"); }});
    }

    void a_wrong_password_does_not_open_by_default_but_where_it_is_asked_for() {
        const std::string wants =
            "auth_basic fuse; auth_basic_user_file %1; try_files /none @fine; } location @fine { "
            "return 200 'fine';";
        const auto knows = [&](const std::string& password) {
            return QString::fromStdString(wants)
                .arg(QString::fromStdString(m_server->passwordFile("ann", password)))
                .toStdString();
        };
        restartServing(knows("right"));
        guard("ignored_errors = \"none\"", "user = \"ann\"\npassword_file = \"secret\"\n");
        goThrough(*m_services, {"web", [&] { restartServing(knows("other")); }, "[http 401]",
                                [&] { restartServing(knows("right")); }});

        guard("", "");
        QVERIFY(m_services->fails("web", "[http 401]"));
        QVERIFY(m_services->log().waitForSnapshot(
            "web", [](const domain::Snapshot& snapshot) { return snapshot.metrics.totals.ignored >= 20; }));
        QCOMPARE(m_services->log().snapshot("web")->state, domain::State::closed);
    }

private:
    void guard(const std::string& breaker = {}, const std::string& login = {}) {
        m_services.reset();
        m_folder.write("secret", "right\n");
        const std::string toml = std::string(kQuick) + breaker +
                                 "\n[[dependency]]\nname = \"web\"\nkind = \"http\"\nurl = \"http://127.0.0.1:" +
                                 std::to_string(m_server->port()) + "/health\"\nbody_contains = \"fine\"\n" + login;
        m_services = std::make_unique<GuardedServices>(m_folder, toml);
        QVERIFY2(m_services->trouble().empty(), m_services->trouble().c_str());
    }

    void restartServing(const std::string& location) {
        m_server->serve(location);
        m_server->process().stop();
        mustStart(m_server->process());
    }

    support::TempDir m_folder;
    std::unique_ptr<NginxServer> m_server;
    std::unique_ptr<GuardedServices> m_services;
    std::size_t m_threadsBefore = 0;
};

FUSEBOX_TEST(NginxTest)

}  // namespace fusebox::e2e

#include "nginx_test.moc"
