#include <fusebox/base/secret_mask.h>
#include <fusebox/support/test_case.h>

#include <string>

using namespace fusebox::base;

class SecretMaskTest : public QObject {
    Q_OBJECT
private slots:
    void c8_secrets_are_taken_out_data() {
        QTest::addColumn<QString>("given");
        QTest::addColumn<QString>("stored");
        const auto row = [](const char* name, const char* given, const char* stored) {
            QTest::newRow(name) << QString(given) << QString(stored);
        };
        row("dsn", "cannot reach postgres://ann:hunter2@db:5432/orders",
            "cannot reach postgres://ann:***@db:5432/orders");
        row("dsn with at", "redis://:p@ss@cache/0", "redis://:***@cache/0");
        row("token as name", "https://ghp_0123456789abcdefghij@github.com/x", "https://***@github.com/x");
        row("name only", "ftp://ann@host/file", "ftp://ann@host/file");
        row("no name", "http://127.0.0.1:8080/a?b=c@d", "http://127.0.0.1:8080/a?b=c@d");
        row("keywords", "host=db user=ann password=hunter2 dbname=x", "host=db user=ann password=*** dbname=x");
        row("quoted", "password='hunter 2' x", "password='*** 2' x");
        row("header", "Authorization: Bearer abc.def-123", "Authorization: Bearer ***");
        row("header basic", "authorization: Basic dXNlcjpwYXNz\r\nHost: x", "authorization: Basic ***\r\nHost: x");
        row("header plain", "X-Api-Key: 0123abc", "X-Api-Key: ***");
        row("bearer alone", "sent Bearer eyJhbGciOiJIUzI1NiJ9 to", "sent Bearer *** to");
        row("query", "GET /a?access_token=abc&x=1", "GET /a?access_token=***&x=1");
        row("json", "{\"password\":\"hunter2\",\"n\":1}", "{\"password\":\"***\",\"n\":1}");
        row("json in json", "{\"text\":\"{\\\"token\\\":\\\"abc\\\"}\"}", "{\"text\":\"{\\\"token\\\":\\\"***\\\"}\"}");
        row("prose", "password authentication failed for user \"ann\"",
            "password authentication failed for user \"ann\"");
        row("prose 2", "unexpected token: } at 3", "unexpected token: } at 3");
        row("prose 3", "Basic authentication failed", "Basic authentication failed");
        row("empty", "password=", "password=");
    }
    void c8_secrets_are_taken_out() {
        QFETCH(QString, given);
        QFETCH(QString, stored);
        QCOMPARE(QString::fromStdString(withoutSecrets(given.toStdString())), stored);
    }
};

FUSEBOX_TEST(SecretMaskTest)
#include "secret_mask_test.moc"
