// A configuration as it is shown: values with their origins, no secrets.
#include <fusebox/config/show.h>
#include <fusebox/support/temp_dir.h>
#include <fusebox/support/test_case.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "problems.h"

using namespace fusebox;
using namespace fusebox::config;

namespace {

std::filesystem::path fileWith(const support::TempDir& folder, const std::string& text) {
    const std::filesystem::path file = folder.path() / "f.toml";
    std::ofstream(file) << text;
    return file;
}

/// "VALUE # ORIGIN", without the folder of the file.
QString lineOf(const std::vector<ShownValue>& values, const std::string& key, const support::TempDir& folder) {
    const auto found =
        std::find_if(values.begin(), values.end(), [&](const ShownValue& one) { return one.key == key; });
    if (found == values.end()) return QStringLiteral("absent");
    QString line = QString::fromStdString(found->value + " # " + found->origin);
    return line.remove(QString::fromStdString(folder.path().string()) + "/");
}

const std::string kText =
    "[agent]\nport = 8000\n[defaults]\njitter = 0.2\nbreaker = { minimum_calls = 33 }\n" +
    dependencyWith("interval = '3s'") +
    "[[dependency]]\nname = 'Old one'\nkind = 'redis'\nhost = '127.0.0.1'\nbreaker = { preset = 'classic' }\n"
    "[profile.staging.agent]\nport = 9000\n";

}  // namespace

class ShowTest : public QObject {
    Q_OBJECT
private slots:
    void each_value_tells_where_it_comes_from() {
        const support::TempDir folder;
        const Overlays overlays{"staging", {{"FUSEBOX_LOG__LEVEL", "debug"}}};
        const auto values = show(fileWith(folder, kText), overlays, Extent::effective).value();
        const auto line = [&](const char* key) { return lineOf(values, key, folder); };
        QCOMPARE(line("agent.port"), QString("9000 # f.toml:17 (profile staging)"));
        QCOMPARE(line("log.level"), QString("\"debug\" # FUSEBOX_LOG__LEVEL"));
        QCOMPARE(line("agent.address"), QString("\"127.0.0.1\" # default"));
        QCOMPARE(line("dependency.orders.interval"), QString("\"3s\" # f.toml:10"));
        QCOMPARE(line("dependency.orders.jitter"), QString("0.2 # f.toml:4"));
        QCOMPARE(line("dependency.orders.concurrency"), QString("4 # default"));
        QCOMPARE(line("dependency.orders.breaker.minimum_calls"), QString("\"33\" # f.toml:5"));
        QCOMPARE(line("dependency.\"Old one\".breaker.failure_threshold"),
                 QString("\"5\" # preset classic, f.toml:15"));
    }

    void what_is_given_is_shown_without_the_defaults() {
        const support::TempDir folder;
        const auto values = show(fileWith(folder, kText), {}, Extent::given).value();
        QCOMPARE(lineOf(values, "agent.port", folder), QString("8000 # f.toml:2"));
        QCOMPARE(lineOf(values, "agent.address", folder), QString("absent"));
    }

    void each_value_stands_once() {
        const support::TempDir folder;
        auto values = show(FUSEBOX_SAMPLES "/fusebox.toml", {}, Extent::effective).value();
        std::sort(values.begin(), values.end(), [](const ShownValue& a, const ShownValue& b) { return a.key < b.key; });
        const auto twin = std::adjacent_find(values.begin(), values.end(),
                                             [](const ShownValue& a, const ShownValue& b) { return a.key == b.key; });
        QVERIFY2(twin == values.end(), twin == values.end() ? "" : twin->key.c_str());
        QVERIFY(values.size() > 300);
    }

    // T31: no secret in what is shown, however it came in.
    void secrets_are_not_shown() {
        const support::TempDir folder;
        std::ofstream(folder.path() / "pw") << "canary-file";
        const std::string text =
            "[agent]\n[[agent.token]]\nname = 'a'\nrole = 'viewer'\nsha256 = '" + std::string(64, 'c') +
            "'\n"
            "[alert]\nwebhook_url = 'http://127.0.0.1/canary-hook'\n"
            "[[dependency]]\nname = 'a'\nkind = 'http'\nurl = 'http://127.0.0.1:1/?key=canary-query'\n"
            "body = 'canary-body'\nheaders = { X-Key = 'canary-header', Accept = 'json' }\n"
            "backup_urls = ['http://127.0.0.1:2/?key=canary-backup']\n"
            "user = 'u'\npassword_file = 'pw'\n"
            "action = [{ kind = 'RESTART_SERVICE', command = ['x'], environment = { A = 'canary-environment' } }]\n"
            "[[dependency]]\nname = 'b'\nkind = 'postgres'\nhost = 'h'\ndatabase = 'd'\nuser = 'u'\n";
        const Overlays overlays{std::nullopt, {{"FUSEBOX_DEPENDENCY__B__PASSWORD", "canary-variable"}}};
        const auto values = show(fileWith(folder, text), overlays, Extent::effective);
        QVERIFY2(values, values ? "" : textOf(values.error()).c_str());
        for (const ShownValue& one : *values) {
            QVERIFY2(one.value.find("canary") == std::string::npos, (one.key + " = " + one.value).c_str());
        }
        QCOMPARE(lineOf(*values, "dependency.b.password", folder),
                 QString("(hidden) # FUSEBOX_DEPENDENCY__B__PASSWORD"));
        QCOMPARE(lineOf(*values, "dependency.a.password_file", folder), QString("\"pw\" # f.toml:16"));
        QCOMPARE(lineOf(*values, "agent.token.a.sha256", folder), QString("\"cccccccc...\" # f.toml:5"));
    }

    void a_file_that_is_not_sound_is_not_shown() {
        const support::TempDir folder;
        QVERIFY(!show(fileWith(folder, "[agent]\nport = 'x'\n"), {}, Extent::given));
        QVERIFY(profilesOf(fileWith(folder, "[")).empty());
        QCOMPARE(profilesOf(fileWith(folder, kText)), std::vector<std::string>{"staging"});
    }
};

FUSEBOX_TEST(ShowTest)
#include "show_test.moc"
