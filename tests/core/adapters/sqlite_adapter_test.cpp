// SQLite on real files.
#include "timed_call.h"

#include <fusebox/adapters/sqlite_adapter.h>
#include <fusebox/adapters/sqlite_codes.h>
#include <fusebox/support/temp_dir.h>
#include <fusebox/support/test_case.h>

#include <sys/stat.h>
#include <filesystem>

using namespace fusebox;
using namespace fusebox::adapters;
using domain::CodeSystem;

namespace {

const base::SteadyClock kClock;
constexpr const char* kEndless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT ";

}  // namespace

class SqliteAdapterTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void a_query_counts_its_rows_and_keeps_the_file_open();
    void a_file_that_was_replaced_is_opened_anew();
    void a_missing_file_names_errno_as_its_cause();
    void what_is_no_file_or_no_database_is_told();
    void writing_needs_to_be_allowed();
    void wrong_sql_is_told();
    void a_locked_database_is_waited_for_and_then_told();
    void a_write_ahead_log_can_be_read();
    void endless_queries_end_by_the_total_timeout_data();
    void endless_queries_end_by_the_total_timeout();
    void a_stop_request_ends_the_query_soon();
    void a_transaction_left_open_is_not_handed_on();
    void codes_have_names();
    void wrong_settings_are_refused();

private:
    SqliteSettings on(const std::string& query,
                      SqliteSettings::Access access = SqliteSettings::Access::readOnly) const {
        SqliteSettings settings;
        settings.file = m_file;
        settings.query = query;
        settings.access = access;
        settings.busyTimeout = std::chrono::milliseconds(200);
        settings.limits = limitsOf(8000, 10'000);
        return settings;
    }
    static std::unique_ptr<DataAdapter> made(SqliteSettings settings) {
        return SqliteAdapter::create(std::move(settings), kClock).value();
    }
    void write(const std::string& sql) const {
        const auto result = made(on(sql, SqliteSettings::Access::readWrite))->call({});
        QVERIFY2(result.has_value(), result ? "" : result.error().text().c_str());
    }

    std::unique_ptr<support::TempDir> m_dir;
    std::string m_file;
};

void SqliteAdapterTest::init() {
    m_dir = std::make_unique<support::TempDir>();
    m_file = m_dir->write("orders.db", "");  // an empty file is an empty database
    write(
        "CREATE TABLE orders (id INTEGER PRIMARY KEY, what TEXT); INSERT INTO orders (what) VALUES ('a'), ('bb'), "
        "('ccc');");
}

void SqliteAdapterTest::a_query_counts_its_rows_and_keeps_the_file_open() {
    const auto adapter = made(on("SELECT what FROM orders; -- all of them"));
    const auto first = adapter->call({});
    QVERIFY2(first.has_value(), first ? "" : first.error().text().c_str());
    QCOMPARE(text(first->summary), "3 rows");
    QCOMPARE(first->bytes, 6U);
    QVERIFY(!first->reusedConnection);
    QVERIFY(adapter->call({})->reusedConnection);
    adapter->resetConnections();
    QVERIFY(!adapter->call({})->reusedConnection);
}

void SqliteAdapterTest::a_file_that_was_replaced_is_opened_anew() {
    const auto adapter = made(on("SELECT what FROM orders"));
    QVERIFY(adapter->call({}).has_value());
    std::filesystem::rename(m_file, m_file + ".old");
    COMPARE_ERROR(adapter->call({}), "CannotOpenFile", CodeSystem::sqlite, "SQLITE_CANTOPEN");
    m_dir->write("orders.db", "");
    COMPARE_ERROR(adapter->call({}), "SqlError", CodeSystem::sqlite, "SQLITE_ERROR");
}

void SqliteAdapterTest::a_missing_file_names_errno_as_its_cause() {
    SqliteSettings settings = on("SELECT 1");
    settings.file = m_dir->path() / "missing.db";
    const auto result = made(settings)->call({});
    COMPARE_ERROR(result, "CannotOpenFile", CodeSystem::sqlite, "SQLITE_CANTOPEN");
    QCOMPARE(text(result.error().message), text(settings.file + ": No such file or directory"));
    QCOMPARE(text(result.error().cause->code), "ENOENT");
    QVERIFY(!std::filesystem::exists(settings.file));
}

void SqliteAdapterTest::what_is_no_file_or_no_database_is_told() {
    SqliteSettings settings = on("SELECT count(*) FROM sqlite_schema");
    settings.file = m_dir->write("notes.txt", std::string(4096, 'x'));
    COMPARE_ERROR(made(settings)->call({}), "DatabaseCorrupt", CodeSystem::sqlite, "SQLITE_NOTADB");
    settings.file = m_dir->path() / "pipe";
    QCOMPARE(::mkfifo(settings.file.c_str(), 0600), 0);
    const auto call = timedCall(*made(settings));
    COMPARE_ERROR(call.result, "CannotOpenFile", CodeSystem::sqlite, "SQLITE_CANTOPEN");
    VERIFY_BETWEEN(call, 0, 500);
}

void SqliteAdapterTest::writing_needs_to_be_allowed() {
    const std::string sql = "INSERT INTO orders (what) VALUES ('d')";
    COMPARE_ERROR(made(on(sql))->call({}), "DatabaseReadOnly", CodeSystem::sqlite, "SQLITE_READONLY");
    QVERIFY(made(on(sql, SqliteSettings::Access::readWrite))->call({}).has_value());
    const std::string twice = "INSERT INTO orders (id) VALUES (1)";
    COMPARE_ERROR(made(on(twice, SqliteSettings::Access::readWrite))->call({}), "ConstraintViolated",
                  CodeSystem::sqlite, "SQLITE_CONSTRAINT_PRIMARYKEY");
}

void SqliteAdapterTest::wrong_sql_is_told() {
    const auto result = made(on("SELECT missing FROM orders"))->call({});
    COMPARE_ERROR(result, "SqlError", CodeSystem::sqlite, "SQLITE_ERROR");
    QCOMPARE(text(result.error().message), "no such column: missing");
}

void SqliteAdapterTest::a_locked_database_is_waited_for_and_then_told() {
    // The second statement of the holder runs for as long as its deadline allows, with the lock held.
    SqliteSettings holder =
        on(std::string("BEGIN EXCLUSIVE; ") + kEndless + "max(i) FROM n", SqliteSettings::Access::readWrite);
    holder.limits = limitsOf(20'000, 20'000);
    std::stop_source stop;
    const auto holding = made(holder);
    auto held = std::async(std::launch::async, [&] { return holding->call(stop.get_token()); });
    SqliteSettings probe = on("SELECT * FROM orders");
    probe.busyTimeout = {};
    QTRY_VERIFY(!made(probe)->call({}).has_value());
    const auto call = timedCall(*made(on("SELECT * FROM orders")));
    COMPARE_ERROR(call.result, "DatabaseLocked", CodeSystem::sqlite, "SQLITE_BUSY");
    QVERIFY2(text(call.result.error().message).startsWith("database is locked (waited "),
             call.result.error().message.c_str());
    VERIFY_BETWEEN(call, 200, 2000);

    SqliteSettings patient = on("SELECT * FROM orders");
    patient.busyTimeout = std::chrono::seconds(30);
    patient.limits = limitsOf(300, 400);
    const auto ended = timedCall(*made(patient));
    COMPARE_ERROR(ended.result, "CallTimeout", CodeSystem::sqlite, "SQLITE_BUSY");
    VERIFY_BETWEEN(ended, 400, 2000);

    patient.limits = limitsOf(20'000, 20'000);
    const auto waiting = made(patient);
    bool polled = false;
    const auto stopped = stoppedCall(*waiting, [&] { return std::exchange(polled, true); });
    COMPARE_ERROR(stopped.result, "Cancelled", CodeSystem::posix, "ECANCELED");
    VERIFY_BETWEEN(stopped, 0, 500);

    stop.request_stop();
    QVERIFY(!held.get().has_value());
}

void SqliteAdapterTest::a_write_ahead_log_can_be_read() {
    write("PRAGMA journal_mode = WAL");
    QVERIFY(made(on("SELECT * FROM orders"))->call({}).has_value());
}

void SqliteAdapterTest::endless_queries_end_by_the_total_timeout_data() {
    QTest::addColumn<QByteArray>("select");
    QTest::newRow("no row") << QByteArray("max(i) FROM n");
    QTest::newRow("rows without end") << QByteArray("i FROM n");
}

void SqliteAdapterTest::endless_queries_end_by_the_total_timeout() {
    QFETCH(QByteArray, select);
    SqliteSettings settings = on(kEndless + select.toStdString());
    settings.limits = limitsOf(300, 400);
    const auto adapter = made(settings);
    for (int i = 0; i < 2; ++i) {
        const auto call = timedCall(*adapter);
        COMPARE_ERROR(call.result, "CallTimeout", CodeSystem::sqlite, "SQLITE_INTERRUPT");
        VERIFY_BETWEEN(call, 400, 2000);
    }
}

void SqliteAdapterTest::a_stop_request_ends_the_query_soon() {
    SqliteSettings settings = on(std::string(kEndless) + "max(i) FROM n");
    settings.limits = limitsOf(30'000, 30'000);
    const auto adapter = made(settings);
    bool polled = false;
    const auto call = stoppedCall(*adapter, [&] { return std::exchange(polled, true); });
    COMPARE_ERROR(call.result, "Cancelled", CodeSystem::posix, "ECANCELED");
    VERIFY_BETWEEN(call, 0, 500);
}

void SqliteAdapterTest::a_transaction_left_open_is_not_handed_on() {
    const auto adapter = made(on("BEGIN; SELECT * FROM orders"));
    for (int i = 0; i < 2; ++i) {
        const auto result = adapter->call({});
        QVERIFY2(result.has_value(), result ? "" : result.error().text().c_str());
        QVERIFY(!result->reusedConnection);
    }
}

void SqliteAdapterTest::codes_have_names() {
    QCOMPARE(text(sqliteCodeName(5)), "SQLITE_BUSY");
    QCOMPARE(text(sqliteCodeName(5 | (2 << 8))), "SQLITE_BUSY_SNAPSHOT");
    QCOMPARE(text(sqliteCodeName(10 | (200 << 8))), "SQLITE_IOERR (51210)");
}

void SqliteAdapterTest::wrong_settings_are_refused() {
    const auto whereOf = [](const SqliteSettings& settings) {
        const auto result = SqliteAdapter::create(settings, kClock);
        return result ? QString("accepted") : text(result.error().where);
    };
    SqliteSettings settings = on("");
    QCOMPARE(whereOf(settings), "query");
    settings = on("SELECT 1");
    settings.file.clear();
    QCOMPARE(whereOf(settings), "file");
    settings = on("SELECT 1");
    settings.busyTimeout = std::chrono::seconds(-1);
    QCOMPARE(whereOf(settings), "busy_timeout");
}

FUSEBOX_TEST(SqliteAdapterTest)
#include "sqlite_adapter_test.moc"
