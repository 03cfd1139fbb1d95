#include <fusebox/breaker/error_filter.h>
#include <fusebox/support/test_case.h>

#include <QtTest>

using namespace fusebox;

namespace {

domain::Error httpError(const char* code) {
    domain::Error error;
    error.codeSystem = domain::CodeSystem::http;
    error.code = code;
    return error;
}

}  // namespace

class ErrorFilterTest : public QObject {
    Q_OBJECT

private slots:
    void the_callers_own_faults_are_http_4xx_but_408_and_429() {
        const breaker::ErrorFilter filter = breaker::callersOwnFaults();
        for (const char* code : {"400", "401", "404", "422", "499"}) {
            QVERIFY2(filter.matches(httpError(code)), code);
        }
        for (const char* code : {"408", "429", "500", "503", "200"}) {
            QVERIFY2(!filter.matches(httpError(code)), code);
        }
    }

    void an_exception_is_only_from_codes() {
        breaker::ErrorFilter filter;
        filter.categories = {domain::Category::rateLimit};
        filter.codes = {"!http 429"};
        domain::Error error = httpError("429");
        QVERIFY(!filter.matches(error));
        error.category = domain::Category::rateLimit;
        QVERIFY(filter.matches(error));
    }

    void a_code_of_another_system_does_not_fit() {
        domain::Error error = httpError("404");
        error.codeSystem = domain::CodeSystem::smtp;
        QVERIFY(!breaker::callersOwnFaults().matches(error));
    }
};

FUSEBOX_TEST(ErrorFilterTest)
#include "error_filter_test.moc"
