// The pool of kept connections and the texts of errors.
#include "timed_call.h"

#include <fusebox/adapters/failure.h>
#include <fusebox/adapters/pool.h>
#include <fusebox/support/test_case.h>

#include <cerrno>

using namespace fusebox;
using namespace fusebox::adapters;

class PoolTest : public QObject {
    Q_OBJECT

private slots:
    void the_newest_comes_back_first();
    void what_lay_idle_too_long_is_dropped();
    void a_drop_reaches_what_is_on_loan();
    void no_more_than_the_limit_is_kept();
    void foreign_text_becomes_valid_and_bounded_data();
    void foreign_text_becomes_valid_and_bounded();
    void secrets_are_masked_in_causes_too();
    void errno_has_a_name();

private:
    base::ManualClock m_clock;
};

void PoolTest::the_newest_comes_back_first() {
    Pool<int> pool(m_clock);
    QVERIFY(!pool.take().connection);
    pool.keep({std::make_unique<int>(1), 0});
    pool.keep({std::make_unique<int>(2), 0});
    QCOMPARE(*pool.take().connection, 2);
    QCOMPARE(*pool.take().connection, 1);
    QVERIFY(!pool.take().connection);
}

void PoolTest::what_lay_idle_too_long_is_dropped() {
    Pool<int> pool(m_clock);
    pool.keep({std::make_unique<int>(1), 0});
    m_clock.advance(Pool<int>::kIdleLimit);
    pool.keep(pool.take());
    m_clock.advance(Pool<int>::kIdleLimit + std::chrono::milliseconds(1));
    QVERIFY(!pool.take().connection);
}

void PoolTest::a_drop_reaches_what_is_on_loan() {
    Pool<int> pool(m_clock);
    pool.keep({std::make_unique<int>(1), 0});
    Loan<int> loan = pool.take();
    pool.drop();
    pool.keep(std::move(loan));
    QVERIFY(!pool.take().connection);
}

void PoolTest::no_more_than_the_limit_is_kept() {
    Pool<int> pool(m_clock);
    for (int i = 0; i < 100; ++i) pool.keep({std::make_unique<int>(i), 0});
    std::size_t kept = 0;
    while (pool.take().connection) ++kept;
    QCOMPARE(kept, Pool<int>::kMost);
}

void PoolTest::foreign_text_becomes_valid_and_bounded_data() {
    QTest::addColumn<QByteArray>("foreign");
    QTest::addColumn<int>("limit");
    QTest::addColumn<QByteArray>("clean");
    QTest::newRow("plain") << QByteArray("fine\r\n ") << 100 << QByteArray("fine");
    QTest::newRow("cut") << QByteArray("0123456789") << 6 << QByteArray("012...");
    QTest::newRow("cut between characters")
        << QByteArray("\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9") << 6 << QByteArray("\xc3\xa9...");
    QTest::newRow("overlong") << QByteArray("a\xc0\xaf") << 100 << QByteArray("a\xef\xbf\xbd\xef\xbf\xbd");
    QTest::newRow("half a character") << QByteArray("a\xf0\x9f\x98") << 100
                                      << QByteArray("a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
    QTest::newRow("zero byte") << QByteArray("a\0b", 3) << 100
                               << QByteArray(
                                      "a\xef\xbf\xbd"
                                      "b");
    QTest::newRow("emoji") << QByteArray("\xf0\x9f\x98\x80") << 100 << QByteArray("\xf0\x9f\x98\x80");
    QTest::newRow("empty") << QByteArray("") << 100 << QByteArray("");
}

void PoolTest::foreign_text_becomes_valid_and_bounded() {
    QFETCH(QByteArray, foreign);
    QFETCH(int, limit);
    QFETCH(QByteArray, clean);
    const std::string result = cleanText(foreign.toStdString(), static_cast<std::size_t>(limit));
    QCOMPARE(QByteArray::fromStdString(result), clean);
    QVERIFY(isValidUtf8(result));
}

void PoolTest::secrets_are_masked_in_causes_too() {
    domain::Error error = failure("Outer", "login with hunter2 failed");
    error.cause = std::make_shared<const domain::Error>(failure("Inner", "hunter2hunter2"));
    const std::vector<std::string> secrets{"", "hunter2"};
    const domain::Error safe = sealed(error, "redis", "PING", secrets);
    QCOMPARE(text(safe.message), "login with *** failed");
    QCOMPARE(text(safe.cause->message), "******");
    QCOMPARE(text(safe.context.component), "redis");
}

void PoolTest::errno_has_a_name() {
    QCOMPARE(text(errnoName(ECONNREFUSED)), "ECONNREFUSED");
    QCOMPARE(text(errnoName(99999)), "99999");
    QCOMPARE(text(systemFailure(ECONNREFUSED, "connecting").text()),
             "ConnectionRefused: connecting: Connection refused [errno ECONNREFUSED]");
}

FUSEBOX_TEST(PoolTest)
#include "pool_test.moc"
