// What [agent], [journal] and [log] say, and what they must not say.
#include <fusebox/support/temp_dir.h>
#include <fusebox/support/test_case.h>

#include <sys/stat.h>

#include "problems.h"

using namespace fusebox;
using namespace fusebox::config;
using namespace std::chrono_literals;

namespace {

const std::string kHash(64, 'a');

Settings soundSettings(const std::string& lines) {
    const auto loaded = parse(lines + "\n" + dependencyWith(""), "f.toml");
    if (!loaded) qWarning("%s", textOf(loaded.error()).c_str());
    return loaded ? *loaded : Settings{};
}

QString problemsWith(const std::string& lines) {
    return problemsOf(lines + "\n" + dependencyWith(""));
}

std::string tokenLines(const std::string& lines) {
    return "[[agent.token]]\nname = 'ann'\nrole = 'operator'\n" + lines + "\n";
}

}  // namespace

class AgentSettingsTest : public QObject {
    Q_OBJECT
private slots:
    void without_tables_the_agent_listens_on_loopback_and_keeps_a_journal() {
        const Settings settings = soundSettings("");
        QVERIFY(settings.agent == AgentSettings{});
        QCOMPARE(settings.agent.address, std::string("127.0.0.1"));
        QVERIFY(settings.journal.enabled);
        QVERIFY(settings.log == LogSettings{});
    }

    void each_value_arrives() {
        const Settings settings = soundSettings(
            "[agent]\nname = 'shop-7'\naddress = '::1'\nport = 0\nallowed_hosts = ['fusebox.example']\n"
            "allowed_origins = ['https://ops.example']\nstate_dir = '/var/lib/fusebox'\n"
            "limits = { connections = 100, streams = 50, requests_per_second = 7, connections_per_address = 9 }\n"
            "rights = { force_closed = 'operator' }\n"
            "[journal]\nenabled = false\nfile = '/x/j.db'\nage = '90d'\nsize = '2 GiB'\n"
            "[log]\nlevel = 'warning'\nfile = '/x/l.log'\nformat = 'text'\n" +
            tokenLines("sha256 = '" + kHash + "'\nexpires = 2030-01-01T02:00:00+02:00"));
        QCOMPARE(settings.agent.name, std::string("shop-7"));
        QCOMPARE(settings.agent.address, std::string("::1"));
        QCOMPARE(settings.agent.port, std::uint16_t(0));
        QCOMPARE(settings.agent.allowedHosts, std::vector<std::string>{"fusebox.example"});
        QCOMPARE(settings.agent.allowedOrigins, std::vector<std::string>{"https://ops.example"});
        QCOMPARE(settings.agent.stateDir, std::string("/var/lib/fusebox"));
        QVERIFY((settings.agent.limits == AgentLimits{100, 50, 7, 9}));
        QVERIFY(settings.agent.forceClosed == domain::Role::operatorRole);
        QVERIFY((settings.journal == JournalSettings{false, "/x/j.db", base::Duration(24h * 90), 2ULL << 30}));
        QVERIFY((settings.log == LogSettings{LogLevel::warning, "/x/l.log", LogFormat::text}));
        QCOMPARE(settings.agent.tokens.size(), 1U);
        const TokenSettings& token = settings.agent.tokens.front();
        QCOMPARE(token.name, std::string("ann"));
        QVERIFY(token.role == domain::Role::operatorRole);
        QCOMPARE(token.sha256, kHash);
        QVERIFY(token.expires == base::WallTime(std::chrono::seconds(1'893'456'000)));
    }

    void a_problem_is_told_with_what_is_allowed_data() {
        QTest::addColumn<QString>("lines");
        QTest::addColumn<QString>("problem");
        const auto row = [](const std::string& lines, const char* problem) {
            QTest::newRow(lines.c_str()) << QString::fromStdString(lines) << QString::fromUtf8(problem);
        };
        row("[agent]\nadress = '::1'", "f.toml:2:1: agent: 'adress' is no known key. Did you mean address?");
        row("[agent]\naddress = 'localhost'", "agent: address is 'localhost'; allowed: a numeric address");
        row("[agent]\nport = 70000", "agent: port is 70000; allowed: a whole number from 0 to 65535");
        row("[agent]\nname = 'a/b'", "agent: name is 'a/b'; allowed: 1 to 64 printable characters without /");
        row("[agent]\nallowed_hosts = 'x'", "agent: allowed_hosts is 'x'; allowed: a list of names");
        row("[agent]\ntls_cert_file = 'x'", "agent: tls_cert_file needs tls_key_file beside it");
        row("[agent]\nlimits = { streams = 2000 }", "agent.limits: streams leaves no connection for commands");
        row("[agent]\nrights = { force_closed = 'viewer' }",
            "agent.rights: force_closed is 'viewer'; allowed: operator, admin");
        row("[journal]\nsize = '2 MB'", "size is '2 MB'; allowed: a size with its unit from 16 MiB to 1 TiB");
        row("[agent]\ntoken = 'x'", "agent: token is no list of tables; allowed: one [[agent.token]]");
        row("[[agent.token]]\nrole = 'admin'", "agent token: name is missing");
        row(tokenLines("sha256 = '" + kHash + "'\nrole = 'root'"), "is no valid TOML");
        row("[[agent.token]]\nname = 'x'\nrole = 'root'",
            "agent token 'x': role is 'root'; allowed: viewer, operator, admin");
        row(tokenLines(""), "agent token 'ann': sha256 is missing, and so is token_file; needed: one of them");
        row(tokenLines("sha256 = 'abc'"), "agent token 'ann': sha256 is no SHA-256; allowed: 64 hexadecimal digits");
        row(tokenLines("token = 'x'\nsha256 = '" + kHash + "'"), "token must not stand in this file");
        row(tokenLines("sha256 = '" + kHash + "'\ntoken_file = '/x'"), "token_file cannot stand beside sha256");
        row(tokenLines("token_file = '/nowhere/x'"), "token_file cannot be used: /nowhere/x: cannot be opened");
        row(tokenLines("sha256 = '" + kHash + "'\nexpires = 2030-01-01"), "expires is a date or time; allowed: a date");
        row(tokenLines("sha256 = '" + kHash + "'") + tokenLines("sha256 = '" + kHash + "'"),
            "agent token: name 'ann' is taken by the token in line 1");
        row("[journal]\nsize = '1 KiB'",
            "journal: size is '1 KiB'; allowed: a size with its unit from 16 MiB to 1 TiB");
        row("[journal]\nage = '10min'", "journal: age is '10min'; allowed: a duration");
        row("[journal]\nenabled = 'off'", "journal: enabled is 'off'; allowed: true, false");
        row("[log]\nlevel = 'verbose'", "log: level is 'verbose'; allowed: debug, info, warning, error");
    }
    void a_problem_is_told_with_what_is_allowed() {
        QFETCH(QString, lines);
        QFETCH(QString, problem);
        const QString found = problemsWith(lines.toStdString());
        QVERIFY2(found.contains(problem), qPrintable(found));
    }

    // Row B11 of the attacks: an open door without a lock.
    void beyond_loopback_it_does_not_listen_without_tls_and_tokens() {
        QVERIFY(problemsWith("[agent]\naddress = '127.9.9.9'").isEmpty());
        const QString bare = problemsWith("[agent]\naddress = '0.0.0.0'");
        QVERIFY2(bare.contains("address is '0.0.0.0', which others can reach; needed for it: tls_cert_file"),
                 qPrintable(bare));
        QVERIFY2(bare.contains("needed for it: at least one [[agent.token]]"), qPrintable(bare));
        const std::string tls = "[agent]\naddress = '::'\ntls_cert_file = 'c'\ntls_key_file = 'k'\n";
        QVERIFY(problemsWith(tls).contains("at least one [[agent.token]]"));
        QCOMPARE(problemsWith(tls + tokenLines("sha256 = '" + kHash + "'")), QString());
    }

    void a_token_that_stands_for_its_hash_is_not_shown() {
        const QString found = problemsWith(tokenLines("sha256 = 'canary-8c1d'"));
        QVERIFY(!found.isEmpty());
        QVERIFY2(!found.contains("canary"), qPrintable(found));
    }
};

FUSEBOX_TEST(AgentSettingsTest)
#include "agent_settings_test.moc"
