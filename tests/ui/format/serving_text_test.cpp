#include <fusebox/format/serving_text.h>
#include <fusebox/support/test_case.h>

#include <chrono>

namespace fusebox::format {

class ServingTextTest : public QObject {
    Q_OBJECT
private slots:
    void an_answer_from_the_cache_is_told_with_its_age();
    void what_the_dependency_answers_itself_needs_no_word();
};

void ServingTextTest::an_answer_from_the_cache_is_told_with_its_age() {
    domain::HandlingStanding standing;
    standing.serving = domain::Served::cache;
    QCOMPARE(servingText(standing), QStringLiteral("serving cache"));
    standing.age = std::chrono::seconds(42);
    QCOMPARE(servingText(standing), QStringLiteral("serving cache, 42 s old"));
    standing.fromCache = 1'234;
    QVERIFY(servingDetails(standing).contains(QStringLiteral("Answered from the cache: 1,234")));
}

void ServingTextTest::what_the_dependency_answers_itself_needs_no_word() {
    domain::HandlingStanding standing;
    QCOMPARE(servingText(standing), QString());
    standing.serving = domain::Served::nothing;
    QCOMPARE(servingText(standing), QString());
    standing.serving = domain::Served::defaultValue;
    QCOMPARE(servingText(standing), QStringLiteral("serving default value"));
}

FUSEBOX_TEST(ServingTextTest)

}  // namespace fusebox::format

#include "serving_text_test.moc"
