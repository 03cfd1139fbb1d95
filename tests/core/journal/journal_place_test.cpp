// Files that cannot be used: the journal says so and goes on beside them, and nothing is deleted. Names from attacks F3-F6, F11.
#include "journal_fixture.h"

#include <fusebox/journal/schema.h>
#include <fusebox/support/test_case.h>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

using namespace fusebox;
using namespace fusebox::journal;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

std::string contentOf(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

mode_t modeOf(const std::string& file) {
    struct stat about {};
    return ::stat(file.c_str(), &about) == 0 ? about.st_mode & 0777U : 0U;
}

}  // namespace

class JournalPlaceTest : public QObject {
    Q_OBJECT
private slots:
    void init() {
        m_fix = std::make_unique<JournalFixture>();
        m_file = m_fix->settings.file;
    }

    void f4_the_files_are_for_their_owner_alone() {
        m_fix->put({m_fix->event("orders", "one")});
        for (const char* suffix : {"", "-wal", "-shm", ".lock"}) {
            QVERIFY2(modeOf(m_file + suffix) == 0600U, suffix);
        }
    }
    void f4_missing_directories_are_made_for_their_owner_alone() {
        m_fix->settings.file = (m_fix->directory.path() / "state" / "journal.db").string();
        m_fix->start();
        QVERIFY(m_fix->journal->health().standing == JournalStanding::writing);
        QVERIFY(modeOf((m_fix->directory.path() / "state").string()) == 0700U);
    }
    void f3_a_symbolic_link_is_refused() {
        m_fix->settings.file = (m_fix->directory.path() / "link.db").string();
        fs::create_symlink(m_file, m_fix->settings.file);
        m_fix->start();
        expectWaiting("symbolic link");
    }
    void f3_a_directory_in_which_everyone_may_write_is_refused() {
        m_fix->settings.file = (m_fix->directory.path() / "open" / "journal.db").string();
        fs::create_directory(m_fix->directory.path() / "open");
        QVERIFY(::chmod((m_fix->directory.path() / "open").c_str(), 0777) == 0);
        m_fix->start();
        expectWaiting("Everyone may write");
        QVERIFY(!fs::exists(m_fix->settings.file));
    }
    void f3_a_journal_in_use_is_left_alone_and_another_is_begun() {
        JournalFixture other;
        other.settings.file = m_file;
        other.start();
        expectFresh(other, "in use by process " + std::to_string(::getpid()));
        QVERIFY(other.journal->health().file.ends_with("journal-2.db"));
        m_fix->put({m_fix->event("orders", "one")});
        other.put({other.event("orders", "two"), other.event("orders", "three")});
        QCOMPARE(m_fix->reader().events({})->events.size(), 1U);
        QCOMPARE(other.reader().events({})->events.size(), 3U);  // and one of before
    }
    void f6_a_file_that_is_no_database_is_put_aside() {
        m_fix->journal.reset();
        const std::string rubbish(20'000, 'r');
        m_fix->directory.write("journal.db", rubbish);
        m_fix->start();
        expectFresh(*m_fix, "damaged");
        QCOMPARE(m_fix->journal->health().file, m_file);
        QVERIFY(contentOf(m_fix->journal->health().aside) == rubbish);  // nothing is deleted
    }
    void f6_a_file_of_no_bytes_becomes_a_journal() {
        m_fix->journal.reset();
        for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(m_file + suffix);
        m_fix->directory.write("journal.db", "");
        m_fix->start();
        QVERIFY(m_fix->journal->health().standing == JournalStanding::writing);
        expectWrites(*m_fix);
    }
    void f6_databases_that_are_no_journal_stay_as_they_are_data() {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QString>("why");
        QTest::newRow("other application") << "PRAGMA application_id = 7"
                                           << "another program";
        QTest::newRow("newer version") << "PRAGMA user_version = 1000"
                                       << "newer Fusebox";
        QTest::newRow("trigger") << "CREATE TRIGGER evil AFTER INSERT ON audit BEGIN DELETE FROM audit; END"
                                 << "triggers";
        QTest::newRow("view") << "CREATE VIEW evil AS SELECT * FROM audit"
                              << "views";
        QTest::newRow("missing table") << "DROP TABLE event"
                                       << "cannot be used";
    }
    void f6_databases_that_are_no_journal_stay_as_they_are() {
        QFETCH(QString, sql);
        QFETCH(QString, why);
        QVERIFY(m_fix->journal->write(JournalFixture::report("c-1"), m_fix->clock.wallNow()));
        m_fix->journal.reset();
        QVERIFY(Database::open(m_file, Database::Access::readWrite)->run(sql.toStdString()).has_value());
        m_fix->start();
        expectFresh(*m_fix, why.toStdString());
        QVERIFY(m_fix->journal->health().file.ends_with("journal-2.db"));
        auto old = Database::open(m_file, Database::Access::readOnly);
        QCOMPARE(old->number("SELECT count(*) FROM audit").value(), 1);  // no trigger ran
    }
    void f6_a_reader_refuses_what_is_no_journal() {
        const std::string file = m_fix->directory.write("other.db", std::string(5000, 'x')).string();
        QVERIFY(!JournalReader::open(file));
        QVERIFY(!JournalReader::open(m_file + ".nowhere"));
    }
    void f11_a_file_that_may_not_be_written_is_left_alone() {
        if (::geteuid() == 0) {
            // For root nothing is read-only; a directory in its place is as bad.
            m_fix->journal.reset();
            for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(m_file + suffix);
            fs::create_directory(m_file);
        } else {
            m_fix->journal.reset();
            QVERIFY(::chmod(m_file.c_str(), 0400) == 0);
        }
        m_fix->start();
        expectFresh(*m_fix, "cannot be used");
    }
    void f11_a_full_disk_is_told_kept_and_made_up_for() {
        const auto sink = std::make_shared<FrameSink>();
        m_fix->journal->addSink(sink);
        {
            const FullDisk full;
            const auto frame = m_fix->put({m_fix->event("orders", std::string(300'000, 'x'))});
            QVERIFY(sink->frames.back() == frame);  // frames go on
            QVERIFY(!m_fix->journal->write(JournalFixture::report("c-1"), m_fix->clock.wallNow()));
            const JournalHealth health = m_fix->journal->health();
            QVERIFY(health.standing == JournalStanding::waiting);
            QVERIFY2(health.text.find("Breakers go on") != std::string::npos, health.text.c_str());
            QCOMPARE(health.waitingEvents, 1U);
        }
        m_fix->clock.advance(2s);
        m_fix->put({m_fix->event("orders", "later")});
        QVERIFY(m_fix->journal->health().standing == JournalStanding::writing);
        auto reader = m_fix->reader();
        QCOMPARE(reader.events({})->events.size(), 2U);
        QCOMPARE(reader.audit(0, 10)->size(), 1U);
        collector::Gathered gathered;
        m_fix->journal->gather(gathered);
        QCOMPARE(gathered.events.size(), 2U);
        QVERIFY(gathered.events.at(1).text.find("Nothing was lost") != std::string::npos);
    }
    void f11_numbers_that_were_shown_but_not_written_are_not_given_again() {
        m_fix->put({m_fix->event("orders", "written")});
        std::uint64_t shown = 0;
        {
            const FullDisk full;
            shown = m_fix->put({m_fix->event("orders", std::string(300'000, 'x'))})->events.back().id.value;
            m_fix->journal.reset();  // it ends, and the disk is still full
        }
        m_fix->clock.advance(1s);
        m_fix->start();
        QVERIFY(m_fix->last > shown);
        const auto next = m_fix->put({m_fix->event("orders", "next")});
        m_fix->clock.advance(1h);
        m_fix->start();
        QCOMPARE(m_fix->last, next->events.back().id.value);  // all was written: no number is left out
    }
    void f11_what_finds_no_room_in_memory_is_counted() {
        m_fix->settings.limits.keptEvents = 3;
        m_fix->start();
        {
            const FullDisk full;
            for (int i = 0; i < 5; ++i) m_fix->put({m_fix->event("orders", std::string(300'000, 'x'))});
        }
        m_fix->clock.advance(2s);
        m_fix->put({});
        QCOMPARE(m_fix->journal->health().lostEvents, 2U);
        QCOMPARE(m_fix->reader().events({})->events.size(), 3U);
    }
    void f11_commands_that_find_no_room_are_told_too() {
        m_fix->settings.limits.keptRecords = 2;
        m_fix->start();
        {
            const FullDisk full;
            for (int i = 0; i < 3; ++i) {
                domain::CommandReport report;
                report.command.reason = std::string(300'000, 'x');
                QVERIFY(!m_fix->journal->write(report, m_fix->clock.wallNow()));
            }
        }
        m_fix->clock.advance(2s);
        m_fix->put({});
        collector::Gathered gathered;
        m_fix->journal->gather(gathered);
        QCOMPARE(m_fix->reader().audit(0, 10)->size(), 2U);
        const std::string told = gathered.events.back().text;
        QVERIFY2(told.find("1 record of commands and notes did not find room") != std::string::npos, told.c_str());
    }
    void f11_a_file_that_another_program_has_locked_is_waited_for() {
        auto stranger = Database::open(m_file, Database::Access::readWrite);
        QVERIFY(stranger->run("BEGIN IMMEDIATE").has_value());
        QVERIFY(!m_fix->journal->write(JournalFixture::report("c-1"), m_fix->clock.wallNow()));
        QVERIFY(m_fix->journal->health().text.find("locked") != std::string::npos);
        QVERIFY(stranger->run("ROLLBACK").has_value());
        QVERIFY(m_fix->journal->write(JournalFixture::report("c-2"), m_fix->clock.wallNow()));
        QCOMPARE(m_fix->reader().audit(0, 10)->size(), 2U);
    }
    void a_journal_that_is_taken_away_is_begun_again() {
        m_fix->put({m_fix->event("orders", "one")});
        fs::rename(m_file, m_file + ".moved");
        m_fix->clock.advance(11s);
        m_fix->put({m_fix->event("orders", "two")});
        QCOMPARE(m_fix->reader().events({})->events.size(), 1U);
        QCOMPARE(m_fix->reader().events({})->events.at(0).text, std::string("two"));
    }
    void t16_damaged_files_never_end_the_program_nor_lose_what_follows() {
        for (int i = 0; i < 30; ++i) {
            m_fix->put({m_fix->event("b" + std::to_string(i % 7), std::string(400, 'a'))});
            QVERIFY(m_fix->journal->write(JournalFixture::report("c-" + std::to_string(i)), m_fix->clock.wallNow()));
        }
        m_fix->journal.reset();
        const std::string good = contentOf(m_file);
        QVERIFY(good.size() > 40'000);
        std::mt19937 random(16);  // NOLINT: the same each time
        int aside = 0;
        for (int round = 0; round < 250; ++round) {
            std::string bad = good;
            if (round % 5 == 4) {
                bad.resize(random() % bad.size());
            } else {
                for (unsigned flips = 1 + random() % 16; flips > 0; --flips) {
                    // The header and the first pages hold what everything hangs on.
                    const std::size_t reach = round % 2 == 0 ? bad.size() : 4096;
                    bad[random() % reach] = static_cast<char>(random());
                }
            }
            JournalFixture fix;
            fix.journal.reset();
            for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(fix.settings.file + suffix);
            fix.directory.write("journal.db", bad);
            fix.start();
            fix.put({fix.event("b1", "may still go into the damaged file")});
            (void)fix.journal->write(JournalFixture::report("finds the damage"), fix.clock.wallNow());
            fix.clock.advance(11s);
            fix.put({});
            expectWrites(fix);
            aside += fix.journal->health().standing == JournalStanding::fresh ? 1 : 0;
            // Whatever a reader finds, it says or gives it.
            if (auto reader = JournalReader::open(fix.settings.file)) {
                (void)reader->verify();
                (void)reader->events({});
                (void)reader->bands({});
            }
        }
        QVERIFY(aside > 20);
    }

private:
    /// No file of this process may grow past a size: what a full disk does to a write.
    class FullDisk {
    public:
        FullDisk() {
            ::getrlimit(RLIMIT_FSIZE, &m_before);
            rlimit small = m_before;
            small.rlim_cur = 150'000;
            m_signal = std::signal(SIGXFSZ, SIG_IGN);
            ::setrlimit(RLIMIT_FSIZE, &small);
        }
        ~FullDisk() {
            ::setrlimit(RLIMIT_FSIZE, &m_before);
            std::signal(SIGXFSZ, m_signal);
        }
        FullDisk(const FullDisk&) = delete;
        FullDisk& operator=(const FullDisk&) = delete;

    private:
        rlimit m_before{};
        void (*m_signal)(int) = nullptr;
    };

    void expectWaiting(const std::string& why) {
        const JournalHealth health = m_fix->journal->health();
        QVERIFY(health.standing == JournalStanding::waiting);
        QVERIFY2(health.text.find(why) != std::string::npos, health.text.c_str());
        const auto sink = std::make_shared<FrameSink>();
        m_fix->journal->addSink(sink);
        m_fix->put({m_fix->event("orders", "one")});
        QCOMPARE(sink->frames.size(), 1U);  // breakers and those who watch them go on
    }
    static void expectFresh(JournalFixture& fix, const std::string& why) {
        const JournalHealth health = fix.journal->health();
        QVERIFY2(health.standing == JournalStanding::fresh, health.text.c_str());
        QVERIFY2(health.text.find(why) != std::string::npos, health.text.c_str());
        QVERIFY(fs::exists(health.aside) && fs::exists(health.file));
        expectWrites(fix);
    }
    static void expectWrites(JournalFixture& fix) {
        const auto frame = fix.put({fix.event("orders", "written")});
        if (fix.journal->health().standing == JournalStanding::waiting) {  // it may have to try again
            fix.clock.advance(2s);
            fix.put({});
        }
        const auto done = fix.journal->write(JournalFixture::report("after"), fix.clock.wallNow());
        QVERIFY2(done.has_value(), done ? "" : done.error().text().c_str());
        QCOMPARE(fix.reader().lastEvent()->value, frame->events.back().id.value);
    }

    std::unique_ptr<JournalFixture> m_fix;
    std::string m_file;
};

FUSEBOX_TEST(JournalPlaceTest)
#include "journal_place_test.moc"
