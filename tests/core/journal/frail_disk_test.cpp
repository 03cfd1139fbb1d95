// T14: each write and sync fails in turn, in each way; the journal opens again with all that was acknowledged.
#include "frail_disk.h"
#include "journal_fixture.h"

#include <fusebox/support/test_case.h>

#include <filesystem>
#include <set>

using namespace fusebox;
using namespace fusebox::journal;
using namespace std::chrono_literals;

namespace {

constexpr int kCommands = 8;

}  // namespace

class FrailDiskTest : public QObject {
    Q_OBJECT
private slots:
    void t14_each_failure_in_turn_leaves_what_was_acknowledged_data() {
        QTest::addColumn<int>("failure");
        QTest::newRow("once") << static_cast<int>(Failure::once);
        QTest::newRow("dead from then on") << static_cast<int>(Failure::dead);
        QTest::newRow("torn write") << static_cast<int>(Failure::torn);
        QTest::newRow("crash without what was not synced") << static_cast<int>(Failure::crash);
    }
    void t14_each_failure_in_turn_leaves_what_was_acknowledged() {
        QFETCH(int, failure);
        std::uint64_t operations = 0;
        {
            const FrailDisk sound(Failure::none, 0, 0);
            const support::TempDir directory;
            QCOMPARE(live(directory, sound.name()).size(), static_cast<std::size_t>(kCommands));
            operations = sound.operations();
        }
        qInfo("%d points of failure", static_cast<int>(operations));
        QVERIFY(operations > 50);
        for (std::uint64_t at = 1; at <= operations; ++at) {
            const support::TempDir directory;
            std::set<std::string> acknowledged;
            {
                const FrailDisk frail(static_cast<Failure>(failure), at, static_cast<std::uint32_t>(at));
                acknowledged = live(directory, frail.name());
            }
            reopen(directory, acknowledged, at);
        }
    }

private:
    static std::string fileIn(const support::TempDir& directory) { return (directory.path() / "journal.db").string(); }

    /// A life of the program. Gives the ids that were acknowledged.
    static std::set<std::string> live(const support::TempDir& directory, const std::string& vfs) {
        base::ManualClock clock;
        JournalSettings settings;
        settings.file = fileIn(directory);
        settings.vfs = vfs;
        Journal journal(clock, settings);
        std::uint64_t event = journal.open().value;
        std::set<std::string> acknowledged;
        for (int i = 0; i < kCommands; ++i) {
            clock.advance(2s);
            auto frame = std::make_shared<domain::Frame>();
            frame->wall = clock.wallNow();
            frame->events.resize(3);
            for (domain::Event& each : frame->events) {
                each.id = domain::EventId(++event);
                each.text = std::string(3000, 'x');  // several pages
            }
            journal.accept(frame);
            const std::string id = "c-" + std::to_string(i);
            if (journal.write(JournalFixture::report(id), clock.wallNow())) {
                acknowledged.insert(id);
            }
        }
        return acknowledged;
    }

    static void reopen(const support::TempDir& directory, const std::set<std::string>& acknowledged, std::uint64_t at) {
        const std::string where = "failure at operation " + std::to_string(at);
        const FrailDisk sound(Failure::none, 0, 0);  // its syncs cost nothing
        base::ManualClock clock;
        JournalSettings settings;
        settings.file = fileIn(directory);
        settings.vfs = sound.name();
        Journal journal(clock, settings);
        journal.open();
        QVERIFY2(journal.health().standing == JournalStanding::writing, (where + ": " + journal.health().text).c_str());
        QVERIFY2(journal.write(JournalFixture::report("after"), clock.wallNow()).has_value(), where.c_str());
        auto reader = JournalReader::open(settings.file);
        QVERIFY2(reader.has_value(), where.c_str());
        std::set<std::string> found;
        const auto records = reader->audit(0, 1000);
        QVERIFY2(records.has_value(), where.c_str());
        for (const AuditRecord& record : *records) found.insert(record.command);
        for (const std::string& id : acknowledged) QVERIFY2(found.count(id) == 1, (where + ": " + id).c_str());
        const auto verdict = reader->verify();
        QVERIFY2(verdict->intact, (where + ": " + verdict->text).c_str());
        auto database = Database::open(settings.file, Database::Access::readOnly);
        QVERIFY2(database->value("PRAGMA integrity_check").value() == "ok", where.c_str());
    }
};

FUSEBOX_TEST(FrailDiskTest)
#include "frail_disk_test.moc"
