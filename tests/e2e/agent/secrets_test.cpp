// T31 and R29: secrets go in by files and variables, and come out nowhere: not in journal, log, metrics, answers or command line.
#include "real_servers.h"
#include "running_agent.h"

#include <fusebox/support/test_case.h>

#include <QJsonArray>

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace fusebox::e2e {
namespace {

std::string contentOf(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

class SecretsTest : public QObject {
    Q_OBJECT
private slots:
    void no_secret_comes_out_anywhere() {
        NginxServer nginx;
        // A dependency that tells secrets in its errors.
        nginx.serve("return 500 'cannot log in at postgres://app:canary-address@db with password=canary-word';");
        const auto trouble = nginx.process().start();
        QVERIFY2(!trouble, trouble.value_or("").c_str());
        const std::string port = std::to_string(nginx.port());
        const std::string dependencies =
            "[alert]\nwebhook_url_env = \"HOOK\"\n"
            "[[dependency]]\nname = \"web\"\nkind = \"http\"\nurl = \"http://127.0.0.1:" +
            port +
            "/health\"\ninterval = \"50ms\"\nuser = \"bob\"\npassword_file = \"web.password\"\n"
            "headers = { X-Key = { env = \"WEB_KEY\" } }\n"
            "[[dependency]]\nname = \"db\"\nkind = \"postgres\"\nhost = \"127.0.0.1\"\nport = " +
            port +
            "\ndatabase = \"d\"\nuser = \"u\"\ninterval = \"50ms\"\n"
            "[[dependency]]\nname = \"cache\"\nkind = \"redis\"\nhost = \"127.0.0.1\"\nport = " +
            port + "\ninterval = \"50ms\"\n";
        RunningAgent agent(dependencies, {{"WEB_KEY", "canary-header"},
                                          {"HOOK", "http://127.0.0.1:" + port + "/canary-hook"},
                                          {"FUSEBOX_DEPENDENCY__DB__PASSWORD", "canary-variable"},
                                          {"FUSEBOX_DEPENDENCY__CACHE__PASSWORD", "canary-redis"}});
        agent.folder().write("web.password", "canary-file\n");
        const auto notStarted = agent.start();
        QVERIFY2(!notStarted, notStarted.value_or("").c_str());
        const std::vector<std::string> secrets{"canary", agent.token()};
        QTRY_COMPARE_WITH_TIMEOUT(agent.snapshotOf("web")["state"].toString(), QString("OPEN"), 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(!agent.eventsWith("OPEN").isEmpty(), 20'000);

        std::map<std::string, std::string> seen;
        for (const char* path :
             {"/api/v1/about", "/api/v1/breakers", "/api/v1/breakers/web", "/api/v1/breakers/db",
              "/api/v1/breakers/cache", "/api/v1/patterns", "/api/v1/recovery", "/api/v1/journal", "/metrics"}) {
            const Answer answer = agent.get(path);
            QVERIFY2(answer.status == 200, path);
            seen[path] = answer.body;
        }
        seen["command line"] = contentOf("/proc/" + std::to_string(agent.process().pid()) + "/cmdline");
        QCOMPARE(agent.endedBySigterm(), 0);
        seen["log"] = agent.log();
        seen["output"] = agent.process().output();
        for (const auto& entry : std::filesystem::directory_iterator(agent.state())) {
            if (entry.path().filename() != "local.token") seen[entry.path().filename()] = contentOf(entry.path());
        }
        QVERIFY(seen.contains("journal.db"));
        for (const auto& [where, content] : seen) {
            for (const std::string& secret : secrets) {
                QVERIFY2(content.find(secret) == std::string::npos, ("'" + secret + "' in " + where).c_str());
            }
        }
    }
};

FUSEBOX_TEST(SecretsTest)

}  // namespace fusebox::e2e

#include "secrets_test.moc"
