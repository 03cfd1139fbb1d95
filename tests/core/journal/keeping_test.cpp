// What stays over years and versions: retention, migration, secrets.
#include "journal_fixture.h"

#include <fusebox/journal/schema.h>
#include <fusebox/support/test_case.h>

#include <filesystem>
#include <fstream>
#include <iterator>

using namespace fusebox;
using namespace fusebox::journal;
using namespace std::chrono_literals;

namespace {

/// A journal as the first version made it, without rollups.
constexpr const char* kVersion1File =
    "PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL;"
    "CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;"
    "CREATE TABLE breaker(number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);"
    "CREATE TABLE event(id INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, kind INTEGER NOT NULL, level INTEGER NOT NULL, "
    "breaker INTEGER, states INTEGER, actor TEXT NOT NULL, text TEXT NOT NULL);"
    "CREATE INDEX event_at ON event(at_ms); CREATE INDEX event_breaker ON event(breaker, at_ms, id, states);"
    "CREATE INDEX event_kind ON event(kind, at_ms); CREATE INDEX event_actor ON event(actor, at_ms) WHERE actor <> '';"
    "CREATE TABLE body(event INTEGER PRIMARY KEY, json TEXT NOT NULL, dossier TEXT);"
    "CREATE TABLE audit(number INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, kind TEXT NOT NULL, command TEXT NOT NULL, "
    "breaker TEXT NOT NULL, actor TEXT NOT NULL, origin TEXT NOT NULL, text TEXT NOT NULL, body TEXT NOT NULL, hash "
    "BLOB NOT "
    "NULL); CREATE INDEX audit_command ON audit(command);"
    "CREATE TABLE standing(breaker INTEGER NOT NULL, at_ms INTEGER NOT NULL, state INTEGER NOT NULL, PRIMARY "
    "KEY(breaker, "
    "at_ms)) WITHOUT ROWID;"
    "CREATE TABLE run(number INTEGER PRIMARY KEY, began_ms INTEGER NOT NULL, seen_ms INTEGER NOT NULL);"
    "CREATE TABLE note(id INTEGER PRIMARY KEY AUTOINCREMENT, at_ms INTEGER NOT NULL, written_ms INTEGER NOT NULL, "
    "actor TEXT "
    "NOT NULL, breaker TEXT NOT NULL, text TEXT NOT NULL, pinned INTEGER NOT NULL); CREATE INDEX note_at ON "
    "note(at_ms);"
    "CREATE TABLE state(key TEXT PRIMARY KEY, saved_ms INTEGER NOT NULL, value TEXT NOT NULL) WITHOUT ROWID;"
    "PRAGMA application_id = 1181966968; PRAGMA user_version = 1;"
    "INSERT INTO breaker VALUES(1, 'orders');"
    "INSERT INTO event VALUES(1700000000000001, 1700000000000, 7, 1, 1, NULL, 'ann', 'of old');";

}  // namespace

class KeepingTest : public QObject {
    Q_OBJECT
private slots:
    void init() { m_fix = std::make_unique<JournalFixture>(); }

    void t35_a_file_of_the_first_version_is_migrated() {
        m_fix->settings.file = (m_fix->directory.path() / "old.db").string();
        {
            auto old = Database::open(m_fix->settings.file, Database::Access::readWrite);
            const auto made = old->run(kVersion1File);
            QVERIFY2(made.has_value(), made ? "" : made.error().text.c_str());
            QVERIFY(!JournalReader::open(m_fix->settings.file));  // a reader does not write: it says who must
        }
        m_fix->start();
        const JournalHealth health = m_fix->journal->health();
        QVERIFY2(health.standing == JournalStanding::writing, health.text.c_str());
        QCOMPARE(m_fix->last, 1700000000000001U);
        QCOMPARE(m_fix->reader().events({})->events.at(0).text, std::string("of old"));
        m_fix->put({m_fix->event("orders", "new")});
        QCOMPARE(m_fix->reader().events({})->events.size(), 2U);
        auto database = Database::open(m_fix->settings.file, Database::Access::readOnly);
        QCOMPARE(database->number("PRAGMA user_version").value(), kSchemaVersion);
        QCOMPARE(database->number("SELECT count(*) FROM rollup").value(), 0);
    }
    void t35_a_migrated_file_has_the_tables_of_a_new_one() {
        const std::string old = (m_fix->directory.path() / "old.db").string();
        auto migrated = Database::open(old, Database::Access::readWrite);
        QVERIFY(migrated->run(kVersion1File).has_value());
        QVERIFY(prepareSchema(*migrated).has_value());
        auto fresh = Database::open(m_fix->settings.file, Database::Access::readOnly);
        const char* names =
            "SELECT group_concat(type || ' ' || name, ', ') FROM (SELECT * FROM sqlite_schema ORDER BY name)";
        QCOMPARE(migrated->value(names)->value(), fresh->value(names)->value());
    }
    void f12_events_go_by_age_in_small_bites() {
        m_fix->settings.retention.eventAge = std::chrono::days(10);
        m_fix->start();
        std::vector<domain::Event> many(1800, m_fix->event("orders", "old"));
        m_fix->put(many);
        m_fix->clock.advance(std::chrono::days(11));
        m_fix->put({m_fix->event("orders", "young")});
        const auto left = [&] {
            EventQuery query;
            query.limit = 10'000;
            return m_fix->reader().events(query)->events.size();
        };
        const std::size_t afterOne = left();
        QVERIFY2(afterOne < 1801 && afterOne > 1, std::to_string(afterOne).c_str());  // a bite, not all
        for (int i = 0; i < 5; ++i) m_fix->put({});
        QCOMPARE(left(), 1U);
        auto database = Database::open(m_fix->settings.file, Database::Access::readOnly);
        QCOMPARE(database->number("SELECT count(*) FROM body").value(), 0);
    }
    void f12_the_file_stays_below_its_size_and_the_chain_stays() {
        m_fix->settings.retention.bytes = 2 << 20;
        m_fix->start();
        QVERIFY(m_fix->journal->write(JournalFixture::report("c-1"), m_fix->clock.wallNow()));
        for (int i = 0; i < 60; ++i) {
            std::vector<domain::Event> many(200, m_fix->event("orders", std::string(1000, 'x')));
            m_fix->put(many);
        }
        for (int i = 0; i < 30; ++i) m_fix->put({});
        const auto size = std::filesystem::file_size(m_fix->settings.file);
        QVERIFY2(size < 6 << 20, std::to_string(size).c_str());
        QCOMPARE(m_fix->reader().audit(0, 10)->size(), 1U);
        QVERIFY(m_fix->reader().lastEvent()->value == m_fix->last);
    }
    void t31_no_secret_gets_into_the_file() {
        const std::string canary = "CANARY-7f3a91c0e5";
        const std::string dsn = "postgres://ann:" + canary + "@db/orders refused";
        domain::Event event = m_fix->event("orders", dsn);
        domain::CommandReport report = JournalFixture::report("c-1", "curl -H 'Authorization: Bearer " + canary + "'");
        report.message = "password=" + canary;
        event.body = report;
        domain::Event trip = m_fix->move("orders", domain::State::closed, domain::State::open);
        auto& transition = std::get<domain::Transition>(trip.body);
        transition.trip.emplace();
        transition.reason = "token=" + canary;
        auto dossier = std::make_shared<domain::Dossier>();
        dossier->transition = transition;
        domain::PastOutcome outcome;
        auto error = std::make_shared<domain::Error>();
        error->message = dsn;
        outcome.error = error;
        dossier->lastOutcomes.push_back(outcome);
        auto detail = std::make_shared<domain::Detail>();
        detail->dossiers.push_back(dossier);
        domain::Snapshot snapshot = JournalFixture::snapshot("orders");
        snapshot.detail = detail;
        m_fix->put({event, trip}, {snapshot});
        QVERIFY(m_fix->journal->write(report, m_fix->clock.wallNow()));
        QVERIFY(m_fix->journal->writeConfiguration("ann", "SIGHUP", "api_key=" + canary,
                                                   "{\"password\":\"" + canary + "\"}"));
        Note note;
        note.text = "I used Bearer " + canary;
        m_fix->journal->putNote(note);
        m_fix->journal->saveState("patterns", "{\"sample\":\"" + dsn + "\"}");
        m_fix->journal->runWaiting();
        QVERIFY(m_fix->reader().events({})->events.at(0).hasDossier);
        for (const char* suffix : {"", "-wal"}) {
            std::ifstream in(m_fix->settings.file + suffix, std::ios::binary);
            const std::string bytes{std::istreambuf_iterator<char>(in), {}};
            QVERIFY2(bytes.find(canary) == std::string::npos, suffix);
        }
        QVERIFY(m_fix->reader().verify()->intact);
    }

private:
    std::unique_ptr<JournalFixture> m_fix;
};

FUSEBOX_TEST(KeepingTest)
#include "keeping_test.moc"
