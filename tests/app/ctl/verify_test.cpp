// fuseboxctl journal verify: finds what was done to the record of who did what, without an agent.
#include "ctl_program.h"

#include <fusebox/journal/database.h>
#include <fusebox/journal/journal.h>
#include <fusebox/support/temp_dir.h>
#include <fusebox/support/test_case.h>

#include <QJsonDocument>
#include <QJsonObject>
#include <memory>

namespace ctl_test {

using namespace fusebox;

class VerifyTest : public QObject {
    Q_OBJECT

private slots:
    void init() {
        m_folder = std::make_unique<support::TempDir>();
        journal::JournalSettings settings;
        settings.file = file().toStdString();
        const base::SteadyClock clock;
        journal::Journal journal(clock, settings);
        QVERIFY(journal.open().value > 0);
        journal.start();
        for (const char* text : {"first", "second", "third", "fourth"}) {
            const auto written = journal.writeConfiguration("ann", "the test", text, "{}");
            QVERIFY2(written.has_value(), written ? "" : written.error().text().c_str());
        }
        journal.stop();
    }

    void an_untouched_journal_is_intact() {
        const Ended ended = verify();
        QVERIFY2(ended.code == 0, ended.text().c_str());
        QVERIFY2(ended.out.contains("\nhead: "), ended.text().c_str());
        QCOMPARE(json()["intact"].toBool(), true);
        QCOMPARE(json()["last"].toInt(), 4);
    }

    void the_first_altered_record_is_named() {
        tamper("UPDATE audit SET actor = 'eve' WHERE number = 2");
        QCOMPARE(verify().code, 1);
        QCOMPARE(json()["wrong"].toInt(), 2);
        QVERIFY2(verify().out.contains('2'), verify().text().c_str());
    }

    void a_removed_record_is_named() {
        tamper("DELETE FROM audit WHERE number = 3");
        QCOMPARE(verify().code, 1);
        QCOMPARE(json()["wrong"].toInt(), 3);
    }

    void what_is_no_journal_cannot_be_read() {
        const Ended missing = run({"journal", "verify", "/nonexistent/journal.db"});
        QVERIFY2(missing.code == 2 && !missing.err.isEmpty(), missing.text().c_str());
        const auto other =
            m_folder->write("other.db", "this is no database, and not short either: " + std::string(2000, 'x'));
        QCOMPARE(run({"journal", "verify", QString::fromStdString(other.string())}).code, 2);
    }

private:
    [[nodiscard]] QString file() const { return QString::fromStdString((m_folder->path() / "journal.db").string()); }
    [[nodiscard]] Ended verify() const { return run({"journal", "verify", file()}); }
    [[nodiscard]] QJsonObject json() const {
        return QJsonDocument::fromJson(run({"journal", "verify", "--json", file()}).out.toUtf8()).object();
    }
    void tamper(const char* sql) const {
        auto database = journal::Database::open(file().toStdString(), journal::Database::Access::readWrite);
        QVERIFY(database.has_value());
        const auto done = database->run(sql);
        QVERIFY2(done.has_value(), done ? "" : done.error().text.c_str());
    }

    std::unique_ptr<support::TempDir> m_folder;
};

}  // namespace ctl_test

using ctl_test::VerifyTest;
FUSEBOX_TEST(VerifyTest)
#include "verify_test.moc"
