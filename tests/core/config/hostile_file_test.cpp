// Row F8 of the attacks: files made to hurt whoever reads them.
#include <fusebox/support/temp_dir.h>
#include <fusebox/support/test_case.h>

#include <filesystem>
#include <fstream>

#include "problems.h"

using namespace fusebox;
using namespace fusebox::config;

class HostileFileTest : public QObject {
    Q_OBJECT
private slots:
    void ten_megabytes_are_refused_unread() {
        const support::TempDir folder;
        const auto file = folder.write("f.toml", "");
        std::filesystem::resize_file(file, 10'000'000);
        const Loaded loaded = load(file);
        QVERIFY(!loaded);
        QVERIFY(loaded.error().front().what.starts_with("has 10000000 bytes; allowed: up to 4 MiB"));
        QVERIFY(problemsOf(std::string(10'000'000, '#')).contains("has 10000000 bytes"));
    }

    void a_name_that_stands_twice_is_told_with_both_lines() {
        QVERIFY(problemsOf(dependencyWith("") + dependencyWith(""))
                    .contains("'orders' is taken by the dependency in line 1"));
        QVERIFY(problemsOf("[agent]\nport = 1\n[agent]\nport = 2\n" + dependencyWith("")).startsWith("f.toml:3:"));
        QVERIFY(problemsOf("[profile.a]\n[profile.a]\n" + dependencyWith("")).startsWith("f.toml:2:"));
    }

    void unknown_keys_are_told_with_their_lines_wherever_they_stand() {
        const QString told = problemsOf(
            "include = '/etc/passwd'\n[agent]\nshutdown = true\n[agent.limits]\nthreads = 1\n[journal]\npath = 'x'\n"
            "[log]\ncommand = 'sh'\n" +
            dependencyWith("exec = 'sh'"));
        const QStringList lines = told.split(QLatin1Char('\n'));
        QCOMPARE(lines.size(), 6);
        QVERIFY(lines[0].startsWith("f.toml:1:1: 'include' is no known key"));
        QVERIFY(lines[1].startsWith("f.toml:3:1: agent: 'shutdown' is no known key"));
        QVERIFY(lines[2].startsWith("f.toml:5:1: agent.limits: 'threads' is no known key"));
        QVERIFY(lines[3].startsWith("f.toml:7:1: journal: 'path' is no known key"));
        QVERIFY(lines[4].startsWith("f.toml:9:1: log: 'command' is no known key"));
        QVERIFY(lines[5].contains("'exec' is no known key"));
    }

    void nothing_in_a_value_is_expanded() {
        qputenv("FUSEBOX_SEED", "canary");
        const std::string odd = "${FUSEBOX_SEED} $FUSEBOX_SEED `id` $(id) %FUSEBOX_SEED% {{ 7 * 7 }} ~";
        const Dependency own = firstOf(dependencyWith("body = '" + odd + "'\ngroup = '${HOME}'"));
        qunsetenv("FUSEBOX_SEED");
        QCOMPARE(std::get<adapters::HttpSettings>(own.adapter).body, odd);
        QCOMPARE(own.group, std::string("${HOME}"));
        const Loaded loaded =
            parse(dependencyWith(""), "f.toml", {}, {std::nullopt, {{"FUSEBOX_AGENT__NAME", "${HOME}"}}});
        QCOMPARE(loaded.value().agent.name, std::string("${HOME}"));
    }

    void a_bomb_of_references_is_no_toml_and_one_of_depth_ends_early() {
        QVERIFY(!problemsOf("a: &a ['x','x']\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\n").isEmpty());
        QVERIFY(!problemsOf("a = " + std::string(200'000, '{')).isEmpty());
        std::string dotted = "a";
        for (int i = 0; i < 100'000; ++i) dotted += ".a";
        QVERIFY(problemsOf(dotted + " = 1\n" + dependencyWith("")).contains("keys of more than 100 parts"));
    }

    void very_many_profiles_and_variables_are_no_trouble() {
        std::string text = dependencyWith("");
        Overlays overlays{"p9999", {}};
        for (int i = 0; i < 10'000; ++i) {
            text += "[profile.p" + std::to_string(i) + ".agent]\nport = " + std::to_string(i + 1) + "\n";
        }
        for (int i = 0; i < 500; ++i) overlays.variables.emplace("FUSEBOX_X" + std::to_string(i), "x");
        const Loaded loaded = parse(text, "f.toml", {}, overlays);
        QVERIFY(!loaded);
        QCOMPARE(loaded.error().size(), kMostProblems + 1);
        overlays.variables.clear();
        QCOMPARE(parse(text, "f.toml", {}, overlays).value().agent.port, std::uint16_t(10'000));
    }

    void a_profile_that_is_no_table_is_refused() {
        QVERIFY(problemsOf("profile = 'x'\n" + dependencyWith("")).contains("profile is 'x'; allowed: a table"));
        QVERIFY(problemsOf("[profile]\nx = 1\n" + dependencyWith("")).contains("allowed: tables with names"));
    }
};

FUSEBOX_TEST(HostileFileTest)
#include "hostile_file_test.moc"
