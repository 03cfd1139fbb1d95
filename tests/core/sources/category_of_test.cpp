#include <fusebox/sources/category_of.h>
#include <fusebox/support/test_case.h>

#include "test_adapter.h"

using namespace fusebox;
using domain::Category;
using domain::CodeSystem;
using sources::categoryOf;

class CategoryOfTest : public QObject {
    Q_OBJECT
private slots:
    void a_code_tells_the_category_data() {
        QTest::addColumn<int>("system");
        QTest::addColumn<QString>("code");
        QTest::addColumn<int>("category");
        const auto row = [](CodeSystem system, const char* code, Category category) {
            QTest::addRow("%s %s", toWord(system).data(), code)
                << static_cast<int>(system) << QString::fromLatin1(code) << static_cast<int>(category);
        };
        for (const char* code : {"401", "403", "407"}) row(CodeSystem::http, code, Category::authentication);
        for (const char* code : {"400", "422"}) row(CodeSystem::http, code, Category::dataValidation);
        for (const char* code : {"404", "405", "410", "302"}) row(CodeSystem::http, code, Category::permanent);
        for (const char* code : {"408", "500", "502", "503", "504"}) row(CodeSystem::http, code, Category::transient);
        row(CodeSystem::http, "429", Category::rateLimit);
        for (const char* code : {"200", "abc", "", "99999999999", "5x"}) row(CodeSystem::http, code, Category::unknown);
        for (const char* code : {"6", "7", "28", "52", "56"}) row(CodeSystem::curl, code, Category::transient);
        row(CodeSystem::curl, "60", Category::permanent);
        row(CodeSystem::curl, "67", Category::authentication);
        row(CodeSystem::posix, "ECONNREFUSED", Category::transient);
        row(CodeSystem::posix, "EACCES", Category::permanent);
        for (const char* code : {"28000", "28P01", "42501"}) row(CodeSystem::sqlState, code, Category::authentication);
        for (const char* code : {"08006", "57P01", "57014", "53300", "40P01"})
            row(CodeSystem::sqlState, code, Category::transient);
        for (const char* code : {"23505", "22P02"}) row(CodeSystem::sqlState, code, Category::dataValidation);
        for (const char* code : {"42P01", "3D000"}) row(CodeSystem::sqlState, code, Category::permanent);
        row(CodeSystem::sqlite, "SQLITE_BUSY_SNAPSHOT", Category::transient);
        row(CodeSystem::sqlite, "SQLITE_CONSTRAINT_UNIQUE", Category::dataValidation);
        row(CodeSystem::sqlite, "SQLITE_CORRUPT_INDEX", Category::permanent);
        for (const char* code : {"NOAUTH", "WRONGPASS", "NOPERM"})
            row(CodeSystem::redis, code, Category::authentication);
        row(CodeSystem::redis, "LOADING", Category::transient);
        row(CodeSystem::redis, "ERR", Category::permanent);
        row(CodeSystem::dns, "NXDOMAIN", Category::permanent);
        row(CodeSystem::dns, "SERVFAIL", Category::transient);
        row(CodeSystem::dns, "TIMEOUT", Category::transient);
        row(CodeSystem::tls, "CERT_HAS_EXPIRED", Category::permanent);
        row(CodeSystem::kafka, "7", Category::unknown);
    }
    void a_code_tells_the_category() {
        QFETCH(int, system);
        QFETCH(QString, code);
        QFETCH(int, category);
        const domain::Error error = errorOf(static_cast<CodeSystem>(system), code.toStdString());
        QCOMPARE(static_cast<int>(categoryOf(error)), category);
    }

    void without_a_code_the_type_tells() {
        const auto byType = [](const char* type) { return categoryOf(errorOf(CodeSystem::none, "", type)); };
        QVERIFY(byType("CallTimeout") == Category::transient);
        QVERIFY(byType("ConnectTimeout") == Category::transient);
        QVERIFY(byType("ConnectionClosed") == Category::transient);
        QVERIFY(byType("AuthenticationFailed") == Category::authentication);
        QVERIFY(byType("std::runtime_error") == Category::unknown);
    }

    void a_category_that_is_set_stays() {
        domain::Error error = errorOf(CodeSystem::http, "500");
        error.category = Category::rateLimit;
        QVERIFY(categoryOf(error) == Category::rateLimit);
    }
};

FUSEBOX_TEST(CategoryOfTest)
#include "category_of_test.moc"
