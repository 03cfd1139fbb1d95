// [[dependency.action]], backup_urls and [alert]: what is done about dependencies that fail.
#include <fusebox/support/temp_dir.h>
#include <fusebox/support/test_case.h>

#include "problems.h"

using namespace fusebox;
using namespace fusebox::config;
using namespace std::chrono_literals;
using domain::ActionMode;
using domain::Category;
using domain::RecoveryAction;

namespace {

std::string action(const std::string& lines) {
    return dependencyWith("backup_urls = ['http://127.0.0.1:2/']\n[[dependency.action]]\n" + lines);
}

const ActionSettings* find(const Dependency& dependency, RecoveryAction kind) {
    for (const ActionSettings& one : dependency.actions) {
        if (one.action == kind) return &one;
    }
    return nullptr;
}

}  // namespace

class RecoveryTest : public QObject {
    Q_OBJECT
private slots:
    void an_action_is_read_with_all_that_it_may_say() {
        const Dependency dependency =
            firstOf(action("kind = 'RESTART_SERVICE'\nmode = 'automatic'\non = ['TRANSIENT', 'UNKNOWN']\n"
                           "error_contains = 'died'\ncommand = ['bin/restart', '$(id)', '; ls']\nfolder = 'work'\n"
                           "environment = { A = 'b' }\ntimeout = '5s'\ncool_down = '2m'\nbudget_per_hour = 3\n"
                           "verdict_within = '20s'\n"));
        const ActionSettings& restart = dependency.actions.at(0);
        QCOMPARE(restart.mode, ActionMode::automatic);
        QVERIFY((restart.causes == std::vector{Category::transient, Category::unknown}));
        QCOMPARE(restart.errorText, std::string("died"));
        QCOMPARE(restart.program->arguments.at(1), std::string("$(id)"));
        QVERIFY(restart.program->arguments.at(0).ends_with("bin/restart"));
        QCOMPARE(restart.program->environment.at("A"), std::string("b"));
        QVERIFY((restart.limits == recovery::ActionLimits{5s, 2min, 3, 20s}));
        QCOMPARE(restart.line, 6U);
    }

    void a_unit_becomes_the_arguments_of_systemctl() {
        const Dependency dependency = firstOf(action("kind = 'RESTART_SERVICE'\nunit = 'shop.service'"));
        QCOMPARE(dependency.actions.at(0).program->text(),
                 std::string("systemctl --no-ask-password restart -- shop.service"));
        QCOMPARE(dependency.actions.at(0).mode, ActionMode::manual);
    }

    void what_nobody_mentions_is_there_as_usual() {
        const Dependency plain = firstOf(dependencyWith(""));
        QCOMPARE(plain.actions.size(), 3U);
        QCOMPARE(find(plain, RecoveryAction::resetConnection)->mode, ActionMode::manual);
        QCOMPARE(find(plain, RecoveryAction::reduceLoad)->mode, ActionMode::proposed);
        QVERIFY((find(plain, RecoveryAction::reduceLoad)->causes == std::vector{Category::rateLimit}));
        QCOMPARE(find(plain, RecoveryAction::alertAdmin)->mode, ActionMode::manual);
        const Dependency alerted =
            firstOf("[alert]\nwebhook_url = 'http://127.0.0.1:9/'\n" + dependencyWith("backup_urls = ['http://b/']"));
        QCOMPARE(find(alerted, RecoveryAction::alertAdmin)->mode, ActionMode::automatic);
        QCOMPARE(find(alerted, RecoveryAction::switchEndpoint)->mode, ActionMode::proposed);
        const Dependency own = firstOf(dependencyWith("[[dependency.action]]\nkind = 'REDUCE_LOAD'\nshare = 0.2"));
        QCOMPARE(own.actions.size(), 3U);
        QCOMPARE(own.actions.at(0).share, 0.2);
    }

    void backups_are_the_same_dependency_elsewhere() {
        const Dependency dependency = firstOf(
            dependencyWith("method = 'POST'\ntotal_timeout = '700ms'\nbackup_urls = ['http://b/', 'https://c/x']"));
        QCOMPARE(dependency.backups.size(), 2U);
        const auto& last = std::get<adapters::HttpSettings>(dependency.backups.at(1));
        QCOMPARE(last.url, std::string("https://c/x"));
        QCOMPARE(last.method, std::string("POST"));
        QVERIFY(last.limits.totalTimeout == 700ms);
    }

    void alerts_have_secrets_in_files_only() {
        const support::TempDir folder;
        folder.write("token", "t0p\n");
        folder.write("hook", "http://127.0.0.1:9/secret\n");
        const Loaded loaded =
            load(folder.write("fusebox.toml",
                              "[alert]\nalertmanager_url = 'http://127.0.0.1:9093/'\nbearer_token_file = 'token'\n"
                              "webhook_url_file = 'hook'\ntotal_timeout = '3s'\nrepeat_after = '1h'\n"
                              "labels = { team = 'shop' }\n" +
                                  dependencyWith("")));
        QVERIFY2(loaded.has_value(), loaded ? "" : textOf(loaded.error()).c_str());
        QCOMPARE(loaded->alerts.alertmanager->bearerToken, std::string("t0p"));
        QCOMPARE(loaded->alerts.webhook->url, std::string("http://127.0.0.1:9/secret"));
        QVERIFY(loaded->alerts.webhook->limits.totalTimeout == 3s);
        QVERIFY(loaded->alerts.repeatAfter == 1h);
        QCOMPARE(loaded->alerts.labels.at("team"), std::string("shop"));
    }

    void a_problem_is_told_with_its_place_data() {
        QTest::addColumn<QString>("lines");
        QTest::addColumn<QString>("problem");
        const auto row = [](const char* lines, const char* problem) {
            QTest::newRow(lines) << QString::fromUtf8(lines) << QString::fromUtf8(problem);
        };
        row("kind = 'RESTART_SERVICE'\ncommand = 'systemctl restart x'",
            "f.toml:8:11: dependency 'orders': action: command is 'systemctl restart x'; allowed: a list of arguments "
            "such as [\"/usr/bin/systemctl\", \"restart\", \"shop\"]; no shell reads it");
        row("kind = 'RESTART_SERVICE'\ncommand = []", "command is a list; allowed: a list of arguments");
        row("kind = 'RESTART_SERVICE'\ncommand = ['a', 5]", "f.toml:8:17: dependency 'orders': action: command is 5;");
        row("kind = 'RESTART_SERVICE'", "kind RESTART_SERVICE needs unit");
        row("kind = 'RESTART_SERVICE'\nunit = 'x'\ncommand = ['y']", "command cannot stand beside unit");
        row("kind = 'RESTART_SERVICE'\nunit = '-H evil'", "unit is '-H evil'; allowed: the name of a systemd unit");
        row("kind = 'RESTART_SERVICE'\nunit = 'x'\nmode = 'automatic'",
            "mode is automatic, which needs on = [\"CATEGORY\", ...]: what calls for RESTART_SERVICE");
        row("kind = 'RESTART'",
            "kind is 'RESTART'; allowed: RESTART_SERVICE, CLEAR_CACHE, RESET_CONNECTION, "
            "SWITCH_ENDPOINT, REDUCE_LOAD, ALERT_ADMIN. Did you mean RESTART_SERVICE?");
        row("kind = 'NONE'", "kind is 'NONE'; allowed: RESTART_SERVICE");
        row("kind = 'REDUCE_LOAD'\nmode = 'auto'", "mode is 'auto'; allowed: manual, proposed, automatic");
        row("kind = 'REDUCE_LOAD'\non = ['SLOW']", "on names 'SLOW', which is no category");
        row("kind = 'REDUCE_LOAD'\nunit = 'x'", "'unit' is no known key");
        row("kind = 'REDUCE_LOAD'\nshare = 1", "share is 1; allowed: a number from 0.01 to 0.99");
        row("kind = 'ALERT_ADMIN'\nbudget_per_hour = 0", "budget_per_hour is 0; allowed: a whole number from 1 to 60");
        row("kind = 'REDUCE_LOAD'\n[[dependency.action]]\nkind = 'REDUCE_LOAD'",
            "f.toml:8:1: dependency 'orders': action REDUCE_LOAD stands twice; the first is in line 6");
    }
    void a_problem_is_told_with_its_place() {
        QFETCH(QString, lines);
        QFETCH(QString, problem);
        const QString told = problemsOf(action(lines.toStdString()));
        QVERIFY2(told.contains(problem), qPrintable(told));
        QCOMPARE(told.count('\n'), 0);
    }

    void what_lies_around_the_actions_is_checked_too() {
        const auto contains = [](const std::string& text, const char* problem) {
            QVERIFY2(problemsOf(text).contains(problem), qPrintable(problemsOf(text)));
        };
        contains(dependencyWith("action = 'restart'"), "action is 'restart'; allowed: one [[dependency.action]]");
        contains(dependencyWith("[[dependency.action]]\nkind = 'SWITCH_ENDPOINT'"),
                 "SWITCH_ENDPOINT needs backup_urls");
        contains(dependencyWith("backup_urls = 'http://b/'"), "backup_urls is 'http://b/'; allowed: a list of URLs");
        contains(dependencyWith("backup_urls = ['ftp://b/']"), "f.toml:5:1: dependency 'orders': backup_urls holds");
        contains("[alert]\nalertmanager_url = 'nonsense'\n" + dependencyWith(""),
                 "f.toml:2:1: alert: alertmanager_url");
        contains("[alert]\npassword = 'x'\n" + dependencyWith(""), "alert: password must not stand in this file");
        contains("[alert]\nlabels = { breaker = 'x' }\n" + dependencyWith(""), "alert: labels is 'x'; allowed: names");
        contains("[[dependency]]\nname = 'm'\nkind = 'tcp'\nhost = 'h'\nport = 1\nbackup_urls = ['x']\n",
                 "'backup_urls' is no known key");
    }
};

FUSEBOX_TEST(RecoveryTest)

#include "recovery_test.moc"
