// [[errors.rule]]: users' own rules of what category an error is.
#include <fusebox/support/test_case.h>

#include "problems.h"

using namespace fusebox;
using namespace fusebox::config;
using domain::Category;
using domain::CodeSystem;

namespace {

std::vector<errors::ClassifierRule> rulesOf(const std::string& text) {
    const Loaded loaded = parse(text + dependencyWith(""), "f.toml");
    return loaded ? loaded->errorRules : std::vector<errors::ClassifierRule>();
}

QString problemOf(const std::string& rule) {
    return problemsOf("[[errors.rule]]\n" + rule + "\n" + dependencyWith(""));
}

}  // namespace

class ErrorRulesTest : public QObject {
    Q_OBJECT
private slots:
    void rules_are_read_in_their_order() {
        const auto rules = rulesOf(
            "[[errors.rule]]\nname = 'our teapot'\nsystem = 'http'\ncode = 418\ncategory = 'TRANSIENT'\n"
            "[[errors.rule]]\nsystem = 'PostgreSQL'\ncode = '57*'\ntype = 'SqlError'\ntext = 'standby'\ncategory = "
            "'PERMANENT'\n");
        QCOMPARE(rules.size(), std::size_t{2});
        QCOMPARE(rules[0].name, std::string("our teapot"));
        QVERIFY(rules[0].system == CodeSystem::http);
        QCOMPARE(rules[0].code, std::string("418"));
        QVERIFY(rules[0].category == Category::transient);
        QVERIFY(rules[1].system == CodeSystem::sqlState);
        QCOMPARE(rules[1].code, std::string("57*"));
        QCOMPARE(rules[1].type, std::string("SqlError"));
        QCOMPARE(rules[1].text, std::string("standby"));
        QVERIFY(rules[1].category == Category::permanent);
    }

    void without_rules_there_are_none() {
        QVERIFY(rulesOf("").empty());
        QVERIFY(rulesOf("[errors]\n").empty());
    }

    void a_problem_is_told_with_its_place() {
        QCOMPARE(problemOf("code = 418"),
                 QString("f.toml:1:1: error rule: category is missing; needed: TRANSIENT, PERMANENT, RATE_LIMIT, "
                         "AUTHENTICATION, DATA_VALIDATION, UNKNOWN"));
        QVERIFY2(problemOf("name = 'tea'\ncode = 418\ncategory = 'TRANSIEN'")
                     .startsWith("f.toml:4:12: error rule 'tea': category is 'TRANSIEN'; allowed: TRANSIENT,"),
                 qPrintable(problemOf("name = 'tea'\ncode = 418\ncategory = 'TRANSIEN'")));
        QCOMPARE(
            problemOf("category = 'PERMANENT'"),
            QString(
                "f.toml:2:1: error rule: category has no condition; needed: at least one of system, code, type, text"));
        QVERIFY(
            problemOf("system = 'carrier pigeon'\ncategory = 'PERMANENT'")
                .startsWith("f.toml:2:10: error rule: system is 'carrier pigeon'; allowed: whose code it is: http,"));
        QVERIFY(problemOf("code = 4.5\ncategory = 'PERMANENT'")
                    .startsWith("f.toml:2:8: error rule: code is 4.5; allowed: text"));
        QVERIFY(problemOf("texts = 'x'\ntext = 'x'\ncategory = 'PERMANENT'")
                    .startsWith("f.toml:2:1: error rule: 'texts' is no known key. Did you mean text?"));
        QVERIFY(problemOf("text = '" + std::string(257, 'x') + "'\ncategory = 'PERMANENT'")
                    .contains("has 257 bytes; allowed: up to 256"));
    }

    void one_bracket_too_few_is_told() {
        QCOMPARE(problemsOf("[errors.rule]\ncode = 1\ncategory = 'PERMANENT'\n" + dependencyWith("")),
                 QString("f.toml:1:1: errors: rule is a table; allowed: one [[errors.rule]] (two brackets) for each"));
        QVERIFY(
            problemsOf("errors = 5\n" + dependencyWith("")).startsWith("f.toml:1:10: errors is 5; allowed: a table"));
    }
};

FUSEBOX_TEST(ErrorRulesTest)
#include "error_rules_test.moc"
