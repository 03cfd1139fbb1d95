// Profiles and variables laid over a file.
#include <fusebox/support/test_case.h>

#include "problems.h"

using namespace fusebox;
using namespace fusebox::config;
using namespace std::chrono_literals;

namespace {

const std::string kFile =
    "[agent]\nport = 8000\nname = 'base'\n"
    "[[dependency]]\nname = 'Orders API'\nkind = 'http'\nurl = 'http://127.0.0.1:1/'\ninterval = '3s'\n"
    "breaker = { minimum_calls = 7, open_timeout = '3s' }\n"
    "[profile.staging.agent]\nport = 9000\n"
    "[[profile.staging.dependency]]\nname = 'Orders API'\nrate = 5\nbreaker = { minimum_calls = 8 }\n"
    "[[profile.staging.dependency]]\nname = 'Cache'\nkind = 'redis'\nhost = '127.0.0.1'\n"
    "[profile.broken.agent]\nport = 'x'\n";

Loaded loadWith(const Overlays& overlays, const std::string& text = kFile) {
    return parse(text, "f.toml", {}, overlays);
}

QString problemsWith(const Overlays& overlays, const std::string& text = kFile) {
    const Loaded loaded = loadWith(overlays, text);
    return loaded ? QString() : QString::fromStdString(textOf(loaded.error())).trimmed();
}

Overlays variable(const std::string& name, const std::string& value) {
    return {std::nullopt, {{name, value}}};
}

}  // namespace

class OverlaysTest : public QObject {
    Q_OBJECT
private slots:
    void a_profile_that_is_not_chosen_changes_nothing() {
        const Loaded loaded = loadWith({});
        QVERIFY(loaded);
        QCOMPARE(loaded->agent.port, std::uint16_t(8000));
        QCOMPARE(loaded->dependencies.size(), 1U);
    }

    void a_profile_is_laid_over_the_file_value_by_value() {
        const Loaded loaded = loadWith({"staging", {}});
        QVERIFY2(loaded, loaded ? "" : textOf(loaded.error()).c_str());
        QCOMPARE(loaded->agent.port, std::uint16_t(9000));
        QCOMPARE(loaded->agent.name, std::string("base"));
        QCOMPARE(loaded->dependencies.size(), 2U);
        const Dependency& orders = loaded->dependencies[0];
        QVERIFY(orders.traffic.kind == Traffic::Kind::rate);  // in the place of the interval that it excludes
        QCOMPARE(orders.traffic.rate, 5.0);
        QCOMPARE(orders.breaker.minimumCalls, 8U);
        QVERIFY(orders.breaker.openTimeout == base::Duration(3s));
        QCOMPARE(loaded->dependencies[1].name, std::string("Cache"));
    }

    void a_problem_of_a_profile_is_told_with_its_line() {
        QVERIFY2(problemsWith({"broken", {}}).contains("f.toml:21:8: agent: port is 'x'"),
                 qPrintable(problemsWith({"broken", {}})));
    }

    void an_unknown_profile_is_refused_with_the_one_that_was_meant() {
        QCOMPARE(problemsWith({"stagign", {}}), QString("f.toml: has no profile 'stagign'. Did you mean 'staging'?"));
        QCOMPARE(problemsWith({"x", {}}), QString("f.toml: has no profile 'x'; there are: broken, staging"));
        QCOMPARE(problemsWith({"x", {}}, dependencyWith("")), QString("f.toml: has no profile 'x'; there is none"));
    }

    void a_variable_stands_above_the_profile() {
        const Loaded loaded = loadWith({"staging",
                                        {{"FUSEBOX_AGENT__PORT", "7000"},
                                         {"FUSEBOX_JOURNAL__AGE", "2d"},
                                         {"FUSEBOX_JOURNAL__ENABLED", "false"},
                                         {"FUSEBOX_DEFAULTS__BREAKER__MINIMUM_CALLS", "31"},
                                         {"FUSEBOX_DEPENDENCY__ORDERS_API__URL", "http://127.0.0.1:2/"},
                                         {"FUSEBOX_DEPENDENCY__ORDERS_API__BREAKER__OPEN_TIMEOUT", "4s"},
                                         {"FUSEBOX_AGENT__ALLOWED_HOSTS", "['a', 'b']"}}});
        QVERIFY2(loaded, loaded ? "" : textOf(loaded.error()).c_str());
        QCOMPARE(loaded->agent.port, std::uint16_t(7000));
        QVERIFY(loaded->journal.age == base::Duration(48h));
        QVERIFY(!loaded->journal.enabled);
        QCOMPARE(loaded->agent.allowedHosts.size(), 2U);
        const Dependency& orders = loaded->dependencies[0];
        QCOMPARE(std::get<adapters::HttpSettings>(orders.adapter).url, std::string("http://127.0.0.1:2/"));
        QVERIFY(orders.breaker.openTimeout == base::Duration(4s));
        QCOMPARE(loaded->dependencies[1].breaker.minimumCalls, 31U);
    }

    void text_may_look_like_a_number_in_a_variable() {
        QCOMPARE(loadWith(variable("FUSEBOX_AGENT__NAME", "42")).value().agent.name, std::string("42"));
        QCOMPARE(loadWith(variable("FUSEBOX_AGENT__NAME", "a # b")).value().agent.name, std::string("a # b"));
    }

    void a_secret_may_stand_in_a_variable_and_is_taken_as_it_is() {
        const std::string secret = "12 # \"quoted\" ${HOME}";
        const Loaded loaded = loadWith(
            {std::nullopt,
             {{"FUSEBOX_DEPENDENCY__ORDERS_API__USER", "bob"}, {"FUSEBOX_DEPENDENCY__ORDERS_API__PASSWORD", secret}}});
        QVERIFY2(loaded, loaded ? "" : textOf(loaded.error()).c_str());
        QCOMPARE(std::get<adapters::HttpSettings>(loaded->dependencies[0].adapter).password, secret);
    }

    void a_secret_in_a_profile_is_refused_like_one_in_the_file() {
        const std::string text =
            dependencyWith("") + "[[profile.p.dependency]]\nname = 'orders'\npassword = 'canary'\n";
        const QString found = problemsWith({"p", {}}, text);
        QVERIFY2(found.contains("password must not stand in this file"), qPrintable(found));
        QVERIFY(!found.contains("canary"));
    }

    void an_unknown_variable_is_refused_with_the_one_that_was_meant_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("problem");
        const auto row = [](const char* name, const char* problem) {
            QTest::newRow(name) << QString(name) << QString(problem);
        };
        row("FUSEBOX_AGENT__PROT",
            "FUSEBOX_AGENT__PROT: agent: 'prot' is no known key. Did you mean FUSEBOX_AGENT__PORT?");
        row("FUSEBOX_AGNET__PORT", "FUSEBOX_AGNET__PORT: 'agnet' is no known key. Did you mean FUSEBOX_AGENT__PORT?");
        row("FUSEBOX_PORT", "FUSEBOX_PORT: is no variable that Fusebox knows. Did you mean FUSEBOX_AGENT__PORT?");
        row("FUSEBOX_LOG_LEVEL", "Did you mean FUSEBOX_LOG__LEVEL?");
        row("FUSEBOX_XYZZY", "is no variable that Fusebox knows; two underscores stand between table and key");
        row("FUSEBOX_DEPENDENCY__ORDER_API__URL",
            "names no dependency of the file. Did you mean FUSEBOX_DEPENDENCY__ORDERS_API?");
        row("FUSEBOX_DEPENDENCY__ORDERS_API", "names no value of a dependency");
        row("FUSEBOX_AGENT__PORT__X", "leads through 'port', which is no table");
        row("FUSEBOX_DEPENDENCY__ORDERS_API__BREAKER", "would replace all of 'breaker'");
    }
    void an_unknown_variable_is_refused_with_the_one_that_was_meant() {
        QFETCH(QString, name);
        QFETCH(QString, problem);
        const QString found = problemsWith(variable(name.toStdString(), "canary"));
        QVERIFY2(found.contains(problem), qPrintable(found));
        QVERIFY(!found.contains("canary"));
    }

    void a_variable_that_does_not_fit_is_told_by_its_name() {
        QCOMPARE(problemsWith(variable("FUSEBOX_AGENT__PORT", "99999")),
                 QString("FUSEBOX_AGENT__PORT: agent: port is 99999; allowed: a whole number from 0 to 65535"));
        QVERIFY(problemsWith(variable("FUSEBOX_AGENT__NAME", "\xff\xfe")).contains("is no UTF-8 text"));
    }

    void a_value_cannot_smuggle_in_further_keys() {
        const Loaded loaded = loadWith(variable("FUSEBOX_AGENT__PORT", "1\nname = 'evil'"));
        QVERIFY(!loaded);
        QVERIFY(problemsWith(variable("FUSEBOX_AGENT__PORT", "1\nname = 'evil'")).contains("port is '1\\x0aname"));
    }

    void a_variable_that_the_file_names_for_a_secret_is_no_setting() {
        qputenv("FUSEBOX_ORDERS_PASSWORD", "pw");
        const std::string text = dependencyWith("user = 'u'\npassword_env = 'FUSEBOX_ORDERS_PASSWORD'");
        QCOMPARE(problemsWith(variable("FUSEBOX_ORDERS_PASSWORD", "pw"), text), QString());
        qunsetenv("FUSEBOX_ORDERS_PASSWORD");
    }

    void the_environment_gives_its_own_variables_and_the_profile() {
        qputenv("FUSEBOX_PROFILE", "staging");
        qputenv("FUSEBOX_AGENT__PORT", "7001");
        const Overlays found = overlaysFromEnvironment();
        const Overlays chosen = overlaysFromEnvironment("other");
        qunsetenv("FUSEBOX_PROFILE");
        qunsetenv("FUSEBOX_AGENT__PORT");
        QCOMPARE(found.profile.value_or(""), std::string("staging"));
        QCOMPARE(chosen.profile.value_or(""), std::string("other"));
        QCOMPARE(found.variables.at("FUSEBOX_AGENT__PORT"), std::string("7001"));
        QVERIFY(!found.variables.contains("PATH"));
        QCOMPARE(loadWith(found).value().agent.port, std::uint16_t(7001));
    }
};

FUSEBOX_TEST(OverlaysTest)
#include "overlays_test.moc"
