// How an HTTP answer's Retry-After is read.
#include <fusebox/adapters/http_failure.h>
#include <fusebox/support/test_case.h>

using namespace fusebox;
using namespace fusebox::adapters;
using namespace std::chrono_literals;

class HttpFailureTest : public QObject {
    Q_OBJECT

private slots:
    void retry_after_is_read_as_seconds_or_as_a_date_data();
    void retry_after_is_read_as_seconds_or_as_a_date();
};

void HttpFailureTest::retry_after_is_read_as_seconds_or_as_a_date_data() {
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<qlonglong>("milliseconds");  // -1: nothing
    QTest::newRow("seconds") << QByteArray("120") << 120'000LL;
    QTest::newRow("zero") << QByteArray("0") << 0LL;
    QTest::newRow("far too many") << QByteArray("99999999999999999999") << 365LL * 24 * 3600 * 1000;
    QTest::newRow("date") << QByteArray("Tue, 14 Nov 2023 22:13:50 GMT") << 30'000LL;
    QTest::newRow("date in the past") << QByteArray("Tue, 14 Nov 2000 22:13:50 GMT") << 0LL;
    QTest::newRow("negative") << QByteArray("-5") << -1LL;
    QTest::newRow("words") << QByteArray("soon") << -1LL;
    QTest::newRow("empty") << QByteArray("") << -1LL;
}

void HttpFailureTest::retry_after_is_read_as_seconds_or_as_a_date() {
    QFETCH(QByteArray, header);
    QFETCH(qlonglong, milliseconds);
    const auto delay = retryDelay(header.toStdString(), base::WallTime(1'700'000'000s));  // 14 Nov 2023 22:13:20 GMT
    QCOMPARE(delay ? delay->count() : -1, milliseconds);
}

FUSEBOX_TEST(HttpFailureTest)
#include "http_failure_test.moc"
