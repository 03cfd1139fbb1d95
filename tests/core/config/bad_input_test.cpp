// What is said about files that are not sound.
#include <fusebox/support/temp_dir.h>
#include <fusebox/support/test_case.h>

#include <sys/stat.h>
#include <unistd.h>

#include "problems.h"

using namespace fusebox;
using namespace fusebox::config;

namespace {

QString problemsOfFile(const std::filesystem::path& file) {
    const Loaded loaded = load(file);
    return loaded ? QString() : QString::fromStdString(textOf(loaded.error())).trimmed();
}

}  // namespace

class BadInputTest : public QObject {
    Q_OBJECT
private slots:
    void a_problem_is_told_with_its_place_its_key_what_was_given_and_what_is_allowed_data() {
        QTest::addColumn<QString>("lines");
        QTest::addColumn<QString>("problem");
        const auto row = [](const char* lines, const char* problem) {
            QTest::newRow(lines) << QString::fromUtf8(lines) << QString::fromUtf8(problem);
        };
        row("interval = 5",
            "f.toml:5:12: dependency 'orders': interval is 5; allowed: a duration with its unit from 1ms to 1d, "
            "such as \"250ms\", \"2s\" or \"5m\"");
        row("interval = '2 bananas'", "dependency 'orders': interval is '2 bananas'; allowed: a duration");
        row("interval = '25h'", "interval is '25h'; allowed: a duration");
        row("intervall = '2s'", "f.toml:5:1: dependency 'orders': 'intervall' is no known key. Did you mean interval?");
        row("colour = 'red'", "'colour' is no known key; known: name, group, interval");
        row("status = 200", "'status' is no known key. Did you mean expected_status?");
        row("jitter = 1.5", "f.toml:5:10: dependency 'orders': jitter is 1.5; allowed: a number from 0 to 1");
        row("jitter = nan", "jitter is nan; allowed: a number from 0 to 1");
        row("concurrency = 0", "concurrency is 0; allowed: a whole number from 1 to 256");
        row("probe_without_traffic = 'yes'", "probe_without_traffic is 'yes'; allowed: true, false");
        row("concurrency = 1.5", "concurrency is 1.5; allowed: a whole number from 1 to 256");
        row("interval = '1s'\nrate = 5",
            "f.toml:6:1: dependency 'orders': rate cannot stand beside interval; allowed: one of them");
        row("rate = inf", "rate is inf; allowed: a number from 0.0001 to 10000");
        row("group = ['a']", "group is a list; allowed: text in quotes");
        row("total_timeout = '0s'", "total_timeout is '0s'; allowed: a duration with its unit from 1ms to 1h");
        row("expected_status = [200, 'abc']",
            "f.toml:5:25: dependency 'orders': expected_status is 'abc'; allowed: a status such as 200");
        row("expected_status = 99", "expected_status is 99; allowed: a status such as 200");
        row("password = 'hunter2'",
            "f.toml:5:1: dependency 'orders': password must not stand in this file; allowed: password_file or "
            "password_env");
        row("password_env = 'FUSEBOX_NO_SUCH'",
            "password_env names 'FUSEBOX_NO_SUCH', which is no variable of the environment that is set");
        row("password_file = '/nowhere/x'", "password_file names '/nowhere/x', which is no file that can be read");
        row("password_file = '/dev/zero'", "which is no file that can be read");
        row("headers = { A = 1 }", "headers is 1; allowed: text, or { file");
        row("headers = { A = { env = 'FUSEBOX_NO_SUCH' } }", "header 'A': env names 'FUSEBOX_NO_SUCH'");
        row("method = 'GET /'", "f.toml:5:1: dependency 'orders': method must be one word such as GET or POST");
        row("breaker = 5", "breaker is 5; allowed: a table");
        row("[dependency.breaker]\npreset = 'classik'",
            "f.toml:6:10: dependency 'orders': breaker: preset is 'classik'; allowed: balanced, classic,");
        row("[dependency.breaker]\npreset = 'classik'", "Did you mean classic?");
        row("[dependency.breaker]\nfailure_treshold = 5",
            "f.toml:6:1: dependency 'orders': breaker: 'failure_treshold' is no known key. Did you mean "
            "failure_threshold?");
        row("[dependency.breaker]\nfailure_rate_threshold = 1.5",
            "failure_rate_threshold is 1.5; allowed: 0 to 1, or 0 % to 100 %, or off");
        row("[dependency.breaker]\nminimum_calls = -1",
            "f.toml:6:17: dependency 'orders': breaker: minimum_calls is -1; allowed: 0 to 1000000000");
        row("[dependency.breaker]\njitter = 'some'", "jitter is 'some'; allowed: none, full, equal, decorrelated");
        row("[dependency.breaker]\nopen_timeout = 30", "open_timeout is 30; allowed: 0s to 365d");
        row("[dependency.breaker]\nopen_waits = [['1s']]",
            "open_waits is a list; allowed: a list of durations, or none");
        row("[dependency.breaker]\nopen_timeout = 1979-05-27", "open_timeout is a date or time; allowed: 0s to 365d");
    }
    void a_problem_is_told_with_its_place_its_key_what_was_given_and_what_is_allowed() {
        QFETCH(QString, lines);
        QFETCH(QString, problem);
        const QString told = problemsOf(dependencyWith(lines.toStdString()));
        QVERIFY2(told.contains(problem), qPrintable("told: " + told));
        QVERIFY2(!told.contains(QLatin1Char('\n')), qPrintable("more than one problem: " + told));
        QVERIFY(!told.contains(QLatin1String("hunter2")));
    }

    void other_kinds_know_their_own_keys_data() {
        QTest::addColumn<QString>("table");
        QTest::addColumn<QString>("problem");
        const auto row = [](const char* table, const char* problem) {
            QTest::newRow(table) << QString::fromUtf8(table) << QString::fromUtf8(problem);
        };
        row("kind = 'tcp'\nhost = 'h'\nport = 70000", "port is 70000; allowed: a whole number from 1 to 65535");
        row("kind = 'tcp'\nhost = 'h'",
            "f.toml:1:1: dependency 'x': port is missing; needed: a whole number from 1 to 65535");
        row("kind = 'tcp'\nhost = 'a b'\nport = 1", "f.toml:4:1: dependency 'x': host is no host; a name such as");
        row("kind = 'tcp'\nhost = 'h'\nport = 1\nurl = 'x'", "'url' is no known key");
        row("kind = 'http'", "url is missing; needed: text in quotes");
        row("kind = 'http'\nurl = 'ftp://x/'", "dependency 'x': url ");
        row("kind = 'sqlite'\nfile = 'a'\naccess = 'write'", "access is 'write'; allowed: read_only, read_write");
        row("kind = 'postgres'\nhost = 'h'\nuser = 'u'", "database is missing; needed: text in quotes");
        row("kind = 'postgres'\nhost = 'h'\nuser = 'u'\ndatabase = 'd'\ntls_mode = 'yes'", "dependency 'x': tls_mode ");
        row("kind = 'redis'\nhost = 'h'\ncommand = 'PING'", "command is 'PING'; allowed: a list of texts");
        row("kind = 'redis'\nhost = 'h'\ncommand = [1]", "command is 1; allowed: a list of texts");
        row("kind = 'dns'\nhost = '127.0.0.1'",
            "f.toml:4:1: dependency 'x': host is an address; a name to look up is needed");
        row("kind = 'dns'\nhost = 'h.example'\nrecord = 'MX'", "record is 'MX'; allowed: A, AAAA");
        row("kind = 'mysql'\nurl = 'x'",
            "f.toml:3:8: dependency 'x': kind is 'mysql'; allowed: http, tcp, sqlite, postgres, redis, dns");
        row("kind = 'htpp'", "Did you mean http?");
        row("url = 'http://h/'", "kind is missing; needed: http, tcp, sqlite, postgres, redis, dns");
    }
    void other_kinds_know_their_own_keys() {
        QFETCH(QString, table);
        QFETCH(QString, problem);
        const QString told = problemsOf("[[dependency]]\nname = 'x'\n" + table.toStdString() + "\n");
        QVERIFY2(told.contains(problem), qPrintable("told: " + told));
        QVERIFY2(!told.contains(QLatin1Char('\n')), qPrintable("more than one problem: " + told));
    }

    void names_that_are_none_are_refused_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("problem");
        QTest::newRow("line break") << "a\\nb"
                                    << "name is 'a\\x0ab', which holds a line break; allowed: one line";
        QTest::newRow("bell") << "a\\u0007"
                              << "name is 'a\\x07', which holds control characters; allowed: printable characters";
        QTest::newRow("empty") << ""
                               << "name is ''; allowed: 1 to 96 printable characters";
        QTest::newRow("blank") << " \\u00a0 "
                               << "name is ''; allowed: 1 to 96 printable characters";
        QTest::newRow("without width") << "\\u200b"
                                       << "allowed: 1 to 96 printable characters";
        QTest::newRow("long") << QString(97, QLatin1Char('x')) << "...'; allowed: 1 to 96 printable characters";
    }
    void names_that_are_none_are_refused() {
        QFETCH(QString, name);
        QFETCH(QString, problem);
        const QString told =
            problemsOf("[[dependency]]\nname = \"" + name.toStdString() + "\"\nkind = 'http'\nurl = 'http://h/'\n");
        QVERIFY2(told.contains(problem), qPrintable("told: " + told));
    }

    void duplicate_names_are_told_with_the_first_line_also_when_blanks_differ() {
        const QString told =
            problemsOf(dependencyWith("") + "[[dependency]]\nname = ' orders '\nkind = 'http'\nurl = 'http://h/'\n");
        QCOMPARE(told, QStringLiteral("f.toml:7:8: dependency: name 'orders' is taken by the dependency in line 1"));
    }

    void all_problems_are_told_in_the_order_of_the_file() {
        const QString told =
            problemsOf("[defaults]\njitter = 9\n[defalts]\n" + dependencyWith("concurrency = 0\nrate = -1"));
        const QStringList lines = told.split(QLatin1Char('\n'));
        QCOMPARE(lines.size(), 4);
        QVERIFY(lines[0].startsWith(QLatin1String("f.toml:2:10: defaults: jitter is 9")));
        QVERIFY(lines[1].contains(QLatin1String("'defalts' is no known key. Did you mean defaults?")));
        QVERIFY(lines[2].startsWith(QLatin1String("f.toml:8:15: dependency 'orders': concurrency is 0")));
        QVERIFY(lines[3].startsWith(QLatin1String("f.toml:9:8: dependency 'orders': rate is -1")));
    }

    void very_many_problems_end_in_their_number() {
        std::string text;
        for (int i = 0; i < 150; ++i) text += "bad" + std::to_string(i) + " = 1\n";
        const QStringList lines = problemsOf(text + dependencyWith("")).split(QLatin1Char('\n'));
        QCOMPARE(lines.size(), 101);
        QCOMPARE(lines.back(), QStringLiteral("f.toml: 50 more problems"));
    }

    void options_that_do_not_fit_together_are_told_at_one_of_them() {
        const QString told =
            problemsOf(dependencyWith("[dependency.breaker]\nopen_timeout = '10s'\nmax_backoff = '1s'"));
        QVERIFY2(told.contains(QLatin1String("breaker: max_backoff is 1s; allowed: ")), qPrintable(told));
        QVERIFY2(told.startsWith(QLatin1String("f.toml:7:1:")), qPrintable(told));
    }

    void a_file_without_dependencies_or_with_one_bracket_is_refused() {
        QCOMPARE(problemsOf(""),
                 QStringLiteral("f.toml:1:1: dependency is missing; needed: at least one [[dependency]]"));
        QCOMPARE(
            problemsOf("[dependency]\nname = 'a'"),
            QStringLiteral("f.toml:1:1: dependency is a table; allowed: one [[dependency]] (two brackets) for each"));
        QVERIFY(problemsOf("dependency = [1]").contains(QLatin1String("dependency is a list; allowed:")));
    }

    void garbled_files_name_the_place() {
        QVERIFY(problemsOf("[[dependency]\nname = 'a'").startsWith(QLatin1String("f.toml:1:14: is no valid TOML: ")));
        QVERIFY(problemsOf("name = 'a\nb'").startsWith(QLatin1String("f.toml:1:")));
        QVERIFY(problemsOf("a = 1\na = 2").startsWith(QLatin1String("f.toml:2:")));
        QVERIFY(problemsOf("a = 1\nb = \"\xff\xfe\"").startsWith(QLatin1String("f.toml:2:")));
        QVERIFY(problemsOf(std::string_view("a = \0", 5)).startsWith(QLatin1String("f.toml:1:")));
        QVERIFY(problemsOf("a = " + std::string(100'000, '[')).startsWith(QLatin1String("f.toml:1:")));
        QVERIFY(!problemsOf("\x7f"
                            "ELF\x02\x01\x01")
                     .isEmpty());
    }

    void missing_unreadable_and_huge_files_are_refused() {
        const support::TempDir dir;
        const QString missing = problemsOfFile(dir.path() / "none.toml");
        QVERIFY2(missing.endsWith(QLatin1String("none.toml: cannot be read: No such file or directory")),
                 qPrintable(missing));
        QVERIFY(problemsOfFile(dir.path()).endsWith(QLatin1String("is no file that can be read")));
        QVERIFY(problemsOfFile("/dev/zero").endsWith(QLatin1String("is no file that can be read")));
        const auto huge = dir.write("huge.toml", std::string(kLargestFile + 1, '#'));
        QVERIFY(problemsOfFile(huge).endsWith(QLatin1String("has 4194305 bytes; allowed: up to 4 MiB")));
        const auto closed = dir.write("closed.toml", dependencyWith(""));
        QVERIFY(problemsOfFile(closed).isEmpty());
        if (::geteuid() != 0) {  // root reads everything
            QCOMPARE(::chmod(closed.c_str(), 0), 0);
            QVERIFY(problemsOfFile(closed).endsWith(QLatin1String("cannot be read: Permission denied")));
        }
    }

    void long_values_are_cut_between_characters() {
        std::string name;
        for (int i = 0; i < 100; ++i) name += "\u20ac";
        const QString told = problemsOf(dependencyWith("interval = '" + name + "'"));
        QVERIFY(told.contains(QString(20, QChar(0x20ac)) + QLatin1String("...'")));
        QVERIFY(!told.contains(QChar(0xfffd)));
    }
};

FUSEBOX_TEST(BadInputTest)
#include "bad_input_test.moc"
