// Who alters the chain is found out. The hand that alters is SQLite itself, as a stranger would use it.
#include "journal_fixture.h"

#include <fusebox/support/test_case.h>

using namespace fusebox;
using namespace fusebox::journal;
using namespace std::chrono_literals;

class AuditChainTest : public QObject {
    Q_OBJECT
private slots:
    void init() {
        m_fix = std::make_unique<JournalFixture>();
        for (int i = 1; i <= 10; ++i) {
            QVERIFY(m_fix->journal->write(JournalFixture::report("c-" + std::to_string(i)), m_fix->clock.wallNow()));
        }
    }

    void a_whole_chain_is_intact() {
        const auto verdict = m_fix->reader().verify();
        QVERIFY(verdict->intact);
        QVERIFY(verdict->first == 1 && verdict->last == 10 && verdict->wrong == 0);
        QCOMPARE(verdict->head.size(), 64U);
    }
    void an_empty_chain_is_intact() {
        const JournalFixture empty;
        QVERIFY(empty.reader().verify()->intact);
    }
    void f7_the_first_wrong_record_is_named_data() {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<int>("wrong");
        const auto row = [](const char* name, const char* sql, int wrong) {
            QTest::newRow(name) << QString(sql) << wrong;
        };
        row("altered reason", "UPDATE audit SET body = replace(body, 'deployed', 'reverted') WHERE number IN (4, 8)",
            4);
        row("altered actor", "UPDATE audit SET actor = 'bob' WHERE number = 1", 1);
        row("altered time", "UPDATE audit SET at_ms = at_ms + 1 WHERE number = 10", 10);
        row("moved text", "UPDATE audit SET actor = 'an', origin = 'nconsole' WHERE number = 5", 5);
        row("removed", "DELETE FROM audit WHERE number = 6", 6);
        row("removed first", "DELETE FROM audit WHERE number = 1", 1);
        row("end cut off", "DELETE FROM audit WHERE number > 8", 9);
        row("all cut off", "DELETE FROM audit", 1);
        row("put in at the end",
            "INSERT INTO audit SELECT 11, at_ms, kind, command, breaker, actor, origin, text, body, hash "
            "FROM audit WHERE number = 3",
            11);
        row("put in before",
            "INSERT INTO audit SELECT 0, at_ms, kind, command, breaker, actor, origin, text, body, hash "
            "FROM audit WHERE number = 3",
            0);
        row("swapped",
            "UPDATE audit SET number = 100 WHERE number = 3; UPDATE audit SET number = 3 WHERE number = 4;"
            "UPDATE audit SET number = 4 WHERE number = 100",
            3);
        row("removed and closed up",
            "DELETE FROM audit WHERE number = 5; UPDATE audit SET number = -(number - 1) WHERE number "
            "> 5; UPDATE audit SET number = -number WHERE number < 0",
            5);
        row("replaced last", "UPDATE audit SET hash = (SELECT hash FROM audit WHERE number = 9) WHERE number = 10", 10);
    }
    void f7_the_first_wrong_record_is_named() {
        QFETCH(QString, sql);
        QFETCH(int, wrong);
        auto stranger = Database::open(m_fix->settings.file, Database::Access::readWrite);
        QVERIFY(stranger->run(sql.toStdString()).has_value());
        const auto verdict = m_fix->reader().verify();
        QVERIFY(!verdict->intact);
        QCOMPARE(verdict->wrong, static_cast<std::uint64_t>(wrong));
        QVERIFY(verdict->text.find(std::to_string(wrong)) != std::string::npos);
    }
    void the_chain_goes_on_after_a_restart() {
        m_fix->start();
        QVERIFY(m_fix->journal->write(JournalFixture::report("c-11"), m_fix->clock.wallNow()));
        const auto verdict = m_fix->reader().verify();
        QVERIFY2(verdict->intact && verdict->last == 11, verdict->text.c_str());
    }
    void records_go_by_age_alone_and_that_is_a_record_itself() {
        m_fix->clock.advance(std::chrono::days(399));
        QVERIFY(m_fix->journal->write(JournalFixture::report("young"), m_fix->clock.wallNow()));
        m_fix->clock.advance(std::chrono::days(2));
        m_fix->put({m_fix->event("orders", "what makes it look")});
        auto reader = m_fix->reader();
        const auto records = reader.audit(0, 100);
        QCOMPARE(records->size(), 2U);
        QVERIFY(records->at(0).command == "young" && records->at(0).number == 11);
        QVERIFY(records->at(1).kind == "retention" && records->at(1).number == 12);
        const auto verdict = reader.verify();
        QVERIFY2(verdict->intact && verdict->first == 11 && verdict->last == 12, verdict->text.c_str());
    }

private:
    std::unique_ptr<JournalFixture> m_fix;
};

FUSEBOX_TEST(AuditChainTest)
#include "audit_chain_test.moc"
