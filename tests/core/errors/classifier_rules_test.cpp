#include <fusebox/errors/error_classifier.h>
#include <fusebox/support/test_case.h>

using namespace fusebox;
using domain::Category;
using domain::CodeSystem;
using domain::Error;
using errors::ClassifierRule;

namespace {

Error teapot() {
    Error error;
    error.type = "com.acme.TeapotException";
    error.message = "I'm a Teapot, short and stout";
    error.codeSystem = CodeSystem::http;
    error.code = "418";
    return error;
}

errors::Classification classified(std::vector<ClassifierRule> rules, const Error& error) {
    return errors::ErrorClassifier(std::move(rules)).classify(error);
}

ClassifierRule rule(Category category) {
    ClassifierRule made;
    made.name = "tea";
    made.category = category;
    return made;
}

}  // namespace

/// Users' own rules.
class ClassifierRulesTest : public QObject {
    Q_OBJECT
private slots:
    void a_rule_goes_ahead_of_codes_and_of_set_categories() {
        ClassifierRule mine = rule(Category::transient);
        mine.system = CodeSystem::http;
        mine.code = "418";
        Error error = teapot();
        error.category = Category::authentication;
        const errors::Classification found = classified({mine}, error);
        QVERIFY(found.category == Category::transient);
        QCOMPARE(found.evidence, std::string("transient: rule 'tea'"));
        QCOMPARE(found.confidence, 1.0);
    }

    void every_condition_must_hold() {
        ClassifierRule all = rule(Category::rateLimit);
        all.system = CodeSystem::http;
        all.code = "41*";
        all.type = "teapotexception";
        all.text = "SHORT and";
        QVERIFY(all.matches(teapot()));
        for (auto change :
             {+[](ClassifierRule& r) { r.system = CodeSystem::grpc; }, +[](ClassifierRule& r) { r.code = "41"; },
              +[](ClassifierRule& r) { r.type = "Teapot"; }, +[](ClassifierRule& r) { r.text = "tall"; }}) {
            ClassifierRule other = all;
            change(other);
            QVERIFY(!other.matches(teapot()));
        }
    }

    void types_match_whole_or_by_their_last_part() {
        for (const char* type : {"com.acme.TeapotException", "TeapotException", "com.acme.*", "Teapot*"}) {
            ClassifierRule made = rule(Category::permanent);
            made.type = type;
            QVERIFY2(made.matches(teapot()), type);
        }
    }

    void a_rule_without_conditions_matches_nothing() {
        QVERIFY(!rule(Category::permanent).matches(teapot()));
        QVERIFY(classified({rule(Category::rateLimit)}, teapot()).category != Category::rateLimit);
    }

    void the_first_rule_that_matches_decides() {
        ClassifierRule first = rule(Category::transient);
        first.text = "teapot";
        ClassifierRule second = rule(Category::permanent);
        second.code = "418";
        QVERIFY(classified({first, second}, teapot()).category == Category::transient);
        QVERIFY(classified({second, first}, teapot()).category == Category::permanent);
    }

    void many_rules_over_a_huge_error_stay_quick() {
        ClassifierRule mine = rule(Category::rateLimit);
        mine.text = "not there";
        mine.type = "*";
        Error error = teapot();
        error.message.assign(1024 * 1024, 'n');
        error.type.assign(1024 * 1024, '.');
        QVERIFY(classified(std::vector<ClassifierRule>(1000, mine), error).category != Category::rateLimit);
        error.message += " it is not there";
        QVERIFY(classified(std::vector<ClassifierRule>(1000, mine), error).category == Category::rateLimit);
    }

    void a_rule_finds_its_error_among_the_causes() {
        ClassifierRule mine = rule(Category::dataValidation);
        mine.text = "stout";
        Error outer;
        outer.message = "call failed";
        outer.cause = std::make_shared<const Error>(teapot());
        QVERIFY(classified({mine}, outer).category == Category::dataValidation);
    }
};

FUSEBOX_TEST(ClassifierRulesTest)
#include "classifier_rules_test.moc"
